"""Candles in the inventory table."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import HashKey, RangeKey

from services.inventory.market.history.domain import Candle, Interval
from services.inventory.schema import TTL

_NAMES = {Interval.MINUTE: "1m", Interval.HOUR: "1h", Interval.DAY: "1d"}
KEPT = {Interval.MINUTE: timedelta(days=7), Interval.HOUR: timedelta(days=366)}  # those of days stay
_CONCURRENCY = 16


class CandleStore:
    """Reads and writes candles, each of which is one item. To write one again has no effect, or corrects it."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def put(self, interval: Interval, candles: Mapping[str, Candle]) -> None:
        """Stores a candle of each of some assets."""
        slots = asyncio.Semaphore(_CONCURRENCY)

        async def put(asset_id: str, candle: Candle) -> None:
            async with slots:
                await self._client.put_item(self._table, _item(asset_id, interval, candle))

        async with asyncio.TaskGroup() as group:
            for asset_id, candle in candles.items():
                group.create_task(put(asset_id, candle))

    async def candles(self, asset_id: str, interval: Interval, start: datetime, end: datetime) -> list[Candle]:
        """Returns the stored candles that start from `start` on and before `end`, the oldest first."""
        last = end - timedelta(microseconds=1)
        if last < start:
            return []
        key = _partition(asset_id, interval) & RangeKey("sk").between(start.isoformat(), last.isoformat())
        return [_candle(item) async for item in self._client.query(self._table, key)]

    async def first(self, asset_id: str, interval: Interval, *, newest: bool = False) -> Candle | None:
        """Returns the oldest candle of an asset, or the newest; None if it has none."""
        page = await self._client.query_single_page(
            self._table, _partition(asset_id, interval), scan_forward=not newest, limit=1
        )
        return _candle(page.items[0]) if page.items else None


def _partition(asset_id: str, interval: Interval) -> HashKey:
    return HashKey("pk", f"CANDLE#{asset_id}#{_NAMES[interval]}")


def _item(asset_id: str, interval: Interval, candle: Candle) -> dict[str, Any]:
    item: dict[str, Any] = {
        "pk": f"CANDLE#{asset_id}#{_NAMES[interval]}",
        "sk": candle.start.isoformat(),
        "open": candle.open,
        "high": candle.high,
        "low": candle.low,
        "close": candle.close,
    }
    if interval in KEPT:
        item[TTL] = int((candle.start + KEPT[interval]).timestamp())
    return item


def _candle(item: Mapping[str, Any]) -> Candle:
    prices: tuple[Decimal, ...] = tuple(item[name] for name in ("open", "high", "low", "close"))
    return Candle(datetime.fromisoformat(item["sk"]), *prices)
