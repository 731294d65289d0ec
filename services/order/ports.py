"""What the use cases of orders need from the database and from the other services."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from services.common.rpc.errors import FailedPrecondition
from services.order.domain import Order, OrderFilter, PendingOrder
from services.order.ticket import Listing
from services.prices.frame import Frame


class OrderRepository(Protocol):
    """The stored orders."""

    async def add(self, order: Order) -> bool:
        """Adds an order. Returns False if there is one with its id."""

    async def get(self, user_id: str, order_id: str) -> Order | None:
        """Returns an order, read consistently; None if there is none."""

    async def move(self, before: Order, after: Order) -> bool:
        """Writes the next state of an order. Returns False if its state is no longer `before`."""

    async def page(
        self, user_id: str, wanted: OrderFilter, cursor: str | None, size: int
    ) -> tuple[list[Order], str | None]:
        """Returns a page of a user's orders, newest first, and the cursor of the next page.

        A page that is not the last may be short.
        """


class PendingOrders(Protocol):
    """The orders that are not final, for recovery. What changes one returns False if it has changed meanwhile."""

    @property
    def shards(self) -> int:
        """The number of shards of the index."""

    async def due(self, shard: int, now: datetime, size: int) -> list[PendingOrder]:
        """Returns at most `size` orders of a shard that are due, and those due later than any correct clock says."""

    async def find(self, user_id: str, order_id: str) -> PendingOrder | None:
        """Returns the order if it is not final."""

    async def claim(self, pending: PendingOrder, until: datetime) -> bool:
        """Hides an order from other sweeps until a time."""

    async def count_failure(self, pending: PendingOrder, until: datetime) -> bool:
        """Counts an attempt that failed with an internal error. The order is due again at `until`."""

    async def quarantine(self, pending: PendingOrder, reason: str, now: datetime) -> bool:
        """Puts an order in quarantine: sweeps no longer find it."""

    async def release(self, pending: PendingOrder, release_id: str, now: datetime) -> bool:
        """Releases an order from quarantine. It is due at once."""

    async def released(self, user_id: str, order_id: str, release_id: str) -> Order | None:
        """Returns the order as it is now if the request `release_id` has released it before."""

    async def quarantined(
        self, cursor: dict[str, str] | None, size: int
    ) -> tuple[list[PendingOrder], dict[str, str] | None]:
        """Returns a page of the quarantined orders, the latest first, and the cursor of the next page."""


class Prices(Protocol):
    """The prices of all assets."""

    async def current(self) -> Frame:
        """Returns the latest frame, by a read that begins after this call.

        Raises Unavailable PRICES_UNAVAILABLE if it cannot be had, or is too old to trade at.
        """


class Inventory(Protocol):
    """The catalogue and the stock levels. Both methods raise NotFound ASSET_NOT_FOUND."""

    async def listing(self, asset_id: str, catalogue_version: int) -> Listing:
        """Returns what the catalogue says about an asset, in this version or a later one."""

    async def available(self, asset_id: str) -> Decimal:
        """Returns the stock of an asset that the house can sell."""


class Balances(Protocol):
    """What the calling user has, read consistently."""

    async def cash(self) -> Decimal:
        """Returns the dollars that the user can spend."""

    async def holding(self, asset_id: str) -> Decimal:
        """Returns the quantity of an asset that the user can sell."""

    def last_cash(self, user_id: str) -> Decimal | None:
        """Returns the dollars that a user could spend when that was last known here, None if it is long ago."""


class Stock(Protocol):
    """The steps of an order that move the stock of the house. Each has its effect at most once per order."""

    async def take(self, order: Order) -> None:
        """Takes the stock of a buy. Raises FailedPrecondition if it is refused, which is final."""

    async def undo_take(self, order: Order) -> None:
        """Returns the stock of a buy, and prevents a `take` that is still under way."""

    async def add_sold(self, order: Order) -> None:
        """Adds the quantity of a sell to the stock."""


class Settlement(Protocol):
    """The step of an order that moves the cash and the holding of its user."""

    async def settle(self, order: Order) -> None:
        """Settles the order, at most once. Raises FailedPrecondition if it is refused, which is final."""

    async def void(self, order: Order) -> FailedPrecondition:
        """Prevents a `settle`. Returns its refusal. Raises FailedPrecondition ORDER_SETTLED if it has happened."""


class AuditTrail(Protocol):
    """Records what admins do."""

    def change(self, event: str, subject: str, user_id: str = "") -> AbstractAsyncContextManager[None]:
        """Records the intent before the enclosed change and the outcome after it. Raises Unavailable if it cannot."""
