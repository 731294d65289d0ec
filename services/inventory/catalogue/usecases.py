"""The use cases of the catalogue. It is small and hardly ever changes, so every replica caches all of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace

from services.common.rpc.errors import Unavailable
from services.inventory.catalogue.domain import Asset, Price, asset_not_found
from services.inventory.catalogue.ports import Assets, Stock
from services.inventory.catalogue.snapshot import Snapshot

logger = logging.getLogger("cnop.catalogue")


class Catalogue:
    """Holds the latest snapshot, and reads what a snapshot is too old for.

    All methods that answer from the snapshot raise Unavailable until it has been read once.
    """

    def __init__(self, assets: Assets, stock: Stock, refresh_seconds: float) -> None:
        self._assets = assets
        self._stock = stock
        self._refresh_seconds = refresh_seconds
        self._snapshot: Snapshot | None = None

    @property
    def snapshot(self) -> Snapshot:
        """The latest snapshot."""
        if self._snapshot is None:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "the catalogue has not been read yet; try again")
        return self._snapshot

    def get(self, asset_id: str) -> Asset:
        """Returns an asset of the snapshot. Raises NotFound ASSET_NOT_FOUND."""
        asset = self.snapshot.assets.get(asset_id)
        if asset is None:
            raise asset_not_found(asset_id)
        return asset

    def find(self, asset_ids: Iterable[str]) -> list[Asset]:
        """Returns assets of the snapshot, without those that are not in it."""
        assets = self.snapshot.assets
        return [assets[asset_id] for asset_id in asset_ids if asset_id in assets]

    async def get_with_stock(self, asset_id: str) -> Asset:
        """Returns an asset of the snapshot with its current stock. Raises NotFound ASSET_NOT_FOUND."""
        asset = self.get(asset_id)
        return replace(asset, available=await self._stock.available(asset_id))

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        """Returns a page of the prices of an asset, newest first, and the cursor of the next page.

        Raises NotFound ASSET_NOT_FOUND.
        """
        self.get(asset_id)
        return await self._assets.prices(asset_id, cursor, size)

    async def refresh(self) -> None:
        """Reads a new snapshot. If that fails, the old one stays: it is better than none."""
        try:
            assets = await self._assets.assets()
        except Exception as error:  # the next refresh retries; the health check reports the table
            logger.warning("the catalogue could not be read", extra={"why": repr(error)})
        else:
            self._snapshot = Snapshot({asset.asset_id: asset for asset in assets})

    async def keep_fresh(self) -> None:
        """Refreshes the snapshot every `refresh_seconds`, until cancelled."""
        while True:
            await asyncio.sleep(self._refresh_seconds)
            await self.refresh()
