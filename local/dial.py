"""Channels to the services' own ports, with the certificate of some part of the mesh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import grpc

from local.authority import AUTHORITIES, CERTIFICATE, KEY, dns_name

OPTIONS = (
    ("grpc.enable_http_proxy", 0),
    ("grpc.use_local_subchannel_pool", 1),  # else a new channel inherits the back-off of the one before
)


def channel(address: str, service: str, certs: Path, options: Sequence[tuple[str, str | int]] = ()) -> grpc.aio.Channel:
    """A channel to `address`, as the part of the mesh whose certificate is in `certs`; `service` must be there."""
    authorities, key, chain = ((certs / name).read_bytes() for name in (AUTHORITIES, KEY, CERTIFICATE))
    credentials = grpc.ssl_channel_credentials(authorities, key, chain)
    named = ("grpc.ssl_target_name_override", dns_name(service))
    return grpc.aio.secure_channel(address, credentials, options=[*OPTIONS, named, *options])
