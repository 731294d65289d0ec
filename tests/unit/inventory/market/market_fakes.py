"""Assets and anchors for tests of past and simulated prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from services.inventory.market.anchors import Anchor, Anchored
from services.inventory.market.history.domain import Candle, Interval
from services.prices.frame import AssetPrice, Frame, Source, Status

SEED = bytes(range(32))
ANCHORED_AT = datetime(2026, 11, 20, 13, 17, 5, 123456, tzinfo=UTC)
CATEGORIES = {"BTC": "layer-1", "SOL": "layer-1", "UNI": "defi", "PEPE": "meme", "USDC": "stablecoin"}


@dataclass(frozen=True)
class PricedAsset:
    """An asset as far as prices depend on it."""

    asset_id: str = "SOL"
    price: Decimal = Decimal("165.00")
    priced_at: datetime = ANCHORED_AT
    other_category: str = ""

    @property
    def category(self) -> str:
        return self.other_category or CATEGORIES[self.asset_id]


@dataclass
class FakeAnchors:
    """Remembers anchors in memory, the oldest first."""

    anchors: list[Anchor] = field(default_factory=list)

    async def of(self, asset: Anchored) -> Sequence[Anchor]:
        return tuple(self.anchors) or (Anchor(asset.priced_at, asset.price),)


@dataclass
class FakeCandles:
    """Stores candles in memory."""

    stored: dict[tuple[str, Interval], dict[datetime, Candle]] = field(default_factory=dict)
    reads: int = 0

    async def put(self, interval: Interval, candles: Mapping[str, Candle]) -> None:
        for asset_id, candle in candles.items():
            self.stored.setdefault((asset_id, interval), {})[candle.start] = candle

    async def candles(self, asset_id: str, interval: Interval, start: datetime, end: datetime) -> list[Candle]:
        self.reads += 1
        found = self.stored.get((asset_id, interval), {})
        return [found[moment] for moment in sorted(found) if start <= moment < end]

    async def first(self, asset_id: str, interval: Interval, *, newest: bool = False) -> Candle | None:
        found = self.stored.get((asset_id, interval), {})
        return found[max(found) if newest else min(found)] if found else None


@dataclass
class Prices:
    """Publishes frames with the price of SOL."""

    latest: Frame | None = None

    def publish(self, at: datetime, price: int) -> Frame:
        middle = Decimal(price)
        prices = {"SOL": AssetPrice(middle, middle, middle, Status.TRADING)}
        seq = self.latest.seq + 1 if self.latest else 1
        self.latest = Frame(seq, at, Source.EXCHANGE, is_halted=False, catalogue_version=1, prices=prices)
        return self.latest
