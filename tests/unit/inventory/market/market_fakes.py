"""Assets and anchors for tests of past and simulated prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from services.inventory.market.anchors import Anchor, Anchored

SEED = bytes(range(32))
ANCHORED_AT = datetime(2026, 11, 20, 13, 17, 5, 123456, tzinfo=UTC)
CATEGORIES = {"BTC": "layer-1", "SOL": "layer-1", "UNI": "defi", "PEPE": "meme", "USDC": "stablecoin"}


@dataclass(frozen=True)
class PricedAsset:
    """An asset as far as prices depend on it."""

    asset_id: str = "SOL"
    price: Decimal = Decimal("165.00")
    priced_at: datetime = ANCHORED_AT

    @property
    def category(self) -> str:
        return CATEGORIES[self.asset_id]


@dataclass
class FakeAnchors:
    """Remembers anchors in memory, the oldest first."""

    anchors: list[Anchor] = field(default_factory=list)

    async def of(self, asset: Anchored) -> Sequence[Anchor]:
        return tuple(self.anchors) or (Anchor(asset.priced_at, asset.price),)
