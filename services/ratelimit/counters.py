"""The counters: in memory, and summed up in Redis over all replicas of this service many times per second.

A call is decided in memory and never waits for Redis: a round trip per call would cost more than the rest of the call.
The price: a replica learns what the others counted only after `sync_seconds`, so a burst that is spread over n replicas
may reach up to n times its limit. A single replica is exact.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import redis.asyncio

from services.common.rpc.errors import Unavailable

_COUNTERS_MAX = 200_000
_KEYS_PER_PIPELINE = 1000
_SWEEP_SECONDS = 1.0
_EXPIRY_MARGIN_SECONDS = 10  # for clocks that differ


@dataclass(slots=True)
class _Counter:
    window_end: float  # in seconds since the epoch
    total: int = 0  # of all replicas, as Redis last returned it
    unsynced: int = 0  # counted here and not yet sent to Redis
    expires: bool = False  # whether the key in Redis surely has an expiry


class RedisCounters:
    """Counts while Redis is available. Calls `on_change` with False when it fails and with True when it recovers."""

    def __init__(
        self,
        client: redis.asyncio.Redis,
        sync_seconds: float,
        retry_seconds: float,
        on_change: Callable[[bool], None] = lambda is_up: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._sync_seconds = sync_seconds
        self._retry_seconds = retry_seconds
        self._on_change = on_change
        self._clock = clock
        self._counters: dict[str, _Counter] = {}
        self._changed: set[str] = set()
        self._has_changed = asyncio.Event()
        self._is_up = True
        self._swept = 0.0

    def count(self, key: str, window_end: float) -> int:
        """Returns the count of a key, which is deleted at `window_end` (in seconds since the epoch).

        Raises Unavailable while Redis is unavailable, or if there are too many keys.
        """
        if not self._is_up:
            raise Unavailable("COUNTERS_AWAY", "the counters are unavailable; try again")
        counter = self._counters.get(key)
        if counter is None:
            if len(self._counters) >= _COUNTERS_MAX:
                raise Unavailable("TOO_MANY_COUNTERS", "too many users and addresses at once; try again")
            counter = self._counters[key] = _Counter(window_end)
        return counter.total + counter.unsynced

    def add(self, key: str, hits: int) -> None:
        """Adds to a count that `count` has returned."""
        self._counters[key].unsynced += hits
        self._changed.add(key)
        self._has_changed.set()

    async def keep_synced(self) -> None:
        """Synchronizes with the other replicas, until cancelled."""
        while True:
            if self._is_up:
                await self._has_changed.wait()
                await asyncio.sleep(self._sync_seconds)
            else:
                await asyncio.sleep(self._retry_seconds)
            try:
                await self._sync()
            except (redis.RedisError, OSError):
                self._set_is_up(is_up=False)
            else:
                self._set_is_up(is_up=True)
            self._sweep()

    async def check(self) -> None:
        """Raises the error if Redis does not respond."""
        try:
            await self._client.ping()
        except (redis.RedisError, OSError):
            self._set_is_up(is_up=False)
            self._has_changed.set()  # wakes keep_synced, which retries until Redis responds
            raise

    async def _sync(self) -> None:
        if not self._changed:
            await self._client.ping()
        # What changes during the sync waits for the next one; otherwise a sync would never end under load.
        self._has_changed.clear()
        keys = list(self._changed)
        self._changed.clear()
        for start in range(0, len(keys), _KEYS_PER_PIPELINE):
            part = keys[start : start + _KEYS_PER_PIPELINE]
            try:
                await self._send([(key, self._counters[key]) for key in part if key in self._counters])
            except BaseException:
                self._changed.update(keys[start:])
                self._has_changed.set()
                raise

    async def _send(self, batch: list[tuple[str, _Counter]]) -> None:
        now = self._clock()
        sent = [counter.unsynced for _, counter in batch]
        pipeline = self._client.pipeline(transaction=False)
        for (key, _), hits in zip(batch, sent, strict=True):
            pipeline.incrby(key, hits)
        for key, counter in batch:
            if not counter.expires:
                pipeline.expire(key, max(1, int(counter.window_end - now)) + _EXPIRY_MARGIN_SECONDS)
        responses = await pipeline.execute()
        for (_, counter), hits, total in zip(batch, sent, responses, strict=False):
            # A total that is only what was just sent may come from a Redis that lost its data: set the expiry again.
            counter.expires = total > hits
            counter.total = total
            counter.unsynced -= hits

    def _sweep(self) -> None:
        """Deletes the counters of past windows."""
        now = self._clock()
        if now - self._swept >= _SWEEP_SECONDS:
            self._swept = now
            for key in [key for key, counter in self._counters.items() if counter.window_end <= now]:
                del self._counters[key]

    def _set_is_up(self, *, is_up: bool) -> None:
        if is_up != self._is_up:
            self._is_up = is_up
            self._on_change(is_up)
