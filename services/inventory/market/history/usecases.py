"""Lists the candles of an asset."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from services.common.rpc.errors import Unavailable
from services.common.times import Clock
from services.inventory.market.anchors import Anchored
from services.inventory.market.history.domain import Candle, Interval
from services.inventory.market.history.ports import History, LatestFrame

_FAR = datetime.max.replace(tzinfo=UTC)


class Assets(Protocol):
    """The assets of the catalogue."""

    async def get(self, asset_id: str) -> Anchored:
        """Returns an asset. Raises NotFound ASSET_NOT_FOUND."""
        ...


def market_clock(prices: LatestFrame) -> Clock:
    """Returns the clock of the market: the time of the newest frame. It raises Unavailable PRICES_UNAVAILABLE before
    the first.

    The prices of a simulated market follow from the time. So a process whose clock is ahead must not show them.
    """

    def market_now() -> datetime:
        if prices.latest is None:
            raise Unavailable("PRICES_UNAVAILABLE", "the current prices are not known; try again")
        return prices.latest.as_of

    return market_now


class CandleLists:
    """Selects candles. `now` is the clock of the market."""

    def __init__(self, assets: Assets, history: History, now: Clock) -> None:
        self._assets = assets
        self._history = history
        self._now = now

    async def list(
        self, asset_id: str, interval: Interval, start: datetime | None, end: datetime | None, size: int
    ) -> list[Candle]:
        """Returns the first `size` candles from `start` on, or without `start` the last ones before `end`.

        Raises NotFound ASSET_NOT_FOUND, and Unavailable PRICES_UNAVAILABLE before the first frame.
        """
        asset = await self._assets.get(asset_id)
        begin = interval.floor(await self._history.begins_at(asset))
        first, last = interval.starts(max(start or begin, begin), end or _FAR, self._now())
        span = size * interval.value
        if start is None:
            first = max(first, last - span)
        return await self._history.candles(asset, interval, first, min(last, first + span))
