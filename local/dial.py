"""gRPC channels to the ports of the services, by mutual TLS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import grpc

from local.authority import dns_name
from services.common.mesh.certificates import AUTHORITIES, CERTIFICATE, KEY

OPTIONS = (
    ("grpc.enable_http_proxy", 0),
    ("grpc.use_local_subchannel_pool", 1),  # otherwise a new channel inherits the back-off of an old one
)


def channel(address: str, service: str, certs: Path, options: Sequence[tuple[str, str | int]] = ()) -> grpc.aio.Channel:
    """Opens a channel with the certificate in `certs`. The server's certificate must be that of `service`."""
    authorities, key, chain = ((certs / name).read_bytes() for name in (AUTHORITIES, KEY, CERTIFICATE))
    credentials = grpc.ssl_channel_credentials(authorities, key, chain)
    named = ("grpc.ssl_target_name_override", dns_name(service))
    return grpc.aio.secure_channel(address, credentials, options=[*OPTIONS, named, *options])
