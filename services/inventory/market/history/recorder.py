"""Records the prices of frames as candles. Only the publisher does so, for a source whose past cannot be computed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.inventory.market.history.domain import Candle, Interval, merged
from services.prices.frame import Frame

_PARTS = {Interval.HOUR: Interval.MINUTE, Interval.DAY: Interval.HOUR}

logger = logging.getLogger("cnop.candles")


class Candles(Protocol):
    """Stored candles."""

    async def put(self, interval: Interval, candles: Mapping[str, Candle]) -> None: ...
    async def candles(self, asset_id: str, interval: Interval, start: datetime, end: datetime) -> list[Candle]: ...


class Frames(Protocol):
    """The frames as they are published."""

    async def newer(self, seq: int) -> Frame:
        """Waits until a frame above a sequence number is known, and returns it."""
        ...


class Recorder:
    """Stores a candle of each asset when a minute is over; when it ends an hour or a day, theirs as well.

    A candle of an hour is made of the stored minutes, whoever recorded them, and that of a day of the stored hours.
    """

    def __init__(self, frames: Frames, candles: Candles) -> None:
        self._frames = frames
        self._candles = candles
        self._minute: dict[str, Candle] = {}

    async def run(self) -> None:
        """Records until cancelled. What cannot be stored is filled in by a later backfill."""
        seq = 0
        while True:
            frame = await self._frames.newer(seq)
            seq = frame.seq
            try:
                await self.note(frame)
            except Exception as error:  # the database is away: prices go on without their history
                logger.warning("candles were not stored", extra={"why": repr(error)})

    async def note(self, frame: Frame) -> None:
        """Takes a frame, and stores what it ends."""
        minute = Interval.MINUTE.floor(frame.as_of)
        past = {asset_id: candle for asset_id, candle in self._minute.items() if candle.start < minute}
        for asset_id, price in frame.prices.items():
            self._minute[asset_id] = _next(self._minute.get(asset_id), minute, price.middle)
        if past:
            await self._store(past, minute)

    async def _store(self, past: Mapping[str, Candle], minute: datetime) -> None:
        closed = {asset_id: _closed(candle, self._minute[asset_id]) for asset_id, candle in past.items()}
        await self._candles.put(Interval.MINUTE, closed)
        for interval, part in _PARTS.items():
            start = interval.floor(next(iter(past.values())).start)
            if interval.floor(minute) > start:
                await self._merge(past, interval, part, start)

    async def _merge(self, assets: Mapping[str, Candle], interval: Interval, part: Interval, start: datetime) -> None:
        """Stores the candles of an hour or a day that is over."""
        found: dict[str, Candle] = {}
        for asset_id in assets:
            parts = await self._candles.candles(asset_id, part, start, start + interval.value)
            whole = merged(start, parts)
            if whole is not None:
                found[asset_id] = whole
        await self._candles.put(interval, found)


def _next(last: Candle | None, minute: datetime, price: Decimal) -> Candle:
    """Returns the candle of a minute after one more price."""
    if last is not None and last.start == minute:
        return last.extended(Candle(minute, price, price, price, price))
    return Candle(minute, price, price, price, price)


def _closed(candle: Candle, following: Candle) -> Candle:
    """Returns a candle that ends at the open of the minute that follows it, if nothing is missing between them."""
    if following.start - candle.start != Interval.MINUTE.value:
        return candle
    opened = following.open
    return candle.extended(Candle(following.start, opened, opened, opened, opened))
