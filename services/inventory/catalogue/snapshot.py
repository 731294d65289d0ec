"""The catalogue at one moment, in memory. What is asked for often is computed once per snapshot."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from services.common import texts
from services.inventory.catalogue.domain import Asset, AssetFilter, CatalogueState, Sort, SortKey, sort_key

T = TypeVar("T")

_CACHED_MAX = 256  # per snapshot; what does not fit is computed each time


@dataclass(frozen=True, slots=True)
class Selection:
    """The assets that match a query, sorted, with their sort keys."""

    assets: list[Asset]
    keys: list[SortKey]

    def page(self, cursor: SortKey | None, size: int) -> tuple[list[Asset], SortKey | None]:
        """Returns the page that starts after `cursor`, and the cursor of the next page, None after the last."""
        start = bisect.bisect_right(self.keys, cursor) if cursor else 0
        end = start + size
        return self.assets[start:end], self.keys[end - 1] if end < len(self.keys) else None


@dataclass(frozen=True)
class Snapshot:
    """All assets, by id."""

    assets: dict[str, Asset]
    state: CatalogueState = CatalogueState()
    _selections: dict[tuple[AssetFilter, Sort], Selection] = field(default_factory=dict)
    _responses: dict[bytes, Any] = field(default_factory=dict)

    def select(self, wanted: AssetFilter, sort: Sort) -> Selection:
        """Returns the assets that match."""
        query = replace(wanted, search=texts.folded(wanted.search)), sort
        selection = self._selections.get(query)
        if selection is None:
            assets = wanted.select(self.assets.values(), sort)
            selection = Selection(assets, [sort_key(asset, sort) for asset in assets])
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
