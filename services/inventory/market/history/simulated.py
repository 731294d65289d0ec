"""The history of the simulated market: computed, not stored. It begins a year before the first anchor."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cachetools import LRUCache

from services.common.times import Clock
from services.inventory.market.anchors import Anchor, Anchored, Anchors
from services.inventory.market.history.domain import Candle, Interval, Statistics
from services.inventory.market.history.simulated_statistics import StatisticsReader
from services.inventory.market.history.timeline import Bar, Timeline
from services.inventory.market.simulation.courses import Course, dollars
from services.inventory.market.simulation.market import SimulatedMarket
from services.inventory.market.simulation.steps import DAY, HOUR, MINUTE, start_of, step_at

_LENGTHS = {Interval.MINUTE: MINUTE, Interval.HOUR: HOUR, Interval.DAY: DAY}
_BLOCKS = {MINUTE: HOUR, HOUR: DAY, DAY: DAY}  # candles are computed and kept in blocks of this length
_BLOCKS_MAX = 4096  # each of at most 2 KB


class _Known(NamedTuple):
    """The timeline of an asset, and what it was made from."""

    category: str
    anchors: Sequence[Anchor]
    timeline: Timeline


class SimulatedHistory:
    """Computes candles and statistics. `now` is the time of the newest prices: the future stays secret."""

    def __init__(self, market: SimulatedMarket, anchors: Anchors, now: Clock) -> None:
        self._market = market
        self._anchors = anchors
        self._now = now
        self._timelines: dict[str, _Known] = {}
        self._blocks: LRUCache[tuple[Course, int, int], array[int]] = LRUCache(_BLOCKS_MAX)
        self._statistics = StatisticsReader()

    async def begins_at(self, asset: Anchored) -> datetime:
        """Returns a moment before which there are no prices of an asset."""
        return start_of((await self._timeline(asset)).begin)

    async def candles(self, asset: Anchored, interval: Interval, start: datetime, end: datetime) -> list[Candle]:
        """Returns the candles that start from `start` on and before `end`, the oldest first."""
        timeline = await self._timeline(asset)
        moment = self._now()
        first, last = map(step_at, interval.starts(start, end, moment))
        length, now, step = _LENGTHS[interval], step_at(moment), max(first, timeline.begin)
        found: list[Candle] = []
        while step < last:
            bars = self._bars(timeline, step, length, now)[: (last - step) // length]
            found += [_candle(step + index * length, bar) for index, bar in enumerate(bars)]
            step += len(bars) * length
            await asyncio.sleep(0)  # other calls have their turn
        return found

    def _bars(self, timeline: Timeline, step: int, length: int, now: int) -> list[Bar]:
        """Returns the bars from a step on: the rest of its block, or one if the block is not final."""
        size = _BLOCKS[length]
        begin = step - step % size
        if begin + size <= now and timeline.is_one_course(begin, begin + size):
            return self._block(timeline, begin, length)[(step - begin) // length :]
        return [timeline.bar(step, min(step + length, now))]

    def _block(self, timeline: Timeline, begin: int, length: int) -> list[Bar]:
        key = timeline.course(begin), begin, length
        packed = self._blocks.get(key)
        if packed is None:
            bars = timeline.bars(begin, begin + _BLOCKS[length], length)
            self._blocks[key] = array("q", (price for bar in bars for price in bar))
            return bars
        return [Bar(*packed[index : index + 4]) for index in range(0, len(packed), 4)]

    async def statistics(self, asset: Anchored, now: datetime) -> Statistics:
        """Returns the statistics of an asset, at most a minute old."""
        return await self._statistics.read(asset, await self._timeline(asset), min(now, self._now()))

    async def _timeline(self, asset: Anchored) -> Timeline:
        anchors = await self._anchors.of(asset)
        known = self._timelines.get(asset.asset_id)
        if known is None or (known.category, known.anchors) != (asset.category, anchors):
            known = _Known(asset.category, anchors, self._timeline_of(asset, anchors))
            self._timelines[asset.asset_id] = known
        return known.timeline

    def _timeline_of(self, asset: Anchored, anchors: Sequence[Anchor]) -> Timeline:
        courses = [
            self._market.course(asset.asset_id, asset.category, anchor.price, anchor.set_at) for anchor in anchors
        ]
        return Timeline([step_at(anchor.set_at) for anchor in anchors], courses)


def _candle(step: int, bar: Bar) -> Candle:
    return Candle(start_of(step), *(dollars(price) for price in bar))
