"""The catalogue in memory: read again every second, asked thousands of times in between."""

from __future__ import annotations

import asyncio
import bisect
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from services.common.rpc.errors import NotFound, Unavailable
from services.inventory.domain import Asset, Sort, SortKey, select, sort_key
from services.inventory.store import InventoryStore

logger = logging.getLogger("cnop.catalogue")

_SELECTIONS_MAX = 256


@dataclass(frozen=True, slots=True)
class Selection:
    """The assets that match a query, in its order, and their places in it."""

    assets: list[Asset]
    keys: list[SortKey]

    def after(self, place: SortKey | None, size: int) -> tuple[list[Asset], SortKey | None]:
        """A page from just after a place; and the place where the next page starts, None on the last."""
        start = bisect.bisect_right(self.keys, place) if place else 0
        end = start + size
        return self.assets[start:end], self.keys[end - 1] if end < len(self.keys) else None


@dataclass(frozen=True)
class Snapshot:
    """The catalogue at one moment. What is asked for often is sorted once; `answers` is for the servicer's messages."""

    assets: dict[str, Asset]
    answers: dict[bytes, object] = field(default_factory=dict)
    _selections: dict[tuple[str, str, Sort], Selection] = field(default_factory=dict)

    def select(self, search: str, category: str, sort: Sort) -> Selection:
        """The assets that match."""
        query = search.casefold(), category, sort
        known = self._selections.get(query)
        if known is None:
            assets = select(self.assets.values(), search, category, sort)
            known = Selection(assets, [sort_key(asset, sort) for asset in assets])
            if len(self._selections) < _SELECTIONS_MAX:
                self._selections[query] = known
        return known

    def answer(self, request: bytes, make: Callable[[], object]) -> object:
        """The answer to a request, made once for this snapshot."""
        known = self.answers.get(request)
        if known is None:
            known = make()
            if len(self.answers) < _SELECTIONS_MAX:
                self.answers[request] = known
        return known


class Catalogue:
    """Holds the newest snapshot."""

    def __init__(self, store: InventoryStore, refresh_seconds: float) -> None:
        self._store = store
        self._refresh_seconds = refresh_seconds
        self._snapshot: Snapshot | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The newest snapshot. Raises Unavailable before the first."""
        if self._snapshot is None:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "the catalogue is not there yet; try again")
        return self._snapshot

    def get(self, asset_id: str) -> Asset:
        """The asset. Raises NotFound ASSET_NOT_FOUND."""
        asset = self.snapshot.assets.get(asset_id)
        if asset is None:
            raise NotFound("ASSET_NOT_FOUND", f"there is no asset {asset_id}", asset_id=asset_id)
        return asset

    async def refresh(self) -> None:
        """Reads the catalogue again; an old one is better than none while the table is away."""
        try:
            assets = await self._store.assets()
        except Exception as error:  # the next round tries again; health tells of the table
            logger.warning("the catalogue could not be read", extra={"why": repr(error)})
        else:
            self._snapshot = Snapshot({asset.asset_id: asset for asset in assets})

    async def keep_fresh(self) -> None:
        """Reads the catalogue again and again."""
        while True:
            await asyncio.sleep(self._refresh_seconds)
            await self.refresh()
