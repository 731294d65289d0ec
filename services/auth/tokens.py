"""Verifies access tokens (JWT, ES256, RFC 9068) and fetches the keys that verify them."""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from services.common import times
from services.common.rpc.call import Principal
from services.common.rpc.errors import Unauthenticated, Unavailable
from services.common.times import Clock

ALGORITHM = "ES256"
TYPE = "at+jwt"  # an access token and no other kind of JWT
CLOCK_SKEW_SECONDS = 10.0  # as at the edge
# How far the clock of a replica may be behind that of the issuer; DynamoDB refuses requests that are 5 minutes off. A
# token from the future is no danger, as only our own keys sign one.
_ISSUED_AHEAD_SECONDS_MAX = 300.0
_TOKEN = re.compile(r"[A-Za-z0-9._-]+")  # base64url: PyJWT also takes padding, which the edge refuses
_CACHE_SIZE = 10_000
_CLAIMS = ["exp", "iat", "iss", "aud", "sub", "jti", "sid"]

Keys = dict[str, EllipticCurvePublicKey]


class KeySource(Protocol):
    """Where public keys come from."""

    async def key(self, kid: str) -> EllipticCurvePublicKey | None:
        """Returns the key of that id, None if there is none: the same object until the key set changes."""
        ...


def parse_jwks(jwks: bytes) -> Keys:
    """Returns the ES256 keys of a JSON Web Key Set, by id; skips other keys."""
    keys = {}
    for jwk in json.loads(jwks)["keys"]:
        if jwk.get("alg") == ALGORITHM and jwk.get("kid"):
            key = jwt.PyJWK(jwk).key
            if isinstance(key, EllipticCurvePublicKey):
                keys[jwk["kid"]] = key
    return keys


@dataclass
class RemoteKeys:
    """The key set of the user service, refetched every `refetch_seconds` while there are calls.

    A call waits for the fetch only if there is no key set yet, its key is not in it, or the set is `age_seconds_max`
    old: a removed key is trusted no longer than that. Old keys stay valid while fetches fail, but then only a key that
    is known can be judged: an unknown one may have been added since.
    """

    fetch: Callable[[], Awaitable[bytes]]
    refetch_seconds: float = 5.0
    age_seconds_max: float = 10.0
    monotonic: Callable[[], float] = time.monotonic
    _keys: Keys = field(default_factory=dict)
    _fetched_at: float = float("-inf")  # also if the fetch failed
    _known_at: float = float("-inf")
    _fetching: asyncio.Task[None] | None = None

    async def key(self, kid: str) -> EllipticCurvePublicKey | None:
        """Returns the key of that id, None if the key set has none. Concurrent calls share a fetch.

        Raises Unavailable if the key set is too old to tell, and whatever made the fetch fail if there is none at all.
        """
        age = self.monotonic() - self._fetched_at
        if age > self.refetch_seconds or not self._keys:
            if self._fetching is None:
                self._fetching = asyncio.create_task(self._refetch())
            if age > self.age_seconds_max or kid not in self._keys:
                await asyncio.shield(self._fetching)
        key = self._keys.get(kid)
        if key is None and self.monotonic() - self._known_at > self.age_seconds_max:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "a part of the system is unavailable; try again")
        return key

    async def _refetch(self) -> None:
        try:
            begun = self.monotonic()
            keys = parse_jwks(await self.fetch())
            self._known_at = begun
            if keys != self._keys:
                self._keys = keys
        except Exception:
            if not self._keys:
                raise
        finally:
            self._fetched_at = self.monotonic()
            self._fetching = None


class _Verified(NamedTuple):
    principal: Principal
    expires_at: float
    kid: str
    key: EllipticCurvePublicKey


@dataclass(frozen=True)
class TokenVerifier:
    """Verifies tokens. Caches the result until the token expires or its key is removed."""

    keys: KeySource
    issuer: str
    audience: str
    clock_skew_seconds: float = CLOCK_SKEW_SECONDS
    now: Clock = times.now
    # The oldest first. Not a cachetools cache: every call looks here, and its look-up takes about 0.1 µs longer.
    _cache: OrderedDict[str, _Verified] = field(default_factory=OrderedDict)

    async def verify(self, authorization: str) -> Principal:
        """Returns the user of an `authorization` header. Does not check whether the session was revoked.

        Raises Unauthenticated with TOKEN_MISSING, TOKEN_EXPIRED or TOKEN_INVALID.
        """
        scheme, _, rest = authorization.partition(" ")
        token = rest.lstrip(" ")  # one or more spaces (RFC 9110, 11.4)
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("TOKEN_MISSING", "send the access token as 'authorization: Bearer <token>'")
        cached = self._cache.get(token)
        if cached and self.now().timestamp() < cached.expires_at and await self.keys.key(cached.kid) is cached.key:
            return cached.principal
        self._cache.pop(token, None)
        verified = self._cache[token] = await self._decode(token)
        if len(self._cache) > _CACHE_SIZE:
            self._cache.popitem(last=False)
        return verified.principal

    async def _decode(self, token: str) -> _Verified:
        invalid = Unauthenticated("TOKEN_INVALID", "the access token is not valid; sign in again")
        if not _TOKEN.fullmatch(token):
            raise invalid
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise invalid from None
        kid, kind = header.get("kid"), header.get("typ")
        if not isinstance(kind, str) or kind.lower() not in {TYPE, f"application/{TYPE}"} or not isinstance(kid, str):
            raise invalid
        key = await self.keys.key(kid)
        if key is None:
            raise invalid
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                issuer=self.issuer,
                audience=self.audience,
                # The times are checked below, by our own clock: PyJWT has no other than the machine's.
                options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
        except jwt.PyJWTError:
            raise invalid from None
        if not isinstance(claims["sid"], str) or not claims["sid"]:
            raise invalid
        expires_at = self._check_times(claims, invalid)
        principal = Principal(claims["sub"], role=str(claims.get("role", "")), token=token, session_id=claims["sid"])
        return _Verified(principal, expires_at, kid, key)

    def _check_times(self, claims: Mapping[str, Any], invalid: Unauthenticated) -> float:
        """Returns the time at which a token expires, with the allowed clock skew. Raises Unauthenticated."""
        times_given = [claims[name] for name in ("exp", "iat", "nbf") if name in claims]
        if not all(type(moment) in {int, float} and math.isfinite(moment) for moment in times_given):
            raise invalid
        now = self.now().timestamp()
        is_early = claims.get("nbf", 0) > now + self.clock_skew_seconds
        if is_early or claims["iat"] > now + _ISSUED_AHEAD_SECONDS_MAX:
            raise invalid
        expires_at = float(claims["exp"]) + self.clock_skew_seconds
        if now >= expires_at:
            raise Unauthenticated("TOKEN_EXPIRED", "the access token has expired; sign in again")
        return expires_at
