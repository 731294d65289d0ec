"""Passes hashes to a few workers: at once while one is idle, else fairly.

Half of the work is kept for known sources: while both wait, they alternate with strangers. Who would wait too long is
refused at once, because a call that waits until its deadline helps nobody.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from services.user.identity.hashing.fair_queue import FairQueue
from services.user.identity.hashing.source import Overloaded, Source

T = TypeVar("T")

_WAIT_SECONDS_MAX = 3.0
_LATEST_SHARE = 0.1  # of the latest hash in the average

Turn = asyncio.Future[None]


class HashQueue:
    """Runs at most `workers` hashes at once. `hash_seconds` is how long one takes, and is then measured."""

    def __init__(
        self,
        execute: Callable[[Callable[[], Any]], asyncio.Future[Any]],
        workers: int,
        hash_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._execute = execute
        self._workers = self._idle = workers
        self._hash_seconds = hash_seconds
        self._clock = clock
        self._known: FairQueue[Turn] = FairQueue(clock)
        self._strangers: FairQueue[Turn] = FairQueue(clock)
        self._are_strangers_next = False

    def require_room(self, source: Source) -> None:
        """Raises Overloaded if a hash of this source would now wait longer than 3 seconds."""
        seconds = self._wait_seconds(source)
        if seconds > _WAIT_SECONDS_MAX:
            raise Overloaded(seconds - _WAIT_SECONDS_MAX)

    async def run(self, work: Callable[[], T], source: Source, on_start: Callable[[], None] = lambda: None) -> T:
        """Returns the result of `work`. If cancelled before `on_start` was called, `work` does not run.

        Raises Overloaded.
        """
        self.require_room(source)
        await self._wait(source)
        on_start()
        begin = self._clock()
        done = self._execute(work)
        done.add_done_callback(lambda _: self._finished(self._clock() - begin))
        return await asyncio.shield(done)  # a thread cannot be cancelled, and holds its worker to the end

    async def _wait(self, source: Source) -> None:
        """Returns when the caller has a worker."""
        line = self._line(source)
        if self._idle:
            self._idle -= 1
            line.count(source)
            return
        turn = Turn()
        line.add(source, turn)
        try:
            await turn
        except asyncio.CancelledError:
            line.remove(source, turn)
            if not turn.cancelled():  # it had come just before
                self._pass_on()
            raise

    def _finished(self, seconds: float) -> None:
        self._hash_seconds += _LATEST_SHARE * (seconds - self._hash_seconds)
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
        if self._idle:
            return 0.0
        own, other = (self._known, self._strangers) if source.is_known else (self._strangers, self._known)
        ahead = own.ahead_of_next(source)
        are_others_next = self._are_strangers_next == source.is_known
        ahead += min(ahead + are_others_next, len(other))
        return (ahead + 1) * self._hash_seconds / self._workers
