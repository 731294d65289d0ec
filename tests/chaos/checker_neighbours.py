"""The calls between the services as function calls, which can be made to fail."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal

from services.common.money import ZERO
from services.common.rpc import call as calls
from services.common.rpc.errors import NotFound, Unavailable
from services.inventory.stock.usecases import Stock
from services.order.domain import Order
from services.order.ticket import Listing, Rules
from services.user.ledger.domain import Trade
from services.user.ledger.usecases import Accounts


class Neighbours:
    """The ports of the order service as function calls. The steps in `away` fail as in an outage."""

    def __init__(self, house: Stock, accounts: Accounts) -> None:
        self._house = house
        self._ledger = accounts
        self.away: set[str] = set()
        self.believed_cash: Decimal | None = None  # what the order service remembers of any user's cash

    async def listing(self, asset_id: str, catalogue_version: int) -> Listing:
        asset = await self._house.catalogue.get(asset_id)
        return Listing(asset.is_active, Rules(asset.quantity_increment, asset.order_value_min, asset.order_value_max))

    def last_cash(self, user_id: str) -> Decimal | None:
        return self.believed_cash

    async def available(self, asset_id: str) -> Decimal:
        return await self._house.store.available(asset_id)

    async def cash(self) -> Decimal:
        return (await self._ledger.balance(calls.principal().user_id)).available

    async def holding(self, asset_id: str) -> Decimal:
        try:
            return (await self._ledger.holding(calls.principal().user_id, asset_id)).available
        except NotFound:
            return ZERO

    async def take(self, order: Order) -> None:
        await self._step("take", lambda: self._house.take(*_goods(order)))

    async def undo_take(self, order: Order) -> None:
        await self._step("return", lambda: self._house.undo_take(order.order_id, order.asset_id, order.quantity))

    async def add_sold(self, order: Order) -> None:
        await self._step("return", lambda: self._house.add_sold(*_goods(order)))

    async def settle(self, order: Order) -> None:
        trade = Trade(order.order_id, order.side == "BUY", order.asset_id, order.quantity, order.amount, order.fee)
        await self._step("settle", lambda: self._ledger.settle(order.user_id, trade))

    async def _step(self, name: str, step: Callable[[], Awaitable[object]]) -> None:
        if name in self.away:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "unavailable")
        await step()


def _goods(order: Order) -> tuple[str, str, Decimal, Decimal, Decimal]:
    return order.order_id, order.asset_id, order.quantity, order.amount, order.fee
