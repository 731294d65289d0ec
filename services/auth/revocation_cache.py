"""The revocations in Redis: one sorted set, so that all of it exists or nothing.

Members are sessions, scored by the time of their revocation, and two marks with scores below 0: how far the table was
read, and when that was by the clock of Redis. The user service writes it (see its revocation_publisher).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from services.auth.revocations import Feed
from services.common import settings
from services.redis_client import client

KEY = "cnop:revocations"
POSITION, READ_AT = "#position", "#read-at"
_CONNECTIONS_MAX = 4


class Empty(Exception):
    """Redis does not hold the revocations, which is not the same as holding none."""


@dataclass(frozen=True, slots=True)
class State:
    """How far the cache is: `position` is 0 if it is empty, `age_seconds` is infinite if unknown."""

    clock_us: int
    position: int
    age_seconds: float


def connect(config: settings.Redis) -> Redis:
    """Opens a client that fails rather than waits."""
    # It retries once, because an idle connection may be dead.
    return client.connect(config, retries=1, max_connections=_CONNECTIONS_MAX, decode_responses=True)


class RevocationCache:
    """Reads the set. Raises what the client raises, and TimeoutError."""

    def __init__(self, redis: Redis, timeout_seconds: float) -> None:
        self._redis = redis
        self._timeout_seconds = timeout_seconds

    async def read(self, since_ms: int) -> Feed:
        """Returns the sessions revoked since then. Raises Empty."""
        async with asyncio.timeout(self._timeout_seconds), self._redis.pipeline(transaction=True) as pipe:
            ask_state(pipe)
            pipe.zrange(KEY, since_ms, "+inf", byscore=True, withscores=True)
            *found, revoked = await pipe.execute()
        state = state_of(*found)
        if not state.position:
            raise Empty("Redis holds no revocations")
        return Feed({session: int(at) for session, at in revoked}, state.position, state.age_seconds)


def ask_state(pipe: Pipeline) -> None:
    """Adds the commands whose results `state_of` takes."""
    pipe.time()
    pipe.info("server")
    pipe.zmscore(KEY, [POSITION, READ_AT])


def state_of(clock: tuple[int, int], server: Mapping[str, Any], marks: list[Any]) -> State:
    """Returns the state of the set."""
    now_us = clock[0] * 1_000_000 + clock[1]
    if None in marks:
        return State(now_us, 0, float("inf"))
    position, read_at = (-int(float(mark)) for mark in marks)
    age_seconds = (now_us - read_at) / 1e6
    # A snapshot from before Redis started may lack later revocations. After a clock that went back, as on failover,
    # the age is unknown.
    is_known = 0 <= age_seconds <= server["uptime_in_seconds"] + 1
    return State(now_us, position, age_seconds if is_known else float("inf"))
