"""The revocations in Redis: one sorted set, so that all of it is there or nothing.

Members are sessions, scored by when they ended, and two marks with scores below 0: how far the table was read, and when
that was, by the clock of Redis. Whoever writes says from which position he read on; Redis takes it only when it still
holds that position. So an empty Redis, or one that came back with old data, is filled anew from where it is, and what
it says to hold it holds, whoever died when.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from services.common import settings
from services.common.auth.revocations import Feed

_KEY = "cnop:revocations"
_POSITION, _READ_AT = "#position", "#read-at"
_CONNECTIONS_MAX = 4

# KEYS: the set. ARGV: the position that was read on from, the new one, when that was, what is too old, then pairs.
_PUBLISH = """
local held = redis.call('ZSCORE', KEYS[1], '#position')
if -tonumber(held or 0) ~= tonumber(ARGV[1]) then return 0 end
for i = 5, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, ARGV[4])
redis.call('ZADD', KEYS[1], '-' .. ARGV[2], '#position', '-' .. ARGV[3], '#read-at')
return 1
"""


class Empty(Exception):
    """Redis holds no revocations, and not that there are none."""


@dataclass(frozen=True, slots=True)
class State:
    """How far the cache is. `clock_us` is Redis's clock, in microseconds; `position` is 0 when it is empty.

    `age_seconds` is infinite when nobody knows how old it is.
    """

    clock_us: int
    position: int
    age_seconds: float


def connect(config: settings.Redis) -> Redis:
    """A client that gives up rather than wait."""
    client: Redis = Redis.from_url(
        config.url,
        socket_timeout=config.timeout_seconds,
        socket_connect_timeout=config.timeout_seconds,
        max_connections=_CONNECTIONS_MAX,
        retry=Retry(NoBackoff(), 1),  # once: a connection that was idle may be dead
        decode_responses=True,
    )
    return client


class RevocationCache:
    """Reads and writes the set. Raises what the client raises, and TimeoutError."""

    def __init__(self, redis: Redis, timeout_seconds: float) -> None:
        self._redis = redis
        self._timeout_seconds = timeout_seconds
        self._publish = redis.register_script(_PUBLISH)

    async def read(self, since_ms: int) -> Feed:
        """The sessions that ended since then. Raises Empty when nothing is known."""
        async with asyncio.timeout(self._timeout_seconds), self._redis.pipeline(transaction=True) as pipe:
            _ask_state(pipe)
            pipe.zrange(_KEY, since_ms, "+inf", byscore=True, withscores=True)
            *found, ended = await pipe.execute()
        state = _state(*found)
        if not state.position:
            raise Empty("Redis holds no revocations")
        return Feed({session: int(at) for session, at in ended}, state.position, state.age_seconds)

    async def state(self) -> State:
        """How far it is, to read on from there."""
        async with asyncio.timeout(self._timeout_seconds), self._redis.pipeline(transaction=True) as pipe:
            _ask_state(pipe)
            return _state(*await pipe.execute())

    async def add(self, ended: Mapping[str, int]) -> None:
        """Adds sessions that ended, out of turn. How far the table was read stays as it is."""
        if ended:
            async with asyncio.timeout(self._timeout_seconds):
                await self._redis.zadd(_KEY, dict(ended))

    async def publish(self, before: State, feed: Feed, oldest_ms: int) -> bool:
        """Adds what was read from the table after `before`. False when somebody else has written meanwhile."""
        pairs = [part for session, at in feed.ended.items() for part in (at, session)]
        args = [before.position, feed.position, before.clock_us, oldest_ms, *pairs]
        async with asyncio.timeout(self._timeout_seconds):
            return bool(await self._publish(keys=[_KEY], args=args))


def _ask_state(pipe: Pipeline) -> None:
    pipe.time()
    pipe.info("server")
    pipe.zmscore(_KEY, [_POSITION, _READ_AT])


def _state(clock: tuple[int, int], server: Mapping[str, Any], marks: list[Any]) -> State:
    now_us = clock[0] * 1_000_000 + clock[1]
    if None in marks:
        return State(now_us, 0, float("inf"))
    position, read_at = (-int(float(mark)) for mark in marks)
    age_seconds = (now_us - read_at) / 1e6
    # What is from before Redis was started may lack what ended while it was away; a clock that went back, as with a
    # replica that took over, says nothing of how old that is.
    is_known = 0 <= age_seconds <= server["uptime_in_seconds"] + 1
    return State(now_us, position, age_seconds if is_known else float("inf"))
