"""Waiting for what cannot be awaited: a log that gains a line, a state that another process reaches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T]], what: str, seconds_max: float = 20.0) -> T:
    """What `look` finds, as soon as it finds something. Fails when that does not come in time."""
    end = time.monotonic() + seconds_max
    while True:
        found = await look()
        if found:
            return found
        assert time.monotonic() < end, f"{what}: not within {seconds_max:.0f} s"
        await asyncio.sleep(0.05)
