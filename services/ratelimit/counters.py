"""The counters: in memory, and added up in Redis over all processes of this service many times a second.

A call is decided in memory and never waits for Redis; asking it for each call costs more than all the rest of the
call. The price: what other processes counted is known only after `sync_seconds`, so a burst that is spread over n of
them may get up to n times its limit. One process alone is exact.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from services.common.rpc.errors import Unavailable

_COUNTERS_MAX = 200_000
_KEYS_AT_ONCE = 1000
_SWEEP_SECONDS = 1.0
_EXPIRY_SECONDS_MORE = 10  # for clocks that differ


@dataclass(slots=True)
class Counter:
    """What is known of one key."""

    ends: float  # of its window, in seconds since the epoch
    total: int = 0  # of all processes, as Redis said last
    fresh: int = 0  # counted here and not yet in Redis
    expires: bool = False  # whether Redis is known to forget it in time

    @property
    def count(self) -> int:
        return self.total + self.fresh


class Counters:
    """Counts while Redis is there. `on_change` is told when it goes away (False) and when it is back (True)."""

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
        self._counters: dict[str, Counter] = {}
        self._changed: set[str] = set()
        self._has_changed = asyncio.Event()
        self._is_up = True
        self._swept = 0.0

    def look(self, key: str, ends: float) -> Counter:
        """The counter of a key whose window ends then. Raises Unavailable while Redis is away or there are too many."""
        if not self._is_up:
            raise Unavailable("COUNTERS_AWAY", "the counters are away")
        counter = self._counters.get(key)
        if counter is None:
            if len(self._counters) >= _COUNTERS_MAX:
                raise Unavailable("TOO_MANY_COUNTERS", "too many users and addresses at once")
            counter = self._counters[key] = Counter(ends)
        return counter

    def add(self, key: str, counter: Counter, hits: int) -> None:
        """Counts."""
        counter.fresh += hits
        self._changed.add(key)
        self._has_changed.set()

    async def keep_in_step(self) -> None:
        """Adds up with the other processes, until it is cancelled."""
        while True:
            if self._is_up:
                await self._has_changed.wait()
                await asyncio.sleep(self._sync_seconds)
            else:
                await asyncio.sleep(self._retry_seconds)
            try:
                await self._sync()
            except (redis.RedisError, OSError):
                self._tell(is_up=False)
            else:
                self._tell(is_up=True)
            self._sweep()

    async def check(self) -> None:
        """Raises what keeps Redis from answering."""
        try:
            await self._client.ping()
        except (redis.RedisError, OSError):
            self._tell(is_up=False)
            self._has_changed.set()  # the loop is to try until Redis is back
            raise

    async def _sync(self) -> None:
        if not self._changed:
            await self._client.ping()
        # What changes meanwhile waits for the next time: else this would never end under load.
        self._has_changed.clear()
        keys = list(self._changed)
        self._changed.clear()
        for begin in range(0, len(keys), _KEYS_AT_ONCE):
            part = keys[begin : begin + _KEYS_AT_ONCE]
            try:
                await self._send([(key, self._counters[key]) for key in part if key in self._counters])
            except BaseException:
                self._changed.update(keys[begin:])
                self._has_changed.set()
                raise

    async def _send(self, batch: list[tuple[str, Counter]]) -> None:
        now = self._clock()
        sent = [counter.fresh for _, counter in batch]
        pipeline = self._client.pipeline(transaction=False)
        for (key, _), hits in zip(batch, sent, strict=True):
            pipeline.incrby(key, hits)
        for key, counter in batch:
            if not counter.expires:
                pipeline.expire(key, max(1, int(counter.ends - now)) + _EXPIRY_SECONDS_MORE)
        answers = await pipeline.execute()
        for (_, counter), hits, total in zip(batch, sent, answers, strict=False):
            # A total of no more than this process has counted may be that of a Redis that came back empty.
            counter.expires = total > hits
            counter.total = total
            counter.fresh -= hits

    def _sweep(self) -> None:
        """Forgets the counters of windows that have ended."""
        now = self._clock()
        if now - self._swept >= _SWEEP_SECONDS:
            self._swept = now
            for key in [key for key, counter in self._counters.items() if counter.ends <= now]:
                del self._counters[key]

    def _tell(self, *, is_up: bool) -> None:
        if is_up != self._is_up:
            self._is_up = is_up
            self._on_change(is_up)


def connect(url: str, timeout_seconds: float) -> redis.asyncio.Redis:
    """A client of Redis that gives up after so long and tries nothing again."""
    return redis.asyncio.Redis.from_url(
        url,
        socket_timeout=timeout_seconds,
        socket_connect_timeout=timeout_seconds,
        retry=Retry(NoBackoff(), 0),
    )
