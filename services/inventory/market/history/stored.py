"""The history of a source whose past cannot be computed: candles from the table, and the current prices."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol

from services.common.times import Clock
from services.inventory.market.anchors import Anchored
from services.inventory.market.history.domain import Candle, Interval, Statistics, change, merged
from services.inventory.market.history.ports import LatestFrame

_FRESH = timedelta(minutes=10)  # so the statistics of 200 assets cost about one read unit a second
_DAY = timedelta(days=1)
_CHANGES_DAYS = (1, 7, 30)
_BEGINNING = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Candles(Protocol):
    """Stored candles."""

    async def candles(self, asset_id: str, interval: Interval, start: datetime, end: datetime) -> list[Candle]: ...
    async def first(self, asset_id: str, interval: Interval, *, newest: bool = False) -> Candle | None: ...


class _Past(NamedTuple):
    """What is known of the past of an asset."""

    read_at: datetime
    before: dict[int, Decimal | None]  # prices, by their age in days
    day: Candle | None  # the last 24 hours
    days: Candle | None  # all days before today


class StoredHistory:
    """Reads candles and statistics. `now` is the clock of the market."""

    def __init__(self, candles: Candles, prices: LatestFrame, now: Clock) -> None:
        self._candles = candles
        self._prices = prices
        self._now = now
        self._past: dict[str, _Past] = {}

    async def begins_at(self, asset: Anchored) -> datetime:
        """Returns a moment before which there are no prices of an asset."""
        stored = [await self._candles.first(asset.asset_id, interval) for interval in Interval]
        return min((candle.start for candle in stored if candle), default=self._now())

    async def candles(self, asset: Anchored, interval: Interval, start: datetime, end: datetime) -> list[Candle]:
        """Returns the candles that start from `start` on and before `end`, the oldest first."""
        now = self._now()
        first, last = interval.starts(start, end, now)
        current = interval.floor(now)
        found = await self._candles.candles(asset.asset_id, interval, first, min(last, current))
        if first <= current < last:
            running = await self._running(asset, interval, current)
            found += [running] if running else []
        return found

    async def _running(self, asset: Anchored, interval: Interval, start: datetime) -> Candle | None:
        """Returns the candle of an interval that has not ended: the parts that have, and the current price."""
        parts: list[Candle] = []
        for part in (Interval.HOUR, Interval.MINUTE):
            if part.value < interval.value:
                end = part.floor(self._now())
                parts += await self._candles.candles(asset.asset_id, part, start, end)
                start = end
        return merged(interval.floor(parts[0].start if parts else start), [*parts, *self._current(asset)])

    def _current(self, asset: Anchored) -> list[Candle]:
        frame = self._prices.latest
        if frame is None or asset.asset_id not in frame.prices:
            return []
        price = frame.prices[asset.asset_id].middle
        return [Candle(Interval.MINUTE.floor(frame.as_of), price, price, price, price)]

    async def statistics(self, asset: Anchored, now: datetime) -> Statistics:
        """Returns the statistics of an asset: of the past at most ten minutes old, and of the current price."""
        now = min(now, self._now())
        past = self._past.get(asset.asset_id)
        if past is None or not past.read_at <= now < past.read_at + _FRESH:
            past = self._past[asset.asset_id] = await self._read(asset, now, past)
        current = self._current(asset) or [Candle(now, asset.price, asset.price, asset.price, asset.price)]
        day = _all(past.day, *current)
        whole = _all(past.days, day)
        return Statistics(
            change_24h=change(past.before[1], day.close),
            change_7d=change(past.before[7], day.close),
            change_30d=change(past.before[30], day.close),
            high_24h=day.high,
            low_24h=day.low,
            history_high=whole.high,
            history_low=whole.low,
        )

    async def _read(self, asset: Anchored, now: datetime, past: _Past | None) -> _Past:
        today = Interval.DAY.floor(now)
        if past is not None and past.read_at >= today:
            days = past.days
        else:
            days = merged(today, await self._candles.candles(asset.asset_id, Interval.DAY, _BEGINNING, today))
        hours = await self.candles(asset, Interval.HOUR, now - _DAY, now)
        before = {age: await self._open(asset, now - age * _DAY) for age in _CHANGES_DAYS}
        return _Past(now, before, merged(now, hours), days)

    async def _open(self, asset: Anchored, moment: datetime) -> Decimal | None:
        """Returns the price at the start of the hour of a moment, None if it is not known."""
        hour = Interval.HOUR.floor(moment)
        found = await self._candles.candles(asset.asset_id, Interval.HOUR, hour, hour + Interval.HOUR.value)
        return found[0].open if found else None


def _all(*candles: Candle | None) -> Candle:
    """Returns the candle of all that are there, of which the last one is."""
    known = [candle for candle in candles if candle is not None]
    whole = known[0]
    for candle in known[1:]:
        whole = whole.extended(candle)
    return whole
