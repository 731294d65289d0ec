"""Access tokens, good ones and forged ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from local.programs import TOKEN_AUDIENCE, TOKEN_ISSUER

HOUR = 3600


class Forge:
    """Makes tokens with the key of the system itself, and all that somebody without it could try."""

    def __init__(self, keys: Path) -> None:
        pem = min(keys.glob("*.pem"))
        self.kid = pem.stem
        key = load_pem_private_key(pem.read_bytes(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        self._key = key

    def good(self, user_id: str, **claims: Any) -> str:
        """A token as the system itself makes it. A claim that is None is left out."""
        return self._sign(self._claims(user_id, **claims), self._key, self.kid)

    def bad(self, user_id: str) -> dict[str, str | None]:
        """What must not be let in, by what is wrong with it. All claim to be of an admin, so that the role is right."""
        good, now = self.good(user_id), int(time.time())
        head, payload, signature = good.split(".")
        foreign = ec.generate_private_key(ec.SECP256R1())
        return {
            "no token": None,
            "no JWT": "not-a-token",
            "expired": self.good(user_id, iat=now - 2 * HOUR, exp=now - HOUR),
            "no expiry": self.good(user_id, exp=None),
            "no subject": self.good(user_id, sub=None),
            "a changed signature": ".".join((head, payload, _flipped(signature))),
            "no signature": f"{head}.{payload}.",
            "a changed subject": ".".join((head, _encoded(self._claims(str(uuid.uuid4()))), signature)),
            "another audience": self.good(user_id, aud="another"),
            "no audience": self.good(user_id, aud=None),
            "another issuer": self.good(user_id, iss="https://another.example"),
            "a foreign key": self._sign(self._claims(user_id), foreign, self.kid),
            "an unknown kid": self._sign(self._claims(user_id), foreign, "unknown"),
            "the key under another kid": self._sign(self._claims(user_id), self._key, "unknown"),
            "no session": self.good(user_id, sid=None),
            "another type": self._sign(self._claims(user_id), self._key, self.kid, typ="JWT"),
            "alg none": self._unsigned(user_id),
            "HS256 with the public key": self._with_public_key_as_secret(user_id),
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

    @staticmethod
    def _sign(claims: dict[str, Any], key: ec.EllipticCurvePrivateKey, kid: str, typ: str = "at+jwt") -> str:
        return jwt.encode(claims, key, algorithm="ES256", headers={"kid": kid, "typ": typ})

    def _unsigned(self, user_id: str) -> str:
        head = {"alg": "none", "typ": "at+jwt", "kid": self.kid}
        return f"{_encoded(head)}.{_encoded(self._claims(user_id))}."

    def _with_public_key_as_secret(self, user_id: str) -> str:
        """What verifiers fall for that let the token choose how it is verified."""
        secret = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        head = {"alg": "HS256", "typ": "at+jwt", "kid": self.kid}
        signed = f"{_encoded(head)}.{_encoded(self._claims(user_id))}"
        return f"{signed}.{_base64(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def _encoded(part: dict[str, Any]) -> str:
    return _base64(json.dumps(part).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _flipped(signature: str) -> str:
    data = bytearray(base64.urlsafe_b64decode(signature + "=="))
    data[10] ^= 1
    return _base64(bytes(data))


BAD_TOKENS = (
    "no token", "no JWT", "expired", "no expiry", "no subject", "a changed signature", "no signature",
    "a changed subject", "another audience", "no audience", "another issuer", "a foreign key", "an unknown kid",
    "the key under another kid", "no session", "another type", "alg none", "HS256 with the public key",
)  # fmt: skip
