"""Signs access tokens and publishes the keys that verify them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm

from services.common import ids
from services.common.tokens import ALGORITHM
from services.user.domain import Role


@dataclass(frozen=True)
class SigningKeys:
    """The ES256 keys by id. The newest signs; all are published."""

    keys: dict[str, EllipticCurvePrivateKey]
    newest: str

    @classmethod
    def from_folder(cls, folder: Path) -> SigningKeys:
        """Reads <kid>.pem files; the newest is that of the latest change. Raises SystemExit when there is no key."""
        paths = sorted(folder.glob("*.pem"), key=lambda path: (path.stat().st_mtime_ns, path.name))
        keys = {}
        for path in paths:
            key = load_pem_private_key(path.read_bytes(), password=None)
            if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
                raise SystemExit(f"{path} is not an ES256 key (EC, P-256)")
            keys[path.stem] = key
        if not keys:
            raise SystemExit(f"there is no signing key (<kid>.pem) in {folder}")
        return cls(keys, newest=paths[-1].stem)

    async def key(self, kid: str) -> EllipticCurvePublicKey | None:
        """The public key of that id, None when there is none."""
        key = self.keys.get(kid)
        return key.public_key() if key else None

    def jwks(self) -> bytes:
        """The public keys as a JSON Web Key Set (RFC 7517)."""
        return json.dumps(
            {
                "keys": [
                    {**ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig", "alg": ALGORITHM}
                    for kid, key in self.keys.items()
                ]
            }
        ).encode()


@dataclass(frozen=True)
class TokenIssuer:
    """Issues access tokens (RFC 7519)."""

    keys: SigningKeys
    issuer: str
    audience: str
    seconds: int

    def issue(self, user_id: str, role: Role, now: datetime) -> str:
        """A token for a user, signed by the newest key."""
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": user_id,
            "role": role.value,
            "jti": ids.random(),
            "iat": now,
            "exp": now + timedelta(seconds=self.seconds),
        }
        newest = self.keys.newest
        return jwt.encode(claims, self.keys.keys[newest], algorithm=ALGORITHM, headers={"kid": newest})
