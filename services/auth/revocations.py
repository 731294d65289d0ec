"""Which sessions were revoked, kept in memory and renewed on demand.

What a service knows is at most `age_seconds` old. A call renews it from Redis, which the user service keeps in step
with its table. If Redis does not answer or is behind, the origin is asked: the table in the user service, an RPC of the
user service elsewhere.

Only the user service revokes sessions, and only once Redis has them. So if the user service is unavailable, Redis alone
is trusted for `grace_seconds`. After that, or if neither answers, users are refused.
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

# A revocation is stamped before it is written, so it can appear this much later than its stamp: retried writes, and
# differences between the clocks of replicas.
LATE_MS_MAX = 30_000
_CACHE_PAUSE_SECONDS = 1.0  # after Redis did not answer

logger = logging.getLogger("cnop.revocations")


@dataclass(frozen=True, slots=True)
class Feed:
    """Revoked sessions with their times, in milliseconds since 1970 by the clock of the user service.

    Complete up to `position`. What appears later is not stamped before `position - LATE_MS_MAX`.
    """

    revoked: Mapping[str, int]
    position: int
    age_seconds: float = 0.0

    def next_since(self) -> int:
        """Returns where to read on from so that nothing is missed."""
        return max(0, self.position - LATE_MS_MAX)


class Source(Protocol):
    """A source of revocations."""

    async def read(self, since_ms: int) -> Feed:
        """Returns the sessions revoked since then; 0 for all that matter. Raises whatever prevents it."""
        ...


@dataclass
class Revocations:
    """The revoked sessions whose access tokens have not expired: `kept_seconds` is how long that takes."""

    cache: Source
    origin: Source
    config: settings.Revocations
    kept_seconds: float
    _feed: Feed = field(default_factory=lambda: Feed({}, 0))
    _revoked: dict[str, int] = field(default_factory=dict)
    _known_at: float = float("-inf")  # a time.monotonic() reading
    _cache_paused_until: float = float("-inf")
    _renewal: asyncio.Task[None] | None = None
    _source: str = ""

    async def check(self, session_id: str) -> None:
        """Raises Unauthenticated TOKEN_REVOKED, or Unavailable DEPENDENCY_UNAVAILABLE if no source answers."""
        required = time.monotonic() - self.config.age_seconds
        while self._known_at < required:
            await self._renewed()
        if session_id in self._revoked:
            raise Unauthenticated("TOKEN_REVOKED", "the session has ended; sign in again")

    async def _renewed(self) -> None:
        """Waits for a renewal, which concurrent calls share."""
        if self._renewal is None or self._renewal.done():
            # In a context of its own: the deadline of the first call does not bind it.
            self._renewal = asyncio.create_task(self._renew(), context=contextvars.Context())
            # Each waiting call raises its exception. This marks it retrieved if none is left.
            self._renewal.add_done_callback(lambda renewal: renewal.cancelled() or renewal.exception())
        await asyncio.shield(self._renewal)

    async def _renew(self) -> None:
        begun, since = time.monotonic(), self._feed.next_since()
        cached, why = await self._read_cache(since)
        if cached is not None and cached.age_seconds <= self.config.age_seconds:
            self._accept(cached, begun - cached.age_seconds, "cache", why)
            return
        try:
            feed = await self.origin.read(since)
        except Exception as error:
            why = f"{why}; {error!r}"
            begun = time.monotonic()
            cached, _ = await self._read_cache(since)  # again: sessions may have been revoked meanwhile
            if cached is None or cached.age_seconds > self.config.grace_seconds:
                self._log_source("none", why)
                raise Unavailable("DEPENDENCY_UNAVAILABLE", "a part of the system is unavailable; try again") from error
            self._accept(cached, begun, "cache alone", why)
        else:
            self._accept(feed, begun, "origin", why)

    async def _read_cache(self, since_ms: int) -> tuple[Feed | None, str]:
        """Returns what Redis knows, None if it does not answer; and what is wrong with it."""
        if time.monotonic() < self._cache_paused_until:
            return None, "Redis did not answer a moment ago"
        try:
            feed = await self.cache.read(since_ms)
        except Exception as error:
            self._cache_paused_until = time.monotonic() + _CACHE_PAUSE_SECONDS
            return None, repr(error)
        return feed, "" if feed.age_seconds <= self.config.age_seconds else f"{feed.age_seconds:.1f} s behind"

    def _accept(self, feed: Feed, known_at: float, source: str, why: str) -> None:
        if feed.position >= self._feed.position:
            self._feed = Feed({}, feed.position)
        self._revoked.update(feed.revoked)
        self._known_at = known_at
        oldest = self._feed.position - LATE_MS_MAX - int(self.kept_seconds * 1000)
        while self._revoked and (first := next(iter(self._revoked.items())))[1] < oldest:
            del self._revoked[first[0]]
        self._log_source(source, why)

    def _log_source(self, source: str, why: str) -> None:
        if source != self._source:
            self._source = source
            log = logger.info if source == "cache" else logger.warning
            log("revocations come from another source", extra={"source": source, "why": why})
