"""Who calls inside the mesh: a service names itself and shows the secret that the services share."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path

from services.common.errors import Unauthenticated

IDENTITY_HEADER = "x-mesh-identity"
KEY_HEADER = "x-mesh-key"
_SECRET_BYTES_MIN = 32


class MeshSecret:
    """The secret that the services share. Keys for each use are derived from it, so that no use gives away another."""

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

    def credentials(self, identity: str) -> tuple[tuple[str, str], ...]:
        """The metadata by which the service `identity` shows who it is."""
        return (IDENTITY_HEADER, identity), (KEY_HEADER, self.derive(f"mesh:{identity}").hex())

    def identify(self, metadata: Mapping[str, str | bytes]) -> str:
        """The service that calls. Raises Unauthenticated when the caller does not show that it is one."""
        identity, key = metadata.get(IDENTITY_HEADER), metadata.get(KEY_HEADER)
        if isinstance(identity, str) and isinstance(key, str):
            expected = self.derive(f"mesh:{identity}").hex()
            if hmac.compare_digest(key.encode(), expected.encode()):
                return identity
        raise Unauthenticated("MESH_IDENTITY_REQUIRED", "this method is for services of the mesh")
