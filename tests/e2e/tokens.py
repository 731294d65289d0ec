"""Access tokens, valid and forged."""

from __future__ import annotations

import json
import time
import uuid
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt import PyJWS

from local.programs import TOKEN_AUDIENCE, TOKEN_ISSUER

from .forgeries import TYPE, altered, forged

HOUR = 3600


class Forge:
    """Makes tokens with the key of the system, and forgeries that an attacker could make without it."""

    def __init__(self, kid: str, key: ec.EllipticCurvePrivateKey) -> None:
        self.kid = kid
        self._key = key

    @classmethod
    def with_key_of(cls, folder: Path) -> Forge:
        """Returns a forge with the oldest key of the system."""
        pem = min(folder.glob("*.pem"))
        key = load_pem_private_key(pem.read_bytes(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return cls(pem.stem, key)

    def good(self, user_id: str, **claims: Any) -> str:
        """Returns a valid token, as the system issues it. A claim of None is left out."""
        return self._sign(self._claims(user_id, **claims))

    def bad(self, user_id: str) -> dict[str, str | None]:
        """Returns tokens that must be refused, by their defect. All claim the role admin, which is never the defect."""
        now = int(time.time())
        claims = self._claims(user_id)
        return {
            "no token": None,
            "no JWT": "not-a-token",
            "expired": self.good(user_id, iat=now - 2 * HOUR, exp=now - HOUR),
            "no expiry": self.good(user_id, exp=None),
            "no subject": self.good(user_id, sub=None),
            "another audience": self.good(user_id, aud="another"),
            "no audience": self.good(user_id, aud=None),
            "another issuer": self.good(user_id, iss="https://another.example"),
            "the key under another kid": self._sign(claims, kid="unknown"),
            "no session": self.good(user_id, sid=None),
            "another type": self._sign(claims, typ="JWT"),
            **altered(self._sign, self._sign(claims), claims),
            **forged(claims, self.kid, self._key.public_key()),
        }

    def _claims(self, user_id: str, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": TOKEN_ISSUER,
            "aud": TOKEN_AUDIENCE,
            "sub": user_id,
            "role": "admin",
            "jti": str(uuid.uuid4()),
            "sid": str(uuid.uuid4()),
            "iat": now,
            "exp": now + HOUR,
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def _sign(self, claims: dict[str, Any], **header: Any) -> str:
        # Signs a JWS directly: jwt.encode would refuse claims of wrong types.
        return PyJWS().encode(
            json.dumps(claims).encode(), self._key, "ES256", headers={"kid": self.kid, "typ": TYPE, **header}
        )


BAD_TOKENS = tuple(Forge("", ec.generate_private_key(ec.SECP256R1())).bad(""))
