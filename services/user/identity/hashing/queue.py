"""Passes hashes to a few workers: at once while one is idle, else fairly.

Half of the work is kept for known sources: while both wait, they alternate with strangers. A call that waits until its
deadline helps nobody, so a caller is refused at once if the expected wait is too long. A caller whose wait turns out to
be too long, because hashes have become slower or others have gone ahead, is refused at that point.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from services.common.rpc import call
from services.user.identity.hashing.fair_queue import FairQueue
from services.user.identity.hashing.forecast import Forecast
from services.user.identity.hashing.source import WAIT_SECONDS_MAX, Overloaded, Source, Timeout

T = TypeVar("T")

Turn = asyncio.Future[None]


class HashQueue:
    """Runs at most `workers` hashes at once. `hash_seconds` is how long one takes, and is then measured."""

    def __init__(
        self,
        execute: Callable[[Callable[[], Any]], asyncio.Future[Any]],
        workers: int,
        hash_seconds: float,
        clock: Callable[[], float] = time.monotonic,
        timeout: Timeout = asyncio.timeout,
    ) -> None:
        self._execute = execute
        self._idle = workers
        self._forecast = Forecast(workers, hash_seconds, clock)
        self._timeout = timeout
        self._known: FairQueue[Turn] = FairQueue(clock)
        self._strangers: FairQueue[Turn] = FairQueue(clock)
        self._are_strangers_next = False

    def require_room(self, source: Source) -> None:
        """Raises Overloaded if a hash of this source would now wait too long."""
        if not self._idle and self._wait_seconds(source) > self._wait_seconds_max():
            raise self._overloaded(source)

    async def run(self, work: Callable[[], T], source: Source, on_start: Callable[[], None] = lambda: None) -> T:
        """Returns the result of `work`. If cancelled before `on_start` was called, `work` does not run.

        Raises Overloaded, before `on_start` is called.
        """
        self.require_room(source)
        await self._wait(source)
        on_start()
        begun = self._forecast.begin()
        done = self._execute(work)
        done.add_done_callback(lambda _: self._finished(begun))
        return await asyncio.shield(done)  # a thread cannot be cancelled, and holds its worker to the end

    async def _wait(self, source: Source) -> None:
        """Returns when the caller has a worker. Raises Overloaded if that takes too long."""
        line = self._line(source)
        if self._idle:
            self._idle -= 1
            line.count(source)
            return
        turn = Turn()
        line.add(source, turn)
        try:
            async with self._timeout(self._wait_seconds_max()):
                await turn
        except (asyncio.CancelledError, TimeoutError) as ended:
            line.remove(source, turn)
            if not turn.cancelled():  # it had come just before
                self._pass_on()
            if isinstance(ended, TimeoutError):
                raise self._overloaded(source) from None
            raise

    def _finished(self, begun: float) -> None:
        self._forecast.end(begun)
        self._pass_on()

    def _pass_on(self) -> None:
        """Gives a worker to the next that waits."""
        while line := self._next_line():
            turn = line.take()
            if not turn.done():  # else cancelled, and about to remove itself
                turn.set_result(None)
                return
        self._idle += 1

    def _next_line(self) -> FairQueue[Turn]:
        """Returns the line whose turn it is; an empty one if nobody waits."""
        first, second = (self._strangers, self._known) if self._are_strangers_next else (self._known, self._strangers)
        line = first or second
        self._are_strangers_next = line is self._known
        return line

    def _line(self, source: Source) -> FairQueue[Turn]:
        return self._known if source.is_known else self._strangers

    def _wait_seconds(self, source: Source) -> float:
        """Returns how long the next hash of this source would wait. Only while all workers are busy."""
        own, other = (self._known, self._strangers) if source.is_known else (self._strangers, self._known)
        ahead = own.ahead_of_next(source)
        are_others_next = self._are_strangers_next == source.is_known
        ahead += min(ahead + are_others_next, len(other))
        return self._forecast.wait_seconds(ahead)

    def _wait_seconds_max(self) -> float:
        """Returns how long the current call may wait: after that, it needs the time for the hash itself."""
        return min(WAIT_SECONDS_MAX, call.remaining_seconds() - self._forecast.hash_seconds)

    def _overloaded(self, source: Source) -> Overloaded:
        return Overloaded(self._wait_seconds(source) - WAIT_SECONDS_MAX)
