"""Signs access tokens and publishes the keys that verify them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm

from services.auth.tokens import ALGORITHM, TYPE
from services.common import ids
from services.common.startup import StartupError
from services.common.times import Clock

Keys = dict[str, EllipticCurvePrivateKey]
PublicKeys = dict[str, EllipticCurvePublicKey]

_MADE_AT = re.compile(r"(\d{8}T\d{6}Z)-.+")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

logger = logging.getLogger("cnop.keys")


class UnusableKeys(Exception):
    """The folder has no signing key, or a file that is not one."""


def made_at(kid: str) -> datetime:
    """Returns when a key was made, from its id (20261124T150000Z-ab12cd34); the distant past if the id has no time.

    File times are no help: all files of a mounted secret are rewritten whenever one changes.
    """
    match = _MADE_AT.fullmatch(kid)
    try:
        return datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if match else _LONG_AGO
    except ValueError:
        return _LONG_AGO


def read_keys(folder: Path) -> Keys:
    """Reads <kid>.pem files. Raises UnusableKeys if there is none, or one is not an ES256 key."""
    keys: Keys = {}
    for path in sorted(folder.glob("*.pem")):
        try:
            key = load_pem_private_key(path.read_bytes(), password=None)
        except Exception as error:  # of many types: an unknown curve does not raise ValueError
            raise UnusableKeys(f"{path} cannot be read: {error}") from None
        if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
            raise UnusableKeys(f"{path} is not an ES256 key (EC, P-256)")
        keys[path.stem] = key
    if not keys:
        raise UnusableKeys(f"there is no signing key (<kid>.pem) in {folder}")
    return keys


# Called with the keys that were added and those that were removed: thumbprints by key id.
KeysChanged = Callable[[Mapping[str, str], Mapping[str, str]], Awaitable[None]]


class SigningKeys:
    """The ES256 keys of a folder. All are published at once; a new one signs when all verifiers have it."""

    def __init__(self, folder: Path, keys: Keys, activation_seconds: float, now: Clock) -> None:
        self._folder = folder
        self._activation = timedelta(seconds=activation_seconds)
        self._now = now
        self._public: PublicKeys = {}
        self._seen_at: dict[str, datetime] = {}
        self._trouble = ""
        self._take(keys, _LONG_AGO)

    @classmethod
    def from_folder(cls, folder: Path, activation_seconds: float, now: Clock) -> SigningKeys:
        """Reads the folder. Raises StartupError if it has no key, or a file that is not one."""
        try:
            return cls(folder, read_keys(folder), activation_seconds, now)
        except UnusableKeys as error:
            raise StartupError(str(error)) from None

    async def keep_fresh(self, every_seconds: float, changed: KeysChanged) -> None:
        """Rereads the folder forever. A folder that cannot be read changes nothing."""
        while True:
            await asyncio.sleep(every_seconds)
            before = self._thumbprints()
            await self.reread()
            now = self._thumbprints()
            if before != now:
                await changed(dict(now.items() - before.items()), dict(before.items() - now.items()))

    async def reread(self) -> None:
        """Rereads the folder in a thread."""
        try:
            keys = await asyncio.to_thread(read_keys, self._folder)
        except UnusableKeys as error:
            if self._trouble != str(error):
                self._trouble = str(error)
                logger.warning("the signing keys cannot be reread", extra={"why": self._trouble})
            return
        self._trouble = ""
        if _public(keys) != self._public:
            self._take(keys, self._now())
            logger.info("the signing keys have changed", extra={"kids": sorted(keys)})

    def _take(self, keys: Keys, seen_at: datetime) -> None:
        before, self._public = self._public, _public(keys)
        stayed = {kid for kid, key in self._public.items() if before.get(kid) == key}
        self._keys = keys
        self._seen_at = {kid: self._seen_at[kid] if kid in stayed else seen_at for kid in keys}
        self._jwks = _jwks(self._public)

    def _thumbprints(self) -> dict[str, str]:
        return {kid: _thumbprint(key) for kid, key in self._public.items()}

    def _published_at(self, kid: str) -> datetime:
        """Returns since when verifiers could have the key: it was made, and if it came after the start, it was seen."""
        return max(made_at(kid), self._seen_at[kid])

    def signing(self) -> tuple[str, EllipticCurvePrivateKey]:
        """Returns the key that signs now: the newest of those published long enough, or else the first published."""
        latest = self._now() - self._activation
        active = [kid for kid in self._keys if self._published_at(kid) <= latest]
        if active:
            kid = max(active, key=lambda kid: (made_at(kid), kid))
        else:
            kid = min(self._keys, key=lambda kid: (self._published_at(kid), kid))
        return kid, self._keys[kid]

    async def key(self, kid: str) -> EllipticCurvePublicKey | None:
        """Returns the public key with this id, None if there is none."""
        return self._public.get(kid)

    def jwks(self) -> bytes:
        """Returns the public keys as a JSON Web Key Set (RFC 7517)."""
        return self._jwks


def _public(keys: Keys) -> PublicKeys:
    return {kid: key.public_key() for kid, key in keys.items()}


def _thumbprint(key: EllipticCurvePublicKey) -> str:
    """Returns the thumbprint of a key (RFC 7638), which does not depend on its id."""
    jwk = ECAlgorithm.to_jwk(key, as_dict=True)
    members = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(members.encode()).digest()).decode().rstrip("=")


def _jwks(keys: PublicKeys) -> bytes:
    entries = [
        {**ECAlgorithm.to_jwk(key, as_dict=True), "kid": kid, "use": "sig", "alg": ALGORITHM}
        for kid, key in keys.items()
    ]
    return json.dumps({"keys": entries}).encode()


@dataclass(frozen=True)
class TokenIssuer:
    """Issues access tokens (RFC 9068) that expire after `seconds`."""

    keys: SigningKeys
    issuer: str
    audience: str
    seconds: int

    def issue(self, user_id: str, role: str, session_id: str, now: datetime) -> str:
        """Returns a token for a session of a user."""
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": user_id,
            "sid": session_id,
            "role": str(role),
            "jti": ids.random(),
            "iat": now,
            "exp": now + timedelta(seconds=self.seconds),
        }
        kid, key = self.keys.signing()
        return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": kid, "typ": TYPE})
