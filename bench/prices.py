"""Measures what simulated prices cost: python -m bench --prices. Needs no running system.

A frame has the prices of all assets of the catalogue; one is made every 250 ms. At the start of a minute, an hour or a
day it costs more, so the slowest one is shown too. Candles are computed when they are asked for. In between, the event
loop turns to other calls: the longest turn shows how long these wait.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from rich.console import Console

from services.inventory.catalogue.loader import CATALOGUE_FILE
from services.inventory.market.anchors import Anchor, Anchored
from services.inventory.market.history.domain import Interval
from services.inventory.market.history.simulated import SimulatedHistory
from services.inventory.market.simulation.market import SimulatedMarket
from services.inventory.market.simulation.source import SimulatedSource
from services.inventory.market.simulation.steps import STEP
from services.prices.frame import AssetPrice, Frame, Source, Status, pack

FRAME_MS_MAX, TURN_MS_MAX = 2.0, 50.0
_NOW = datetime(2026, 11, 30, 11, 50, tzinfo=UTC)
_SEED = b"a seed of the benchmark, no secret"
_WARM_UP = 100


@dataclass(frozen=True)
class _Asset:
    """An asset whose price was set an hour ago."""

    asset_id: str
    category: str
    price: Decimal
    priced_at: datetime = _NOW - timedelta(hours=1)


class _Anchors:
    async def of(self, asset: Anchored) -> tuple[Anchor, ...]:
        return (Anchor(asset.priced_at, asset.price),)


async def measure(seconds: float, console: Console) -> None:
    """Prints the CPU time of frames, and that of the candles of one asset."""
    rows = json.loads(CATALOGUE_FILE.read_bytes())
    assets = [_Asset(row["asset_id"], row["category"], Decimal(row["price_usd"])) for row in rows]
    made, packed = _frames(assets, seconds)
    console.print(
        f"the prices of a frame of {len(assets)} assets: {_marked(statistics.fmean(made), FRAME_MS_MAX)} ms of CPU on "
        f"average, median {statistics.median(made):.2f}, slowest of {len(made)}: {max(made):.1f}; "
        f"to pack them: {statistics.fmean(packed):.2f} ms"
    )
    for interval in Interval:
        history = SimulatedHistory(SimulatedMarket(_SEED), _Anchors(), lambda: _NOW)
        for attempt in ("first", "again"):
            count, total, longest = await _candles(history, assets[0], interval)
            console.print(
                f"{count} candles of 1 {interval.name.lower()} ({attempt}): {total:.1f} ms of CPU, "
                f"longest turn {_marked(longest, TURN_MS_MAX)} ms"
            )


def _frames(assets: list[_Asset], seconds: float) -> tuple[list[float], list[float]]:
    """Returns the milliseconds of each frame: to make the prices, and to pack them."""
    source = SimulatedSource(SimulatedMarket(_SEED))
    made, packed = [], []
    end = time.monotonic() + seconds
    for number in _count_until(end):
        at = _NOW + number * STEP
        begin = time.process_time()
        middles = source.middles(assets, at)
        middle = time.process_time()
        prices = {asset_id: AssetPrice(price, price, price, Status.TRADING) for asset_id, price in middles.items()}
        pack(Frame(number, at, Source.SIMULATED, is_halted=False, catalogue_version=1, prices=prices))
        if number >= _WARM_UP:
            made.append((middle - begin) * 1e3)
            packed.append((time.process_time() - middle) * 1e3)
    return made, packed


def _count_until(end: float) -> Iterator[int]:
    number = 0
    while time.monotonic() < end or number < 2 * _WARM_UP:
        yield number
        number += 1


async def _candles(history: SimulatedHistory, asset: _Asset, interval: Interval) -> tuple[int, float, float]:
    """Returns the number of candles of a year, at most 1000, their milliseconds, and those of the longest turn."""
    span = min(1000 * interval.value, timedelta(days=365))
    turns: list[float] = []
    other = asyncio.create_task(_turns(turns))
    begin = time.process_time()
    candles = await history.candles(asset, interval, _NOW - span, _NOW)
    total = time.process_time() - begin
    other.cancel()
    return len(candles), total * 1e3, max(turns, default=0.0) * 1e3


async def _turns(turns: list[float]) -> None:
    """Notes the CPU seconds between its own turns."""
    last = time.process_time()
    while True:
        await asyncio.sleep(0)
        now = time.process_time()
        turns.append(now - last)
        last = now


def _marked(value: float, most: float) -> str:
    return f"{value:.2f}" if value <= most else f"[red]{value:.2f}[/red]"
