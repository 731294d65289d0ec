"""Prices, statistics and volumes in memory, for tests of the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal

from services.inventory.catalogue.domain import Asset, StockLevel
from services.inventory.catalogue.listings import Listing, market_of, price_of
from services.prices.frame import AssetPrice, Frame, Source, Status

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def price(middle: str, status: Status = Status.TRADING) -> AssetPrice:
    """Returns a price with a spread of a cent on each side."""
    value, cent = Decimal(middle), Decimal("0.01")
    return AssetPrice(value, value - cent, value + cent, status)


def frame(prices: Mapping[str, AssetPrice], seq: int = 1, version: int = 0, *, is_halted: bool = False) -> Frame:
    """Returns a frame of simulated prices."""
    return Frame(seq, NOON, Source.SIMULATED, is_halted, version, prices)


@dataclass(frozen=True)
class FakeStatistics:
    """The statistics of an asset."""

    change_24h: Decimal | None = None
    change_7d: Decimal | None = None
    change_30d: Decimal | None = None
    high_24h: Decimal = Decimal(2)
    low_24h: Decimal = Decimal(1)
    history_high: Decimal = Decimal(20)
    history_low: Decimal = Decimal("0.5")


@dataclass
class FakePrices:
    """Has the frame that it is given."""

    latest: Frame | None = None
    is_stale: bool = False
    published: asyncio.Event = field(default_factory=asyncio.Event)
    awaited: asyncio.Event = field(default_factory=asyncio.Event)  # someone has asked for a newer frame

    def publish(self, one: Frame) -> None:
        self.latest = one
        self.published.set()
        self.published = asyncio.Event()

    async def newer(self, seq: int) -> Frame:
        self.awaited.set()
        while self.latest is None or self.latest.seq <= seq:
            await self.published.wait()
        return self.latest


@dataclass
class FakeHistory:
    """Has statistics by asset, and counts how often they were read. A read fails where `fails` says so."""

    by_asset: dict[str, FakeStatistics] = field(default_factory=dict)
    reads: int = 0
    fails: Callable[[str], bool] = lambda asset_id: False

    async def statistics(self, asset: Asset, now: datetime) -> FakeStatistics:
        if self.fails(asset.asset_id):
            raise ConnectionError("down")
        self.reads += 1
        return self.by_asset.get(asset.asset_id, FakeStatistics())


@dataclass
class FakeVolumes:
    """Counts all of the turnover."""

    is_read: bool = True

    def of(self, levels: Mapping[str, StockLevel]) -> Mapping[str, Decimal]:
        return {asset_id: level.turnover for asset_id, level in levels.items()}


def listing(asset: Asset, change_24h: str = "0") -> Listing:
    """Returns an asset at the price that was set."""
    market = market_of(None, is_halted=False, is_stale=True)
    return Listing(asset, price_of(asset, None, market), FakeStatistics(Decimal(change_24h)))


def with_price(asset: Asset, value: str) -> Asset:
    """Returns an asset with another price."""
    return replace(asset, price=Decimal(value))
