"""A read that concurrent callers share."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SharedRead(Generic[T]):
    """Reads one at a time. Each caller gets the result of a read that began after its call."""

    def __init__(self, read: Callable[[], Awaitable[T]]) -> None:
        self._read = read
        self._turn = asyncio.Lock()
        self._next: asyncio.Task[T] | None = None

    async def __call__(self) -> T:
        """Returns what was read. Raises what the read raises."""
        return await asyncio.shield(self._next or self._queue())

    def _queue(self) -> asyncio.Task[T]:
        # In a context of its own: the deadline of the first call does not bind it.
        task = asyncio.create_task(self._run(), context=contextvars.Context())
        # Each waiting caller raises its exception. This marks it retrieved if none is left.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._next = task
        return task

    async def _run(self) -> T:
        async with self._turn:
            self._next = None  # callers that come from now on need a later read
            return await self._read()
