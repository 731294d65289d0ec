"""Tasks that go on after their call was cancelled, as by its deadline or by a client that disconnects."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_running: set[asyncio.Task[Any]] = set()  # the event loop keeps only weak references to tasks


def start(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Starts a task. Await it in `asyncio.shield`."""
    task = asyncio.create_task(work)
    _running.add(task)
    task.add_done_callback(_ended)
    return task


def _ended(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled():
        task.exception()  # whoever awaits the task gets it; asyncio need not complain if nobody does
