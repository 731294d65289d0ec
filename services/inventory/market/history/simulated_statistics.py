"""Statistics of the simulated market."""

from __future__ import annotations

import asyncio
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from services.inventory.market.anchors import Anchored
from services.inventory.market.history.domain import Statistics, change
from services.inventory.market.history.timeline import Timeline
from services.inventory.market.simulation.courses import dollars
from services.inventory.market.simulation.steps import DAY, MINUTE, step_at

_DAYS_AT_ONCE = 50  # computed before other calls have their turn


class _Read(NamedTuple):
    timeline: Timeline
    minute: int
    statistics: Statistics


class _Past(NamedTuple):
    """The extremes of all days before one."""

    timeline: Timeline
    day: int
    high: int
    low: int


class StatisticsReader:
    """Computes the statistics of an asset once a minute, and the extremes of a day that is over only once."""

    def __init__(self) -> None:
        self._read: dict[str, _Read] = {}
        self._past: dict[str, _Past] = {}

    async def read(self, asset: Anchored, timeline: Timeline, now: datetime) -> Statistics:
        """Returns the statistics at a moment, or of earlier in the same minute."""
        step = step_at(now)
        minute = step // MINUTE
        known = self._read.get(asset.asset_id)
        if known is None or known.minute != minute or known.timeline is not timeline:
            statistics = await self._compute(asset, timeline, step)
            known = self._read[asset.asset_id] = _Read(timeline, minute, statistics)
        return known.statistics

    async def _compute(self, asset: Anchored, timeline: Timeline, step: int) -> Statistics:
        past = await self._until(asset, timeline, step // DAY)
        await asyncio.sleep(0)
        minute = step - step % MINUTE
        yesterday = timeline.bar(minute - DAY, past.day * DAY)
        today = timeline.bar(past.day * DAY, step)

        def since(days: int) -> Decimal | None:
            begin = minute - days * DAY
            if begin < timeline.begin:
                return None
            opened = yesterday.open if days == 1 else timeline.price(begin)
            return change(dollars(opened), dollars(today.close))

        return Statistics(
            change_24h=since(1),
            change_7d=since(7),
            change_30d=since(30),
            high_24h=dollars(max(yesterday.high, today.high)),
            low_24h=dollars(min(yesterday.low, today.low)),
            history_high=dollars(max(past.high, today.high)),
            history_low=dollars(min(past.low, today.low)),
        )

    async def _until(self, asset: Anchored, timeline: Timeline, day: int) -> _Past:
        """Returns the extremes of all days before one."""
        past = self._past.get(asset.asset_id)
        if past is None or past.timeline is not timeline:
            price = timeline.price(timeline.begin)
            past = _Past(timeline, timeline.begin // DAY, price, price)
        while past.day < day:
            next_day = min(past.day + _DAYS_AT_ONCE, day)
            bars = [timeline.day(one) for one in range(past.day, next_day)]
            high, low = max(bar.high for bar in bars), min(bar.low for bar in bars)
            past = _Past(timeline, next_day, max(past.high, high), min(past.low, low))
            await asyncio.sleep(0)
        self._past[asset.asset_id] = past
        return past
