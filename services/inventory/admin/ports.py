"""What the use cases of admins need from the database and from the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.common.unit_of_work import UnitOfWork
from services.inventory.admin.domain import Change
from services.inventory.catalogue.domain import Asset, StockLevel
from services.inventory.stock.domain import Step


class ChangeExists(Exception):
    """The change was made before, or another one under the same idempotency key."""


class Assets(Protocol):
    """The assets and their prices."""

    async def asset(self, asset_id: str) -> Asset | None:
        """Returns an asset with its stock, None if it does not exist. The reads are consistent."""

    def add(self, tx: UnitOfWork, asset: Asset) -> None:
        """Adds an asset and its price. The commit raises AlreadyExists ASSET_EXISTS."""

    def replace(self, tx: UnitOfWork, before: Asset, after: Asset) -> None:
        """Replaces an asset, and adds its price to the history if that was set.

        The commit raises Conflict if the asset is no longer what it was `before`.
        """

    def raise_version(self, tx: UnitOfWork) -> None:
        """Raises the version of the catalogue: replicas read it again."""

    def set_halted(self, tx: UnitOfWork, *, is_halted: bool) -> None:
        """Halts the whole market or resumes it, and raises the version of the catalogue."""

    def require(self, tx: UnitOfWork, asset_id: str) -> None:
        """Makes the commit raise NotFound ASSET_NOT_FOUND if the asset does not exist."""


class Stock(Protocol):
    """The stock of the assets."""

    def add(self, tx: UnitOfWork, asset_id: str, quantity: Decimal, now: datetime) -> None:
        """Adds the first stock of an asset. The commit raises AlreadyExists ASSET_EXISTS if the asset has stock."""

    def restock(self, tx: UnitOfWork, step: Step, actor_id: str, request_id: str, now: datetime) -> None:
        """Adds the outcome of a step, and its change."""


class StockLevels(Protocol):
    """The stock of the assets, with turnover and fees."""

    async def levels(self, asset_ids: Sequence[str]) -> Mapping[str, StockLevel]:
        """Returns the stock of assets, without those that have none. The reads are consistent."""


class Publication(Protocol):
    """The publication of the catalogue with the prices."""

    async def wait(self) -> None:
        """Returns when prices were published that reflect all changes made so far.

        Raises Unavailable CHANGE_NOT_PUBLISHED if that takes longer than a few seconds.
        """


class Changes(Protocol):
    """The changes that were made."""

    async def fingerprint(self, change_id: str) -> str | None:
        """Returns the fingerprint of a change, None if it was not made."""

    def add(self, tx: UnitOfWork, change: Change, now: datetime) -> None:
        """Adds a change. The commit raises ChangeExists if there is one with the same id."""


class Trail(Protocol):
    """The audit trail."""

    def change(self, event: str, subject: str, user_id: str = "", **facts: str) -> AbstractAsyncContextManager[None]:
        """Records the intent before the enclosed change, and the outcome after it. Raises Unavailable if it cannot."""
