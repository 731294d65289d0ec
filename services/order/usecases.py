"""Making, previewing and finding orders."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from services.common import money
from services.common.money import ZERO
from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition, NotFound, ServiceError, Unavailable, key_reused
from services.common.rpc.status import as_service_error
from services.order.clients import Inventory, Users
from services.order.domain import Order, Side, Status, Ticket, accept, obstacle_to, shortages
from services.order.saga import Saga
from services.order.store import OrderStore


@dataclass(frozen=True)
class Preview:
    """What an order would cost, in dollars, and the reasons that would stand in its way."""

    price: Decimal
    amount: Decimal
    obstacles: list[str]


@dataclass(frozen=True)
class Orders:
    """The use cases of orders."""

    store: OrderStore
    saga: Saga
    inventory: Inventory
    users: Users
    answer_seconds: float
    now: Callable[[], datetime]

    async def create(self, ticket: Ticket) -> Order:
        """Makes an order and fills it: COMPLETED, or PENDING when a dependency stays away.

        PENDING is also the answer when nobody can tell whether the order was stored: what may still happen is no error.
        Raises the definite refusal; it is stored, so that a replay answers the same. Raises NotFound ASSET_NOT_FOUND
        and AlreadyExists IDEMPOTENCY_KEY_REUSED.
        """
        try:
            quote = await self.inventory.quote(ticket.asset_id)
        except Exception:
            first = await self._first(ticket)
            if first is None:
                raise
            order = first
        else:
            order = accept(ticket, quote, self.now())
            try:
                if not await self.store.add(order):
                    order = await self._first(ticket) or order
            except Exception as error:
                if not isinstance(as_service_error(error), Unavailable):
                    raise
                return replace(order, status=Status.PENDING, is_unsure=True)  # if it is stored, it will happen
        if not order.is_final:
            order = await self.saga.drive(order, call.remaining_seconds(self.answer_seconds))
        return _answer(order)

    async def _first(self, ticket: Ticket) -> Order | None:
        """The order that the same request made before. Raises AlreadyExists when it was another request."""
        first = await self.store.get(ticket.user_id, ticket.order_id())
        if first is not None and first.body != ticket.body():
            raise key_reused(order_id=first.order_id)
        return first

    async def preview(self, ticket: Ticket) -> Preview:
        """What an order would cost and what would stand in its way; no effect."""
        quote, cover = await asyncio.gather(self.inventory.quote(ticket.asset_id), self._cover(ticket))
        amount = money.value_of(ticket.quantity, quote.price)
        obstacle = obstacle_to(ticket, quote)
        obstacles = ([obstacle.reason] if obstacle else []) + shortages(ticket, amount, *cover)
        return Preview(quote.price, amount, obstacles)

    async def _cover(self, ticket: Ticket) -> tuple[Decimal, Decimal, Decimal]:
        """The user's cash, the user's holding and the house's stock, as far as the side needs them."""
        if ticket.side is Side.SELL:
            return ZERO, await self.users.held(ticket.asset_id), ZERO
        cash, stock = await asyncio.gather(self.users.cash(), self.inventory.available(ticket.asset_id))
        return cash, ZERO, stock

    async def get(self, user_id: str, order_id: str) -> Order:
        """One order of the user. Raises NotFound ORDER_NOT_FOUND, for another user's too."""
        order = await self.store.get(user_id, order_id)
        if order is None:
            raise NotFound("ORDER_NOT_FOUND", "there is no such order")
        return order


def _answer(order: Order) -> Order:
    """The order, or the refusal that it ended with."""
    if order.status is Status.FAILED:
        refusal: ServiceError = FailedPrecondition(order.failure_reason, order.failure_message, order_id=order.order_id)
        raise refusal
    return order
