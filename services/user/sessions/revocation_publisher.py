"""Keeps the revocations in Redis in step with the table.

A writer states the position from which it read the table, and Redis accepts the write only if it still holds that
position. So an empty Redis, or one restored from old data, is filled from the position that it has, and never claims to
hold more than it does, whichever process dies when.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redis.asyncio import Redis

from services.auth.revocation_cache import KEY, RevocationCache, State, ask_state, state_of
from services.auth.revocations import LATE_MS_MAX, Feed
from services.user.sessions.revocation_store import RevocationStore

_ATTEMPTS_MAX = 5
_TIMEOUT_SECONDS = 2.0  # enough to read all revocations, for an empty Redis
_PAUSE_SECONDS = 1.0  # after Redis or the table did not answer

# KEYS: the set. ARGV: the position read from, the new one and its time, the oldest that matters, scores and members.
_PUBLISH = """
local held = redis.call('ZSCORE', KEYS[1], '#position')
if -tonumber(held or 0) ~= tonumber(ARGV[1]) then return 0 end
for i = 5, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, ARGV[4])
redis.call('ZADD', KEYS[1], '-' .. ARGV[2], '#position', '-' .. ARGV[3], '#read-at')
return 1
"""

logger = logging.getLogger("cnop.revocations")


class RevocationCacheWriter(RevocationCache):
    """Reads and writes the set. Raises what the client raises, and TimeoutError."""

    def __init__(self, redis: Redis, timeout_seconds: float) -> None:
        super().__init__(redis, timeout_seconds)
        self._publish = redis.register_script(_PUBLISH)

    async def state(self) -> State:
        """Returns the position of the cache."""
        async with asyncio.timeout(self._timeout_seconds), self._redis.pipeline(transaction=True) as pipe:
            ask_state(pipe)
            return state_of(*await pipe.execute())

    async def add(self, revoked: Mapping[str, int]) -> None:
        """Adds revoked sessions and leaves the position as it is."""
        if revoked:
            async with asyncio.timeout(self._timeout_seconds):
                await self._redis.zadd(KEY, dict(revoked))

    async def publish(self, before: State, feed: Feed, oldest_ms: int) -> bool:
        """Adds what was read from the table since `before`. Returns False if another writer was first."""
        pairs = [part for session, at in feed.revoked.items() for part in (at, session)]
        args = [before.position, feed.position, before.clock_us, oldest_ms, *pairs]
        async with asyncio.timeout(self._timeout_seconds):
            return bool(await self._publish(keys=[KEY], args=args))


@dataclass
class RevocationPublisher:
    """Publishes new revocations from the table to Redis. Any replica may do so at any time."""

    cache: RevocationCacheWriter
    store: RevocationStore
    interval_seconds: float
    _cache_paused_until: float = float("-inf")
    _paused_until: float = float("-inf")
    _trouble: str = ""

    async def run(self) -> None:
        """Publishes forever, except when another replica has just done so."""
        while True:
            await self._try_to_publish(self.interval_seconds / 2)
            await asyncio.sleep(self.interval_seconds)

    async def publish(self, session_ids: Sequence[str] = ()) -> None:
        """Publishes what the caller has just written, if Redis is available. Readers ask the origin otherwise.

        Adds `session_ids` first, so that Redis learns of them even if the table cannot be read.
        """
        if time.monotonic() >= self._cache_paused_until:
            try:
                await self.cache.add(dict.fromkeys(session_ids, self.store.now_ms()))
            except Exception as error:
                self._cache_paused_until = time.monotonic() + _PAUSE_SECONDS
                self._log(repr(error))
                return
        if time.monotonic() >= self._paused_until:
            await self._try_to_publish(0.0)

    async def _try_to_publish(self, age_seconds_min: float) -> None:
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                await self._publish(age_seconds_min)
        except Exception as error:
            self._paused_until = time.monotonic() + _PAUSE_SECONDS
            self._log(repr(error))
        else:
            self._log("")

    async def _publish(self, age_seconds_min: float) -> None:
        for _ in range(_ATTEMPTS_MAX):
            before = await self.cache.state()
            if before.age_seconds < age_seconds_min:
                return
            feed = await self.store.read(max(0, before.position - LATE_MS_MAX))
            if await self.cache.publish(before, feed, self.store.oldest_ms(feed.position)):
                return

    def _log(self, trouble: str) -> None:
        """Logs when publishing begins to fail, and when it works again."""
        if bool(trouble) != bool(self._trouble):
            if trouble:
                logger.warning("revocations are not published to Redis", extra={"why": trouble})
            else:
                logger.info("revocations are published to Redis again")
        self._trouble = trouble
