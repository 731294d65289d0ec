"""The use cases of orders: create, preview and read them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from services.common import ids
from services.common.money import ZERO
from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable, key_reused
from services.common.rpc.status import as_service_error
from services.common.times import Clock
from services.order import refusals
from services.order.domain import Order, OrderFilter
from services.order.ports import Balances, Inventory, OrderRepository
from services.order.previews import Bound, Previews
from services.order.quotes import Quotes
from services.order.refusals import Available
from services.order.saga import Saga
from services.order.ticket import Quote, Side, Ticket, order_id_of

_FUNDS_SECONDS = 1.0


@dataclass(frozen=True)
class Preview:
    """What an order would come to now, and the reasons for which it would be refused. `ticket` is sized."""

    ticket: Ticket
    quote: Quote
    reasons: list[str]
    bound: Bound
    preview_id: str


@dataclass(frozen=True)
class Orders:
    """Creates, previews and reads the orders of a user."""

    repository: OrderRepository
    saga: Saga
    quotes: Quotes
    inventory: Inventory
    balances: Balances
    previews: Previews
    answer_seconds: float
    now: Clock

    async def create(self, ticket: Ticket) -> Order:
        """Creates an order and fills it.

        Returns it as COMPLETED, or as PENDING if it may still be filled: a dependency is unavailable, or it is unknown
        whether the order was stored (it is then unconfirmed).

        Raises FailedPrecondition if the order is refused, which is final; NotFound ASSET_NOT_FOUND; AlreadyExists
        IDEMPOTENCY_KEY_REUSED; InvalidArgument for the preview id of another order; and Unavailable PRICES_UNAVAILABLE.
        """
        order = await self._accept_or_replay(ticket)
        if order.is_unconfirmed:
            return order
        if not order.is_final:
            order = await self.saga.run(order, call.remaining_seconds(self.answer_seconds))
        if order.refusal is not None:
            raise order.refusal
        return order

    async def _accept_or_replay(self, ticket: Ticket) -> Order:
        """Returns the order of the request, new at the current price or stored by the same request before."""
        try:
            order = await self._new_order(ticket)
        except Exception:
            stored = await self._stored(ticket)  # a replay needs neither a price nor a holding
            if stored is None:
                raise
            return stored
        return await self._persist(ticket, order)

    async def _new_order(self, ticket: Ticket) -> Order:
        preview = self.previews.open(ticket)
        quote = await self.quotes.quote(ticket.asset_id, ticket.side)
        sized = ticket.sized(quote, await self._holding(ticket))
        try:
            refusals.check(sized, quote, preview)
            await self._check_funds(sized, quote)
        except FailedPrecondition as refusal:
            return Order.rejected(sized, quote, refusal, self.now())
        return Order.accepted(sized, quote, self.now())

    async def _holding(self, ticket: Ticket) -> Decimal:
        return await self.balances.holding(ticket.asset_id) if ticket.sell_all else ZERO

    async def _check_funds(self, ticket: Ticket, quote: Quote) -> None:
        """Refuses what the user cannot pay before stock is taken for it. It costs a call only if that is likely.

        If it cannot be told, the settlement decides. Raises FailedPrecondition INSUFFICIENT_FUNDS.
        """
        last_cash = self.balances.last_cash(ticket.user_id)
        if ticket.side is Side.SELL or (last_cash is not None and last_cash >= ticket.net_amount(quote)):
            return
        try:
            async with asyncio.timeout(_FUNDS_SECONDS):
                cash = await self.balances.cash()
        except Exception:
            return
        refusals.check_funds(ticket, quote, cash)

    async def _persist(self, ticket: Ticket, order: Order) -> Order:
        """Stores the order. Returns the stored one if the request is a replay."""
        try:
            if await self.repository.add(order):
                return order
            return await self._stored(ticket) or order
        except Exception as error:
            if isinstance(as_service_error(error), Unavailable):
                return order.unconfirmed()  # not an error: if it was stored, recovery fills it
            raise

    async def _stored(self, ticket: Ticket) -> Order | None:
        """Returns the order that the request has made before. Raises AlreadyExists if another request made it."""
        order = await self.repository.get(ticket.user_id, ticket.order_id())
        if order is not None and order.fingerprint != ticket.fingerprint():
            raise key_reused(order_id=order.order_id)
        return order

    async def preview(self, ticket: Ticket) -> Preview:
        """Returns what the order would cost now, without any effect. Raises NotFound ASSET_NOT_FOUND."""
        quote, available = await asyncio.gather(
            self.quotes.quote(ticket.asset_id, ticket.side), self._available(ticket)
        )
        sized, bound = ticket.sized(quote, available.holding), Bound.at(quote, ticket.side)
        reasons = available.shortfalls(sized, sized.net_amount(quote))
        try:
            refusals.check(sized, quote)
        except FailedPrecondition as refusal:
            reasons.insert(0, refusal.reason)
        return Preview(sized, quote, reasons, bound, self.previews.seal(ticket, bound))

    async def _available(self, ticket: Ticket) -> Available:
        """Reads what an order of this side uses."""
        if ticket.side is Side.SELL:
            return Available(holding=await self.balances.holding(ticket.asset_id))
        cash, stock = await asyncio.gather(self.balances.cash(), self.inventory.available(ticket.asset_id))
        return Available(cash=cash, stock=stock)

    async def get(self, user_id: str, order_id: str) -> Order:
        """Returns an order of the user. Raises NotFound ORDER_NOT_FOUND, also for the order of another user."""
        order = await self.repository.get(user_id, order_id)
        if order is None:
            raise NotFound("ORDER_NOT_FOUND", "no order has this id; list your orders to find it")
        return order

    async def get_by_request_id(self, user_id: str, request_id: str) -> Order:
        """Returns the order that a request of the user has made. Raises NotFound ORDER_NOT_FOUND."""
        for key in dict.fromkeys((request_id, ids.canonical(request_id))):
            order = await self.repository.get(user_id, order_id_of(user_id, key))
            if order is not None:
                return order
        raise NotFound("ORDER_NOT_FOUND", "no order has this request_id; send the request again to create it")

    async def page(
        self, user_id: str, wanted: OrderFilter, cursor: str | None, size: int
    ) -> tuple[list[Order], str | None]:
        """Returns a page of the user's orders, newest first, and the cursor of the next page."""
        return await self.repository.page(user_id, wanted, cursor, size)
