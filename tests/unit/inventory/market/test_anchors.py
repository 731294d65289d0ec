from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from market_fakes import ANCHORED_AT, PricedAsset

from services.inventory.market.anchors import Anchor, StoredAnchors


@dataclass
class Pages:
    """Answers with pages of two prices, the newest first."""

    stored: list[Anchor] = field(default_factory=list)
    reads: int = 0

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Anchor], str | None]:
        self.reads += 1
        start = int(cursor or 0)
        newest = self.stored[::-1]
        return newest[start : start + 2], str(start + 2) if start + 2 < len(newest) else None


def moves(count: int) -> list[Anchor]:
    return [Anchor(ANCHORED_AT + number * timedelta(hours=1), Decimal(100 + number)) for number in range(count)]


def asset(anchor: Anchor) -> PricedAsset:
    return PricedAsset(price=anchor.price, priced_at=anchor.set_at)


async def test_all_anchors_are_read_once() -> None:
    pages = Pages(moves(5))
    anchors = StoredAnchors(pages)
    for _ in range(2):
        assert await anchors.of(asset(pages.stored[-1])) == tuple(pages.stored)
    assert pages.reads == 3


async def test_only_new_anchors_are_read_again() -> None:
    pages = Pages(moves(9))
    anchors = StoredAnchors(pages)
    await anchors.of(asset(pages.stored[-1]))
    pages.reads, pages.stored = 0, moves(10)
    assert await anchors.of(asset(pages.stored[-1])) == tuple(pages.stored)
    assert pages.reads == 1


async def test_the_current_anchor_counts_although_the_read_lacks_it() -> None:
    stored = moves(3)
    assert await StoredAnchors(Pages(stored[:2])).of(asset(stored[2])) == tuple(stored)


async def test_an_anchor_that_the_asset_does_not_have_yet_is_left_out() -> None:
    stored = moves(3)
    anchors = StoredAnchors(Pages(stored))
    assert await anchors.of(asset(stored[1])) == tuple(stored[:2])
    assert await anchors.of(asset(stored[2])) == tuple(stored)


async def test_an_asset_without_stored_prices_has_its_own() -> None:
    moment: datetime = ANCHORED_AT
    assert await StoredAnchors(Pages()).of(PricedAsset()) == (Anchor(moment, Decimal("165.00")),)
