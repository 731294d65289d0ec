"""Who calls within the mesh, by the SPIFFE id of its certificate, and the secret that the services share."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc

from services.common.startup import StartupError

EDGE = "edge"  # the only peer that is trusted with the address of a client
_SECRET_BYTES_MIN = 32
_SPIFFE_ID = "peer_spiffe_id"  # set by gRPC for a certificate that has exactly one URI, if that is a SPIFFE id
_ID_FORM = re.compile(r"spiffe://(?P<trust_domain>[^/]+)/(?P<namespace>[^/]+)/.+")


@dataclass(frozen=True, slots=True)
class Mesh:
    """The services of one namespace. Their SPIFFE ids are spiffe://<trust domain>/<namespace>/<service>."""

    trust_domain: str
    namespace: str

    @classmethod
    def of(cls, spiffe_id: str) -> Mesh:
        """Returns the mesh of an id. Raises ValueError for an id of another form."""
        found = _ID_FORM.fullmatch(spiffe_id)
        if found is None:
            raise ValueError(f"{spiffe_id!r} is not of the form spiffe://<trust domain>/<namespace>/<service>")
        return cls(**found.groupdict())

    def spiffe_id(self, service: str) -> str:
        """Returns the id of a service."""
        return f"spiffe://{self.trust_domain}/{self.namespace}/{service}"

    def dns_name(self, service: str) -> str:
        """Returns the DNS name by which clients verify a service: gRPC compares no ids, so it says the same."""
        return f"{service}.{self.namespace}.{self.trust_domain}"

    def service(self, auth_context: Mapping[str, Iterable[bytes]]) -> str:
        """Returns the service of this mesh that opened a connection; "" if it is from elsewhere."""
        ids = [spiffe_id.decode(errors="replace") for spiffe_id in auth_context.get(_SPIFFE_ID, ())]
        prefix = self.spiffe_id("")
        if len(ids) != 1 or not ids[0].startswith(prefix):
            return ""
        service = ids[0].removeprefix(prefix)
        return "" if "/" in service else service

    def caller(self, context: grpc.aio.ServicerContext[Any, Any]) -> str:
        """Returns the service of this mesh that makes a call; "" if it is from elsewhere."""
        return self.service(context.auth_context() or {})


class MeshSecret:
    """The shared secret. A key is derived for each use, so that no use reveals the key of another."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < _SECRET_BYTES_MIN:
            raise ValueError(f"the mesh secret must have at least {_SECRET_BYTES_MIN} bytes")
        self._secret = secret

    @classmethod
    def from_file(cls, path: Path) -> MeshSecret:
        """Reads the secret. Raises StartupError if the file is missing or too short."""
        try:
            return cls(path.read_bytes().strip())
        except (OSError, ValueError) as error:
            raise StartupError(f"cannot use the mesh secret {path}: {error}") from None

    def derive(self, use: str) -> bytes:
        """Returns the key for one use."""
        return hmac.digest(self._secret, use.encode(), hashlib.sha256)
