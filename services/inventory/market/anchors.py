"""Anchors: the prices that admins have set, each the start of a market price that moves on from there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol


class Anchored(Protocol):
    """An asset as far as prices depend on it."""

    @property
    def asset_id(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def price(self) -> Decimal: ...
    @property
    def priced_at(self) -> datetime: ...


class Anchor(NamedTuple):
    """A price in dollars per unit, and when it was set."""

    set_at: datetime
    price: Decimal


class Anchors(Protocol):
    """All anchors of assets, of now and before."""

    async def of(self, asset: Anchored) -> Sequence[Anchor]:
        """Returns the anchors of an asset, the oldest first. The last one is the current one."""
        ...


class PricePages(Protocol):
    """The prices that admins have set, in pages, newest first. (The store of the catalogue.)"""

    async def prices(
        self, asset_id: str, cursor: str | None, size: int
    ) -> tuple[Sequence[tuple[datetime, Decimal]], str | None]:
        """Returns a page, and the cursor of the next one."""
        ...


class StoredAnchors:
    """Reads the anchors of an asset once, and then those that are new."""

    _PAGE = 500

    def __init__(self, pages: PricePages) -> None:
        self._pages = pages
        self._known: dict[str, tuple[Anchor, ...]] = {}

    async def of(self, asset: Anchored) -> Sequence[Anchor]:
        """Returns the anchors of an asset, the oldest first. The last one is that of `asset`."""
        current = Anchor(asset.priced_at, asset.price)
        known = self._known.get(asset.asset_id, ())
        if current in known[-1:]:
            return known
        known = (*known, *(await self._since(asset.asset_id, known[-1].set_at if known else None)))
        # The read is eventually consistent. It may lack the current anchor, or have one that is newer.
        found = (*(anchor for anchor in known if anchor.set_at < current.set_at), current)
        self._known[asset.asset_id] = found
        return found

    async def _since(self, asset_id: str, moment: datetime | None) -> list[Anchor]:
        found: list[Anchor] = []
        cursor: str | None = None
        while True:
            page, cursor = await self._pages.prices(asset_id, cursor, self._PAGE)
            fresh = [Anchor(*price) for price in page if moment is None or price[0] > moment]
            found += fresh
            if cursor is None or len(fresh) < len(page):
                return found[::-1]
