"""The history of fixed prices: each lasts until an admin sets the next. It begins with the first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from operator import attrgetter

from services.common.times import Clock
from services.inventory.market.anchors import Anchor, Anchored, Anchors
from services.inventory.market.history.domain import Candle, Interval, Statistics, change

_set_at = attrgetter("set_at")


class FixedHistory:
    """Derives candles and statistics from the anchors."""

    def __init__(self, anchors: Anchors, now: Clock) -> None:
        self._anchors = anchors
        self._now = now

    async def begins_at(self, asset: Anchored) -> datetime:
        """Returns a moment before which there are no prices of an asset."""
        return (await self._anchors.of(asset))[0].set_at

    async def candles(self, asset: Anchored, interval: Interval, start: datetime, end: datetime) -> list[Candle]:
        """Returns the candles that start from `start` on and before `end`, the oldest first."""
        anchors, now = await self._anchors.of(asset), self._now()
        first, last = interval.starts(start, end, now)
        moment = max(first, interval.floor(anchors[0].set_at))
        found: list[Candle] = []
        while moment < last:
            found.append(Candle(moment, *_bar(anchors, moment, min(moment + interval.value, now))))
            moment += interval.value
        return found

    async def statistics(self, asset: Anchored, now: datetime) -> Statistics:
        """Returns the statistics of an asset at a moment."""
        anchors = await self._anchors.of(asset)
        price = _price(anchors, now)
        _, high, low, _ = _bar(anchors, now - timedelta(days=1), now)

        def since(days: int) -> Decimal | None:
            moment = now - timedelta(days=days)
            return change(_price(anchors, moment), price) if anchors[0].set_at <= moment else None

        prices = [anchor.price for anchor in anchors]
        return Statistics(since(1), since(7), since(30), high, low, max(prices), min(prices))


def _price(anchors: Sequence[Anchor], moment: datetime) -> Decimal:
    """Returns the price at a moment; before the first, that is the first one."""
    return anchors[max(bisect_right(anchors, moment, key=_set_at) - 1, 0)].price


def _bar(anchors: Sequence[Anchor], first: datetime, last: datetime) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Returns open, high, low and close between two moments, both included."""
    opened = _price(anchors, first)
    changes = anchors[bisect_right(anchors, first, key=_set_at) : bisect_right(anchors, last, key=_set_at)]
    prices = [opened, *(anchor.price for anchor in changes)]
    return opened, max(prices), min(prices), prices[-1]
