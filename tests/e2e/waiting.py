"""Waits for conditions outside this process: a log line, or a state of another process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

from local.settings import StackSettings

T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T]], what: str, seconds_max: float = 20.0) -> T:
    """Polls `look` until its result is true and returns the result. Fails after `seconds_max`."""
    end = time.monotonic() + seconds_max
    while True:
        found = await look()
        if found:
            return found
        assert time.monotonic() < end, f"{what}: not within {seconds_max:.0f} s"
        await asyncio.sleep(0.05)


async def until_edge_is_healthy(settings: StackSettings) -> None:
    """Waits until the edge has found every service healthy, by health checks after this call.

    /health alone may still report the state before a service stopped.
    """

    async def successes() -> dict[str, int]:
        query = {"filter": r"^cluster\.\w+\.health_check\.success$"}
        answer = await client.get(f"{settings.edge_admin_url}/stats", params=query)
        return {name: int(count) for name, _, count in (line.partition(": ") for line in answer.text.splitlines())}

    async def look() -> bool:
        now = await successes()
        are_checked = all(now[name] > count for name, count in before.items())
        return are_checked and (await client.get(f"{settings.edge_url}/health")).status_code == httpx.codes.OK

    async with httpx.AsyncClient(trust_env=False) as client:
        before = await successes()
        assert before
        await eventually(look, "the edge finds all services healthy")
