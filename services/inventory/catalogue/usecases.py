"""The use cases of the catalogue. It is small and hardly ever changes, so every replica caches all of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from services.common.rpc.errors import Unavailable
from services.inventory.catalogue.domain import Asset, Price, StockLevel, asset_not_found
from services.inventory.catalogue.lookups import Lookups
from services.inventory.catalogue.ports import Assets, Stock
from services.inventory.catalogue.snapshot import Snapshot

logger = logging.getLogger("cnop.catalogue")


class Catalogue:
    """Holds the latest snapshot, and reads what a snapshot is too old for.

    A snapshot may lack an asset that another replica has just added, so only the table tells that an asset does not
    exist. All methods raise Unavailable until the catalogue has been read once, and while the table cannot tell.
    """

    def __init__(self, assets: Assets, stock: Stock, refresh_seconds: float) -> None:
        self._assets = assets
        self._stock = stock
        self._refresh_seconds = refresh_seconds
        self._lookups = Lookups(assets)
        self._snapshot: Snapshot | None = None
        self._reading = asyncio.Lock()

    @property
    def is_read(self) -> bool:
        """Whether the catalogue has been read once."""
        return self._snapshot is not None

    @property
    def snapshot(self) -> Snapshot:
        """The latest snapshot."""
        if self._snapshot is None:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "the catalogue has not been read yet; try again")
        return self._snapshot

    async def get(self, asset_id: str) -> Asset:
        """Returns an asset. Raises NotFound ASSET_NOT_FOUND."""
        for asset in await self.find([asset_id]):
            return asset
        raise asset_not_found(asset_id)

    async def find(self, asset_ids: Sequence[str], *, confirm_inactive: bool = False) -> list[Asset]:
        """Returns those of the assets that exist.

        With `confirm_inactive`, the table confirms that the inactive ones still are, so that they can be refused.
        """
        assets = self.snapshot.assets
        doubtful = [
            asset_id
            for asset_id in asset_ids
            if asset_id not in assets or (confirm_inactive and not assets[asset_id].is_active)
        ]
        if doubtful:
            assets = await self._look_up(doubtful)
        return [assets[asset_id] for asset_id in asset_ids if asset_id in assets]

    async def _look_up(self, asset_ids: Collection[str]) -> dict[str, Asset]:
        """Returns the assets of the snapshot after what the table says about some of them was added to it."""
        found = await self._lookups.find(asset_ids)
        known = self.snapshot.assets
        news = {
            asset_id: asset
            for asset_id, asset in found.items()
            if asset_id not in known or asset.updated_at > known[asset_id].updated_at
        }
        if news:
            self._snapshot = self.snapshot.with_assets(news)
        return self.snapshot.assets

    async def get_with_stock(self, asset_id: str) -> Asset:
        """Returns an asset with its current stock. Raises NotFound ASSET_NOT_FOUND."""
        asset = await self.get(asset_id)
        return replace(asset, available=await self._stock.available(asset_id))

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        """Returns a page of the prices of an asset, newest first, and the cursor of the next page.

        Raises NotFound ASSET_NOT_FOUND.
        """
        await self.get(asset_id)
        return await self._assets.prices(asset_id, cursor, size)

    async def refresh(self) -> None:
        """Reads a new snapshot if the catalogue has changed. If that fails, the old one stays: it is better than none.

        What it reads to tell is one item; the first read is of everything.
        """
        try:
            if self._snapshot is None:
                await self.reach(0)
            else:
                await self.reach((await self._assets.state(consistent=False)).version)
        except Exception as error:  # the next refresh retries; the health check reports the table
            logger.warning("the catalogue could not be read", extra={"why": repr(error)})

    async def reach(self, version: int) -> Snapshot:
        """Returns a snapshot of this or a later version of the catalogue. Raises what prevents the read."""
        async with self._reading:
            if self._snapshot is None or self._snapshot.state.version < version:
                self._snapshot = await self._read()
            return self._snapshot

    async def latest(self) -> Snapshot:
        """Returns a snapshot with all changes made before the call. Raises what prevents the read."""
        return await self.reach((await self._assets.state(consistent=True)).version)

    async def _read(self) -> Snapshot:
        """Reads all assets, and the stock of those whose stock is not known."""
        state, assets = await self._assets.read()
        known = self._snapshot.levels if self._snapshot else {}
        unknown = await self._stock.levels([one.asset_id for one in assets if one.asset_id not in known])
        levels = {**(self._snapshot.levels if self._snapshot else {}), **unknown}  # it may have changed meanwhile
        return Snapshot({one.asset_id: one.stocked(levels.get(one.asset_id)) for one in assets}, state, levels)

    async def read_stock(self, asset_ids: Collection[str] | None = None) -> None:
        """Reads the stock of these assets, by default of all, into the snapshot. Raises what prevents the read."""
        wanted = list(self.snapshot.assets if asset_ids is None else asset_ids)
        found = await self._stock.levels(wanted)
        levels: Mapping[str, StockLevel] = {asset_id: found.get(asset_id, StockLevel()) for asset_id in wanted}
        self._snapshot = self.snapshot.with_levels(levels)

    async def keep_fresh(self) -> None:
        """Refreshes the snapshot every `refresh_seconds`, until cancelled."""
        while True:
            await asyncio.sleep(self._refresh_seconds)
            await self.refresh()
