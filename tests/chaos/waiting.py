"""Polling for what another process does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

POLL_SECONDS = 0.05


async def until(condition: Callable[[], bool]) -> None:
    """Returns once a condition holds."""
    while True:
        if condition():
            return
        await asyncio.sleep(POLL_SECONDS)
