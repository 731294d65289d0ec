"""Keeps the revocations in Redis in step with the table."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from services.common.auth.revocation_cache import RevocationCache
from services.common.auth.revocations import LATE_MS_MAX
from services.user.sessions.revocation_store import RevocationStore

_TRIES_MAX = 5
_PATIENCE_SECONDS = 2.0  # the longest reading is that of all that matters, for an empty Redis
_REST_SECONDS = 1.0  # for how long Redis, or the table, is left alone after it did not answer

logger = logging.getLogger("cnop.revocations")


@dataclass
class Publisher:
    """Reads what is new in the table and tells Redis. Any replica may, at any time; see revocation_cache."""

    cache: RevocationCache
    store: RevocationStore
    interval_seconds: float
    _cache_rests_until: float = float("-inf")
    _rests_until: float = float("-inf")
    _trouble: str = ""

    async def run(self) -> None:
        """Publishes for ever, unless another replica has just done so."""
        while True:
            await self._guarded(self.interval_seconds / 2)
            await asyncio.sleep(self.interval_seconds)

    async def publish(self, session_ids: Sequence[str] = ()) -> None:
        """Publishes what the caller has just written, if Redis is there. Those who read do without it otherwise.

        The sessions that have ended for it come first, so that Redis knows of them when the table cannot be read.
        """
        if time.monotonic() >= self._cache_rests_until:
            try:
                await self.cache.add(dict.fromkeys(session_ids, self.store.now_ms()))
            except Exception as error:
                self._cache_rests_until = time.monotonic() + _REST_SECONDS
                self._tell(repr(error))
                return
        if time.monotonic() >= self._rests_until:
            await self._guarded(0.0)

    async def _guarded(self, age_seconds_min: float) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._publish(age_seconds_min)
        except Exception as error:
            self._rests_until = time.monotonic() + _REST_SECONDS
            self._tell(repr(error))
        else:
            self._tell("")

    async def _publish(self, age_seconds_min: float) -> None:
        for _ in range(_TRIES_MAX):
            before = await self.cache.state()
            if before.age_seconds < age_seconds_min:
                return
            feed = await self.store.read(max(0, before.position - LATE_MS_MAX))
            if await self.cache.publish(before, feed, self.store.oldest_ms(feed.position)):
                return

    def _tell(self, trouble: str) -> None:
        """Logs when publishing begins to fail, and when it works again."""
        if bool(trouble) != bool(self._trouble):
            if trouble:
                logger.warning("revocations are not published to Redis", extra={"why": trouble})
            else:
                logger.info("revocations are published to Redis again")
        self._trouble = trouble
