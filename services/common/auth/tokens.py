"""Verifies access tokens (JWT, ES256, RFC 9068) and finds the keys that verify them."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from services.common.rpc.call import Principal
from services.common.rpc.errors import Unauthenticated

ALGORITHM = "ES256"
TYPE = "at+jwt"  # an access token and no other kind of JWT
CLOCK_SKEW_SECONDS = 10.0  # as at the edge
_CACHE_SIZE = 10_000
_REFETCH_SECONDS = 5.0
_KEYS_AGE_SECONDS_MAX = 10.0


class KeySource(Protocol):
    """Where public keys come from."""

    async def key(self, kid: str) -> EllipticCurvePublicKey | None:
        """The key of that id, None when there is none: each time the same object while the keys stay as they are."""
        ...


def keys_of(jwks: bytes) -> dict[str, EllipticCurvePublicKey]:
    """The ES256 keys of a JSON Web Key Set, by id; other keys are left out."""
    keys = {}
    for jwk in json.loads(jwks)["keys"]:
        if jwk.get("alg") == ALGORITHM and jwk.get("kid"):
            key = jwt.PyJWK(jwk).key
            if isinstance(key, EllipticCurvePublicKey):
                keys[jwk["kid"]] = key
    return keys


class RemoteKeys:
    """Keys from the user service's key set, fetched again every 5 s while there are calls.

    Calls do not wait for that, but for the first set, for a key that is not in the one at hand, and after 10 s: a key
    that was removed is not believed for longer.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[bytes]],
        refetch_seconds: float = _REFETCH_SECONDS,
        age_seconds_max: float = _KEYS_AGE_SECONDS_MAX,
    ) -> None:
        self._fetch = fetch
        self._refetch_seconds = refetch_seconds
        self._age_seconds_max = age_seconds_max
        self._keys: dict[str, EllipticCurvePublicKey] = {}
        self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    async def key(self, kid: str) -> EllipticCurvePublicKey | None:
        """The key of that id: the same object as before, unless the set has changed.

        Old keys stay good while the user service is away. Calls that come together share a fetch. Without any key, what
        kept the fetch from succeeding is raised.
        """
        age = time.monotonic() - self._tried_at
        if age > self._refetch_seconds or not self._keys:
            if self._fetching is None:
                self._fetching = asyncio.create_task(self._refetch())
            if age > self._age_seconds_max or kid not in self._keys:
                await asyncio.shield(self._fetching)
        return self._keys.get(kid)

    async def _refetch(self) -> None:
        try:
            keys = keys_of(await self._fetch())
            if keys != self._keys:
                self._keys = keys
        except Exception:
            if not self._keys:
                raise
        finally:
            self._tried_at = time.monotonic()
            self._fetching = None


class _Verified(NamedTuple):
    principal: Principal
    expires_at: float
    kid: str
    key: EllipticCurvePublicKey


class TokenVerifier:
    """Verifies tokens.

    A verified token is remembered until it expires or its key goes, so that most calls cost a few look-ups.
    """

    def __init__(
        self,
        keys: KeySource,
        issuer: str,
        audience: str,
        clock_skew_seconds: float = CLOCK_SKEW_SECONDS,
    ) -> None:
        self._keys = keys
        self._clock_skew_seconds = clock_skew_seconds
        self._issuer = issuer
        self._audience = audience
        self._verified: OrderedDict[str, _Verified] = OrderedDict()

    async def verify(self, authorization: str) -> Principal:
        """Who sent this `authorization` header; the session of the token may have ended.

        Raises Unauthenticated with TOKEN_MISSING, TOKEN_EXPIRED or TOKEN_INVALID.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("TOKEN_MISSING", "send the access token as 'authorization: Bearer <token>'")
        known = self._verified.get(token)
        if known and time.time() < known.expires_at and await self._keys.key(known.kid) is known.key:
            return known.principal
        self._verified.pop(token, None)
        verified = await self._decode(token)
        self._verified[token] = verified
        if len(self._verified) > _CACHE_SIZE:
            self._verified.popitem(last=False)
        return verified.principal

    async def _decode(self, token: str) -> _Verified:
        invalid = Unauthenticated("TOKEN_INVALID", "the access token is not valid")
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise invalid from None
        kid, kind = header.get("kid"), header.get("typ")
        if not isinstance(kind, str) or kind.lower() not in {TYPE, f"application/{TYPE}"}:
            raise invalid
        if not isinstance(kid, str):
            raise invalid
        key = await self._keys.key(kid)
        if key is None:
            raise invalid
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                issuer=self._issuer,
                audience=self._audience,
                leeway=self._clock_skew_seconds,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "jti", "sid"]},
            )
        except jwt.ExpiredSignatureError:
            raise Unauthenticated("TOKEN_EXPIRED", "the access token has expired; sign in again") from None
        except jwt.PyJWTError:
            raise invalid from None
        if not isinstance(claims["sid"], str) or not claims["sid"]:
            raise invalid
        if any(type(claims[name]) not in {int, float} for name in ("exp", "iat")):  # PyJWT takes a text of digits too
            raise invalid
        principal = Principal(
            user_id=claims["sub"], role=str(claims.get("role", "")), token=token, session_id=claims["sid"]
        )
        return _Verified(principal, float(claims["exp"]) + self._clock_skew_seconds, kid, key)
