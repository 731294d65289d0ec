"""Fills the candles that nobody recorded: at the first start, and after a time without a publisher."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from services.common.money import EXACT, SATOSHI
from services.common.times import Clock
from services.inventory.market.exchange.client import Exchange
from services.inventory.market.history.domain import Candle, Interval
from services.inventory.market.history.recorder import Candles

_TIMEFRAMES = {Interval.DAY: "1d", Interval.HOUR: "1h", Interval.MINUTE: "1m"}
_AGES = {Interval.DAY: timedelta(days=365), Interval.HOUR: timedelta(days=30), Interval.MINUTE: timedelta(hours=12)}
_LIMIT = 1000  # candles of a request; an exchange may give fewer
_PAUSE_SECONDS = 600.0

logger = logging.getLogger("cnop.candles")


class StoredCandles(Candles, Protocol):
    """Stored candles, of which the newest can be found."""

    async def first(self, asset_id: str, interval: Interval, *, newest: bool = False) -> Candle | None: ...


class Backfill:
    """Asks the exchange for what is missing since the newest candle of each asset, but for no more than it keeps."""

    def __init__(
        self,
        connect: Callable[[], Exchange],
        candles: StoredCandles,
        asset_ids: Callable[[], Collection[str]],
        currency: str,
        now: Clock,
    ) -> None:
        self._connect = connect
        self._candles = candles
        self._asset_ids = asset_ids
        self._currency = currency
        self._now = now
        self._missing: dict[tuple[str, Interval], datetime] = {}  # where each gap starts

    async def run(self) -> None:
        """Fills until cancelled, every ten minutes."""
        while True:
            try:
                await self.fill()
            except Exception as error:  # of the network, the exchange, ccxt or the database
                logger.warning("candles were not filled in", extra={"why": repr(error)})
            await asyncio.sleep(_PAUSE_SECONDS)

    async def fill(self) -> None:
        """Stores all candles that are missing. Raises what prevents it; the next call goes on there."""
        await self._look()
        exchange = self._connect()
        try:
            await exchange.load_markets()
            for (asset_id, interval), start in sorted(self._missing.items(), key=_finest_last):
                symbol = f"{asset_id}/{self._currency}"
                if symbol in (exchange.markets or ()):
                    since = int(start.timestamp() * 1000)
                    rows = await exchange.fetch_ohlcv(symbol, _TIMEFRAMES[interval], since, _LIMIT)
                    await self._store(asset_id, interval, start, candles_of(rows))
                del self._missing[asset_id, interval]
        finally:
            await exchange.close()

    async def _look(self) -> None:
        """Notes the gaps. This is quick: a gap that the recorder has written behind would not be seen any more."""
        for interval in _TIMEFRAMES:
            current = interval.floor(self._now())
            for asset_id in self._asset_ids():
                newest = await self._candles.first(asset_id, interval, newest=True)
                oldest = current - _AGES[interval]
                start = max(newest.start + interval.value, oldest) if newest else oldest
                if start < current:
                    self._missing.setdefault((asset_id, interval), start)

    async def _store(self, asset_id: str, interval: Interval, start: datetime, candles: Sequence[Candle]) -> None:
        current = interval.floor(self._now())
        for candle in candles:
            if start <= candle.start < current:  # the last one has not ended
                await self._candles.put(interval, {asset_id: candle})


def _finest_last(gap: tuple[tuple[str, Interval], datetime]) -> tuple[int, str]:
    (asset_id, interval), _ = gap
    return list(_TIMEFRAMES).index(interval), asset_id


def candles_of(rows: Sequence[Sequence[float]]) -> list[Candle]:
    """Converts candles of ccxt: milliseconds, open, high, low, close, volume. Leaves out those that are none."""
    found: list[Candle] = []
    for milliseconds, *prices in rows:
        opened, high, low, closed = map(_price, prices[:4])
        if opened and high and low and closed and low <= min(opened, closed) and max(opened, closed) <= high:
            found.append(Candle(datetime.fromtimestamp(milliseconds / 1000, UTC), opened, high, low, closed))
    return found


def _price(number: float | None) -> Decimal | None:
    return Decimal(str(number)).quantize(SATOSHI, context=EXACT) if number else None
