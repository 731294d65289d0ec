"""20 calls a second to the edge: users who trade by REST and gRPC, and a client that only reads, once each time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.e2e.replicas_load import Tally, load
from tests.e2e.users import User

CALLS_PER_SECOND = 20.0
_GETS_PER_SECOND = 5.0
_PATH = "/api/v1/inventory/assets/BTC"


@asynccontextmanager
async def traffic(address: str, users: list[User]) -> AsyncIterator[Tally]:
    """Makes calls while the context is open. The tally has the failures: of users after retries, of the reader at once.

    The reader makes plain GETs without any retry, by turns on a kept connection and on a new one.
    """
    pause_seconds = len(users) / (CALLS_PER_SECOND - _GETS_PER_SECOND)
    async with load(address, users, pause_seconds) as tally:
        reader = asyncio.create_task(_read(f"http://{address}", tally))
        try:
            yield tally
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)


async def _read(url: str, tally: Tally) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False) as kept:
        number = 0
        while True:
            number += 1
            try:
                await _get(kept if number % 2 else None, url)
            except httpx.HTTPError as error:
                tally.failures.append(f"{time.strftime('%H:%M:%S')} GET: {error!r:.300}")
            tally.calls["plain GET"] += 1
            await asyncio.sleep(1 / _GETS_PER_SECOND)


async def _get(kept: httpx.AsyncClient | None, url: str) -> None:
    """Gets an asset on a kept connection, or on a new one. Raises httpx.HTTPError if it fails."""
    if kept is not None:
        (await kept.get(_PATH)).raise_for_status()
        return
    async with httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False) as new:
        (await new.get(_PATH)).raise_for_status()


def report(what: str, tally: Tally, seconds: float) -> None:
    """Prints the figures; pytest shows them with -s."""
    print(f"\n{what}: {tally.calls.total()} calls in {seconds:.0f} s ({tally.calls.total() / seconds:.0f}/s),")
    print(
        f"  {len(tally.failures)} failed, {tally.retried} retried by REST, slowest {tally.seconds_max:.2f} s",
        flush=True,
    )
