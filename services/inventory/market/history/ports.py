"""What a history of prices tells, and what it needs."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.inventory.market.anchors import Anchored
from services.inventory.market.history.domain import Candle, Interval, Statistics
from services.prices.frame import Frame


class LatestFrame(Protocol):
    """The current prices."""

    @property
    def latest(self) -> Frame | None:
        """The frame that was read last."""
        ...


class History(Protocol):
    """Past prices."""

    async def begins_at(self, asset: Anchored) -> datetime:
        """Returns a moment before which there are no prices of an asset."""
        ...

    async def candles(self, asset: Anchored, interval: Interval, start: datetime, end: datetime) -> list[Candle]:
        """Returns the candles of an asset that start from `start` on and before `end`, the oldest first.

        The last one may not have ended yet. There are none of the future, nor of the time before history began.
        """
        ...

    async def statistics(self, asset: Anchored, now: datetime) -> Statistics:
        """Returns the statistics of an asset."""
        ...
