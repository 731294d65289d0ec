"""All listings at one moment. What is asked for often is computed once per view."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar

from services.common import texts
from services.common.money import ZERO
from services.inventory.catalogue.listings import (
    AssetFilter,
    Listing,
    Market,
    Sort,
    SortKey,
    Statistics,
    price_of,
    ranks,
    sort_key,
)
from services.inventory.catalogue.snapshot import Snapshot
from services.prices.frame import Frame

T = TypeVar("T")

_CACHED_MAX = 256  # per view; what does not fit is computed each time


@dataclass(frozen=True, slots=True)
class Selection:
    """The listings that match a query, sorted, with their sort keys."""

    listings: list[Listing]
    keys: list[SortKey]

    def page(self, cursor: SortKey | None, size: int) -> tuple[list[Listing], SortKey | None]:
        """Returns the page that starts after `cursor`, and the cursor of the next page, None after the last."""
        start = bisect.bisect_right(self.keys, cursor) if cursor else 0
        end = start + size
        return self.listings[start:end], self.keys[end - 1] if end < len(self.keys) else None


@dataclass(frozen=True)
class View:
    """The listings by asset id, and the market."""

    listings: dict[str, Listing]
    market: Market
    _selections: dict[tuple[AssetFilter, Sort], Selection] = field(default_factory=dict)
    _responses: dict[bytes, Any] = field(default_factory=dict)

    def select(self, wanted: AssetFilter, sort: Sort) -> Selection:
        """Returns the listings that match."""
        query = replace(wanted, search=texts.folded(wanted.search)), sort
        selection = self._selections.get(query)
        if selection is None:
            listings = wanted.select(self.listings.values(), sort)
            selection = Selection(listings, [sort_key(listing, sort) for listing in listings])
            if len(self._selections) < _CACHED_MAX:
                self._selections[query] = selection
        return selection

    def response(self, request: bytes, make: Callable[[], T]) -> T:
        """Returns the response to a request, made by `make` for the first of equal requests."""
        response: T | None = self._responses.get(request)
        if response is None:
            response = make()
            if len(self._responses) < _CACHED_MAX:
                self._responses[request] = response
        return response


def view_of(
    snapshot: Snapshot,
    frame: Frame | None,
    market: Market,
    statistics: Mapping[str, Statistics],
    volumes: Mapping[str, Decimal],
) -> View:
    """Returns the view of a snapshot at a frame. `statistics` and `volumes` are by asset id."""
    listings = {
        asset_id: Listing(asset, price_of(asset, frame, market), statistics.get(asset_id), volumes.get(asset_id, ZERO))
        for asset_id, asset in snapshot.assets.items()
    }
    by_rank = ranks(listings.values())
    ranked = {asset_id: replace(one, rank=by_rank.get(asset_id, 0)) for asset_id, one in listings.items()}
    return View(ranked, market)
