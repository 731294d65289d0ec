"""Which sessions have ended. Asked before every call of a user, it costs a look-up in memory.

What a service knows is never older than `age_seconds`. It is renewed, when a call comes, from Redis, which the user
service keeps in step with its table. When Redis does not answer or is behind, the origin is asked: the table itself in
the user service, a method of the user service elsewhere.

The user service alone ends sessions, and says so to its caller when Redis has heard of it. So when nobody but Redis
answers, because the user service is away, what Redis has is good on for `grace_seconds`. After that, and when nobody
answers at all, users are refused.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from services.common import settings
from services.common.rpc.errors import Unauthenticated, Unavailable

# A revocation is stamped before it is written: it may come to light so much later than it says, for a write that is
# tried again, and clocks of replicas that differ.
LATE_MS_MAX = 30_000
_CACHE_REST_SECONDS = 1.0  # for how long Redis is left alone after it did not answer

logger = logging.getLogger("cnop.revocations")


@dataclass(frozen=True, slots=True)
class Feed:
    """The sessions that ended, with the time; in milliseconds since 1970 by the clock of the user service.

    All that had come to light at `position` is in it. What comes later is not stamped before `position - LATE_MS_MAX`.
    """

    ended: Mapping[str, int]
    position: int
    age_seconds: float = 0.0

    def next_since(self) -> int:
        """From when on to ask next, so that nothing is missed."""
        return max(0, self.position - LATE_MS_MAX)


class Source(Protocol):
    """Who knows of revocations."""

    async def read(self, since_ms: int) -> Feed:
        """The sessions that ended since then; 0 for all that matter. Raises whatever keeps it from answering."""
        ...


@dataclass
class Revocations:
    """The sessions that have ended, as long as an access token of theirs could be good: `kept_seconds`."""

    cache: Source
    origin: Source
    config: settings.Revocations
    kept_seconds: float
    _feed: Feed = field(default_factory=lambda: Feed({}, 0))
    _ended: dict[str, int] = field(default_factory=dict)
    _known_at: float = float("-inf")  # a reading of time.monotonic()
    _cache_rests_until: float = float("-inf")
    _renewal: asyncio.Task[None] | None = None
    _source: str = ""

    async def check(self, session_id: str) -> None:
        """Raises Unauthenticated TOKEN_REVOKED for a session that has ended.

        Raises Unavailable DEPENDENCY_UNAVAILABLE when nobody can tell.
        """
        wanted = time.monotonic() - self.config.age_seconds
        while self._known_at < wanted:
            await self._renewed()
        if session_id in self._ended:
            raise Unauthenticated("TOKEN_REVOKED", "the session has ended; sign in again")

    async def _renewed(self) -> None:
        """Waits for what is new. Calls that come together share it."""
        if self._renewal is None:
            # In a context of its own: it is not bound by the deadline of the call that comes first.
            self._renewal = asyncio.create_task(self._renew(), context=contextvars.Context())
            self._renewal.add_done_callback(self._renewal_done)
        await asyncio.shield(self._renewal)

    def _renewal_done(self, renewal: asyncio.Task[None]) -> None:
        self._renewal = None
        if not renewal.cancelled():
            renewal.exception()  # each call that waits has it; when all of them are gone, nobody misses it

    async def _renew(self) -> None:
        begun, since = time.monotonic(), self._feed.next_since()
        cached, why = await self._ask_cache(since)
        if cached is not None and cached.age_seconds <= self.config.age_seconds:
            self._take(cached, begun - cached.age_seconds, "cache", why)
            return
        try:
            feed = await self.origin.read(since)
        except Exception as error:
            why = f"{why}; {error!r}"
            begun = time.monotonic()
            cached, _ = await self._ask_cache(since)  # anew: sessions may have ended while the origin was waited for
            if cached is None or cached.age_seconds > self.config.grace_seconds:
                self._tell("nobody", why)
                raise Unavailable("DEPENDENCY_UNAVAILABLE", "a part of the system is away; try again") from error
            self._take(cached, begun, "cache alone", why)
        else:
            self._take(feed, begun, "origin", why)

    async def _ask_cache(self, since_ms: int) -> tuple[Feed | None, str]:
        """What Redis knows, None when it does not answer; and what is wrong with it."""
        if time.monotonic() < self._cache_rests_until:
            return None, "Redis did not answer a moment ago"
        try:
            feed = await self.cache.read(since_ms)
        except Exception as error:
            self._cache_rests_until = time.monotonic() + _CACHE_REST_SECONDS
            return None, repr(error)
        return feed, "" if feed.age_seconds <= self.config.age_seconds else f"{feed.age_seconds:.1f} s behind"

    def _take(self, feed: Feed, known_at: float, source: str, why: str) -> None:
        if feed.position >= self._feed.position:
            self._feed = Feed({}, feed.position)
        self._ended.update(feed.ended)
        self._known_at = known_at
        oldest = self._feed.position - LATE_MS_MAX - int(self.kept_seconds * 1000)
        while self._ended and (first := next(iter(self._ended.items())))[1] < oldest:
            del self._ended[first[0]]
        self._tell(source, why)

    def _tell(self, source: str, why: str) -> None:
        """Logs from whom revocations come, when that changes."""
        if source != self._source:
            self._source = source
            log = logger.info if source == "cache" else logger.warning
            log("revocations come from another source", extra={"source": source, "why": why})
