"""20 calls a second to the edge: users who trade by REST and gRPC, and a client that only reads, once each time."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.e2e.replicas_load import Tally, load
from tests.e2e.users import User

CALLS_PER_SECOND = 20.0
_GETS_PER_SECOND = 5.0
_RATE_MIN = 0.95 * CALLS_PER_SECOND
_PATH = "/api/v1/inventory/assets/BTC"


@asynccontextmanager
async def traffic(address: str, users: list[User]) -> AsyncIterator[Tally]:
    """Makes calls while the context is open. The tally has the failures: of users after retries, of the reader at once.

    The reader makes plain GETs without any retry, by turns on a kept connection and on a new one.
    """
    period_seconds = len(users) / (CALLS_PER_SECOND - _GETS_PER_SECOND)
    async with load(address, users, pause_seconds=0.0, period_seconds=period_seconds) as tally:
        begin = time.monotonic()
        reader = asyncio.create_task(_read(f"http://{address}", tally))
        try:
            yield tally
        finally:
            tally.seconds = time.monotonic() - begin
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)


async def _read(url: str, tally: Tally) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False) as kept:
        begin = time.monotonic()
        for number in itertools.count(1):
            try:
                await _get(kept if number % 2 else None, url)
            except httpx.HTTPError as error:
                tally.failures.append(f"{time.strftime('%H:%M:%S')} GET: {error!r:.300}")
            tally.calls["plain GET"] += 1
            await asyncio.sleep(max(0.0, begin + number / _GETS_PER_SECOND - time.monotonic()))


async def _get(kept: httpx.AsyncClient | None, url: str) -> None:
    """Gets an asset on a kept connection, or on a new one. Raises httpx.HTTPError if it fails."""
    if kept is not None:
        (await kept.get(_PATH)).raise_for_status()
        return
    async with httpx.AsyncClient(base_url=url, timeout=10.0, trust_env=False) as new:
        (await new.get(_PATH)).raise_for_status()


def report(what: str, tally: Tally) -> None:
    """Prints the figures; pytest shows them with -s."""
    print(f"\n{what}: {tally.calls.total()} calls in {tally.seconds:.0f} s ({_rate(tally):.1f}/s),")
    print(
        f"  {len(tally.failures)} failed, {tally.retried} retried by REST, slowest {tally.seconds_max:.2f} s",
        flush=True,
    )


def check(tally: Tally) -> None:
    """Raises AssertionError if a call has failed, or if there were too few: fewer calls prove less."""
    assert not tally.failures, "\n".join(tally.failures[:20])
    assert _rate(tally) >= _RATE_MIN, f"only {_rate(tally):.1f} calls a second: is the machine too busy?"


def _rate(tally: Tally) -> float:
    return tally.calls.total() / tally.seconds
