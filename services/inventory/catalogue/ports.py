"""What the catalogue needs from the database, the stock and the market."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.common.unit_of_work import UnitOfWork
from services.inventory.catalogue.domain import Asset, CatalogueState, Price, StockLevel
from services.inventory.catalogue.listings import Statistics
from services.prices.frame import Frame


class Assets(Protocol):
    """The assets and their prices."""

    async def state(self, *, consistent: bool) -> CatalogueState:
        """Returns the version of the catalogue, and whether the market is halted."""

    async def read(self) -> tuple[CatalogueState, list[Asset]]:
        """Returns all assets, without their stock, and the state: that of the assets, or an earlier one.

        The read is consistent.
        """

    async def find(self, asset_ids: Collection[str]) -> list[Asset]:
        """Returns those of the assets that exist, with their stock. The read is consistent."""

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        """Returns a page of the prices of an asset, newest first, and the cursor of the next page."""


class Stock(Protocol):
    """The stock of the assets. All reads are consistent."""

    async def available(self, asset_id: str) -> Decimal:
        """Returns the stock of an asset, 0 if it has none."""

    async def levels(self, asset_ids: Sequence[str]) -> Mapping[str, StockLevel]:
        """Returns the stock of assets, without those that have none."""


class Prices(Protocol):
    """The current prices of all assets."""

    @property
    def latest(self) -> Frame | None:
        """The frame that was read last."""

    @property
    def is_stale(self) -> bool:
        """Whether it is too old to trade at."""

    async def newer(self, seq: int) -> Frame:
        """Waits until a frame above a sequence number is known, and returns it."""


class History(Protocol):
    """Past prices."""

    async def statistics(self, asset: Asset, now: datetime) -> Statistics:
        """Returns the statistics of an asset, at most a minute old."""


class Volumes(Protocol):
    """What was traded in the last 24 hours."""

    @property
    def is_read(self) -> bool:
        """Whether it is known."""

    def of(self, levels: Mapping[str, StockLevel]) -> Mapping[str, Decimal]:
        """Returns the dollars by asset, from the current turnover of each."""


class NewAssets(Protocol):
    """Where the loader puts assets."""

    async def assets(self) -> list[Asset]:
        """Returns all assets. The reads are consistent."""

    def add(self, tx: UnitOfWork, asset: Asset) -> None:
        """Adds an asset and its price. The commit raises AlreadyExists ASSET_EXISTS."""

    def raise_version(self, tx: UnitOfWork) -> None:
        """Raises the version of the catalogue: replicas read it again."""

    async def loaded(self) -> str:
        """Returns the fingerprint of the catalogue file that was loaded last, "" if none was."""

    def set_loaded(self, tx: UnitOfWork, fingerprint: str) -> None:
        """Stores the fingerprint of the catalogue file that was loaded."""


class NewStock(Protocol):
    """Where the loader puts the stock of new assets."""

    def add(self, tx: UnitOfWork, asset_id: str, quantity: Decimal, now: datetime) -> None:
        """Adds the first stock of an asset. The commit raises AlreadyExists ASSET_EXISTS if the asset has stock."""
