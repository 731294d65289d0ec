"""What other services get from the user service to admit users: its signing keys and the revoked sessions."""

from __future__ import annotations

import grpc
from cnop.user.v1 import auth_service_pb2_grpc, session_service_pb2, session_service_pb2_grpc
from google.protobuf import empty_pb2
from redis.asyncio import Redis

from services.auth.refusals import Refusals
from services.auth.revocation_cache import RevocationCache
from services.auth.revocations import Feed, Revocations
from services.auth.tokens import CLOCK_SKEW_SECONDS, RemoteKeys, TokenVerifier
from services.auth.user_access import UserAccess
from services.common import settings
from services.common.rpc import call
from services.common.times import Clock

_TIMEOUT_SECONDS = 4.0  # the first reading of revocations is long

SERVICES = ("cnop.user.v1.AuthService", "cnop.user.v1.SessionService")


class UserService:
    """A client of the user service."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._auth = auth_service_pb2_grpc.AuthServiceStub(channel)
        self._sessions = session_service_pb2_grpc.SessionServiceStub(channel)

    async def jwks(self) -> bytes:
        """Fetches the keys that verify access tokens, as a JSON Web Key Set."""
        body = await self._auth.GetJwks(empty_pb2.Empty(), timeout=_TIMEOUT_SECONDS)
        data: bytes = body.data
        return data

    async def read(self, since_ms: int) -> Feed:
        """Fetches the sessions revoked since then."""
        response = await self._sessions.ListRevocations(
            session_service_pb2.ListRevocationsRequest(since_ms=since_ms),
            timeout=_TIMEOUT_SECONDS,
            metadata=call.as_service(),
        )
        revoked = {revocation.session_id: revocation.ended_at_ms for revocation in response.revocations}
        return Feed(revoked, response.position_ms)


def kept_seconds(token: settings.Token) -> float:
    """Returns how long a revocation matters: until the last access token of the session has expired."""
    return token.seconds + CLOCK_SKEW_SECONDS


def build_user_access(
    users: UserService, redis: Redis, config: settings.AuthSettings, refusals: Refusals, now: Clock
) -> UserAccess:
    """Builds what admits the users of a service."""
    cache = RevocationCache(redis, config.redis.timeout_seconds)
    revocations = Revocations(cache, users, config.revocations, kept_seconds(config.token))
    tokens = TokenVerifier(RemoteKeys(users.jwks), config.token.issuer, config.token.audience, now=now)
    return UserAccess(tokens, revocations, refusals)
