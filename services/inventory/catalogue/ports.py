"""What the catalogue needs from the database and from the stock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.common.unit_of_work import UnitOfWork
from services.inventory.catalogue.domain import Asset, Price


class Assets(Protocol):
    """The assets and their prices."""

    async def assets(self, *, consistent: bool) -> list[Asset]:
        """Returns all assets with their stock."""

    async def find(self, asset_ids: Collection[str]) -> list[Asset]:
        """Returns those of the assets that exist, with their stock. The read is consistent."""

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        """Returns a page of the prices of an asset, newest first, and the cursor of the next page."""


class Stock(Protocol):
    """The stock of the assets."""

    async def available(self, asset_id: str) -> Decimal:
        """Returns the stock of an asset, 0 if it has none. The read is consistent."""

    async def available_by_asset(self, asset_ids: Sequence[str], *, consistent: bool) -> Mapping[str, Decimal]:
        """Returns the stock of assets, without those that have none."""


class NewAssets(Protocol):
    """Where the loader puts assets."""

    def add(self, tx: UnitOfWork, asset: Asset) -> None:
        """Adds an asset and its price. The commit raises AlreadyExists ASSET_EXISTS or RANK_TAKEN."""

    async def ranks(self) -> Mapping[str, int]:
        """Returns the ranks of all assets, by id. The read is consistent."""

    async def loaded(self) -> str:
        """Returns the fingerprint of the catalogue file that was loaded last, "" if none was."""

    async def set_loaded(self, fingerprint: str) -> None:
        """Stores the fingerprint of the catalogue file that was loaded."""


class NewStock(Protocol):
    """Where the loader puts the stock of new assets."""

    def add(self, tx: UnitOfWork, asset_id: str, quantity: Decimal, now: datetime) -> None:
        """Adds the first stock of an asset. The commit raises AlreadyExists ASSET_EXISTS if the asset has stock."""
