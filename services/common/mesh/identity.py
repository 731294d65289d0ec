"""The mesh: who of it calls, by the SPIFFE id of the certificate that was shown, and the secret that it shares."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc

EDGE = "edge"  # the one that is believed when it says whom a call comes from
_SECRET_BYTES_MIN = 32
_SPIFFE_ID = "peer_spiffe_id"  # gRPC sets it for a certificate that has exactly one URI, when that is a SPIFFE id
_OF_ID = re.compile(r"spiffe://(?P<trust_domain>[^/]+)/(?P<namespace>[^/]+)/.+")


@dataclass(frozen=True, slots=True)
class Mesh:
    """The services of one namespace: their SPIFFE ids are spiffe://<trust domain>/<namespace>/<service>."""

    trust_domain: str
    namespace: str

    @classmethod
    def of(cls, spiffe_id: str) -> Mesh:
        """The mesh that an id is from. Raises ValueError for an id of another kind."""
        found = _OF_ID.fullmatch(spiffe_id)
        if found is None:
            raise ValueError(f"{spiffe_id!r} is not of the form spiffe://<trust domain>/<namespace>/<service>")
        return cls(**found.groupdict())

    def spiffe_id(self, service: str) -> str:
        """The id of a service."""
        return f"spiffe://{self.trust_domain}/{self.namespace}/{service}"

    def dns_name(self, service: str) -> str:
        """What a client knows a service by, since gRPC compares no ids: it says all that the id does."""
        return f"{service}.{self.namespace}.{self.trust_domain}"

    def service(self, auth_context: Mapping[str, Iterable[bytes]]) -> str:
        """The service of this mesh that a connection is from; empty when it is from none."""
        ids = [one.decode(errors="replace") for one in auth_context.get(_SPIFFE_ID, ())]
        prefix = self.spiffe_id("")
        if len(ids) != 1 or not ids[0].startswith(prefix):
            return ""
        service = ids[0].removeprefix(prefix)
        return "" if "/" in service else service

    def caller(self, context: grpc.aio.ServicerContext[Any, Any]) -> str:
        """The service of this mesh that makes a call; empty when none does."""
        return self.service(context.auth_context() or {})


class MeshSecret:
    """The secret that all services share. Keys for each use are derived from it, so that no use gives away another."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < _SECRET_BYTES_MIN:
            raise ValueError(f"the mesh secret must have at least {_SECRET_BYTES_MIN} bytes")
        self._secret = secret

    @classmethod
    def from_file(cls, path: Path) -> MeshSecret:
        """Reads the secret. Raises SystemExit when the file is missing or too short."""
        try:
            return cls(path.read_bytes().strip())
        except (OSError, ValueError) as error:
            raise SystemExit(f"cannot use the mesh secret {path}: {error}") from None

    def derive(self, use: str) -> bytes:
        """The key for one use."""
        return hmac.digest(self._secret, use.encode(), hashlib.sha256)
