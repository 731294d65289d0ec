"""A unit of work: changes that are made all at once or not at all, and the retry of those that conflict."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from services.common.rpc import call
from services.common.rpc.errors import Unavailable

T = TypeVar("T")

_ATTEMPTS_MAX = 50
_BACKOFF_SECONDS_BASE = 0.01
_BACKOFF_SECONDS_MAX = 0.5


class Conflict(Unavailable):
    """What a change was based on has changed since it was read. Read it again and retry."""

    def __init__(self) -> None:
        super().__init__("CONTENTION", "too many changes at once; try again")


class ConditionFailed(Exception):
    """The conditions of the changes at these positions did not hold."""

    def __init__(self, positions: frozenset[int]) -> None:
        super().__init__(f"conditions failed at {sorted(positions)}")
        self.positions = positions


Refusal = Exception | type[Exception]
Write = Callable[[Sequence[Any]], Awaitable[None]]
Callback = Callable[[], Awaitable[None]]


class UnitOfWork:
    """Collects the changes that stores add, and commits them in one transaction.

    `write` makes all the changes or raises ConditionFailed. What a change is, stores and `write` agree on.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._changes: list[Any] = []
        self._refusals: list[Refusal] = []
        self._callbacks: list[Callback] = []

    def add(self, change: Any, refusal: Refusal = Conflict) -> None:
        """Adds a change. `commit` raises `refusal` if the condition of the change does not hold."""
        self._changes.append(change)
        self._refusals.append(refusal)

    def on_commit(self, callback: Callback) -> None:
        """Runs `callback` after the commit: for what follows from the changes but is not stored with them."""
        self._callbacks.append(callback)

    async def commit(self) -> None:
        """Makes all the changes. Raises the refusal of the first one whose condition does not hold."""
        try:
            await self._write(self._changes)
        except ConditionFailed as failed:
            raise self._refusals[min(failed.positions)] from None
        await self.committed()

    async def committed(self) -> None:
        """Runs the callbacks.

        To be called if `commit` was refused only because the changes had been made: the answer to a write was lost, and
        the write was repeated.
        """
        for callback in self._callbacks:
            await callback()


Begin = Callable[[], UnitOfWork]


def backoff_seconds(attempt: int) -> float:
    """Returns the pause before the next attempt: exponential, with full jitter."""
    return random.uniform(0, min(_BACKOFF_SECONDS_MAX, _BACKOFF_SECONDS_BASE * 2**attempt))  # noqa: S311 - jitter


async def retry_on_conflict(attempt: Callable[[], Awaitable[T]], exhausted: Exception | None = None) -> T:
    """Runs `attempt` again while it raises Conflict, within the deadline of the call.

    Raises `exhausted`, by default Unavailable CONTENTION, after 50 attempts, or when the deadline would pass.
    """
    for number in range(_ATTEMPTS_MAX):
        try:
            return await attempt()
        except Conflict:
            pause_seconds = backoff_seconds(number)
            if number == _ATTEMPTS_MAX - 1 or pause_seconds >= call.remaining_seconds():
                break
            await asyncio.sleep(pause_seconds)
    raise exhausted or Conflict()
