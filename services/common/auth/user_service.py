"""What a service other than the user service needs to admit users: keys, and which sessions have ended."""

from __future__ import annotations

from typing import Protocol

import grpc
from cnop.user.v1 import auth_service_pb2_grpc, session_service_pb2, session_service_pb2_grpc
from google.protobuf import empty_pb2
from redis.asyncio import Redis

from services.common import settings
from services.common.auth.refusals import Refusals
from services.common.auth.revocation_cache import RevocationCache
from services.common.auth.revocations import Feed, Revocations
from services.common.auth.tokens import CLOCK_SKEW_SECONDS, RemoteKeys, TokenVerifier
from services.common.auth.user_access import UserAccess
from services.common.mesh import channels

_KEYS_TIMEOUT_SECONDS = 4.0
_REVOCATIONS_TIMEOUT_SECONDS = 4.0  # the first reading is that of all that matters

SERVICES = ("cnop.user.v1.AuthService", "cnop.user.v1.SessionService")


class Config(Protocol):
    """The settings of a service, as far as they are needed here."""

    @property
    def redis(self) -> settings.Redis: ...

    @property
    def token(self) -> settings.Token: ...

    @property
    def revocations(self) -> settings.Revocations: ...


class UserService:
    """The user service, by its channel."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._auth = auth_service_pb2_grpc.AuthServiceStub(channel)
        self._sessions = session_service_pb2_grpc.SessionServiceStub(channel)

    async def jwks(self) -> bytes:
        """The keys that verify access tokens."""
        body = await self._auth.GetJwks(empty_pb2.Empty(), timeout=_KEYS_TIMEOUT_SECONDS)
        data: bytes = body.data
        return data

    async def read(self, since_ms: int) -> Feed:
        """The sessions that ended since then."""
        answer = await self._sessions.ListRevocations(
            session_service_pb2.ListRevocationsRequest(since_ms=since_ms),
            timeout=_REVOCATIONS_TIMEOUT_SECONDS,
            metadata=channels.as_service(),
        )
        return Feed({one.session_id: one.ended_at_ms for one in answer.revocations}, answer.position_ms)


def kept_seconds(token: settings.Token) -> float:
    """How long it must be remembered that a session has ended: until its last access token is refused anyway."""
    return token.seconds + CLOCK_SKEW_SECONDS


def user_access(users: UserService, redis: Redis, config: Config, refusals: Refusals) -> UserAccess:
    """What admits the users who call a service."""
    cache = RevocationCache(redis, config.redis.timeout_seconds)
    ended = Revocations(cache, users, config.revocations, kept_seconds(config.token))
    tokens = TokenVerifier(RemoteKeys(users.jwks), config.token.issuer, config.token.audience)
    return UserAccess(tokens, ended, refusals)
