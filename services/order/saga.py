"""The saga that fills an order.

A buy takes stock, then settles (cash out, holding in); if settling is refused, the stock goes back. A sell settles
(holding out, cash in), then adds to the stock. The id of each step is derived from the order's, and the first outcome
of a step is final. So any process can run the saga of an order again from the start, at any time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextvars import Context
from dataclasses import dataclass

import grpc

from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition, Internal
from services.common.rpc.status import as_service_error
from services.common.times import Clock
from services.order.domain import Order, Side
from services.order.ports import OrderRepository, Settlement, Stock

logger = logging.getLogger("cnop.saga")

_DEADLINE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the saga took an order. `poison` describes an internal error, which a retry may not cure."""

    order: Order
    poison: str = ""


class Saga:
    """Takes orders to a final state."""

    def __init__(self, orders: OrderRepository, stock: Stock, settlement: Settlement, now: Clock) -> None:
        self._orders = orders
        self._stock = stock
        self._settlement = settlement
        self._now = now
        self._running: dict[str, asyncio.Task[Progress]] = {}

    async def run(self, order: Order, wait_seconds: float) -> Order:
        """Fills an order and returns it in its final state.

        Returns it as it was if that takes longer than `wait_seconds` or a dependency is unavailable. The saga goes on
        after that time, and if the caller is cancelled.
        """
        task = self._start(order)
        await asyncio.wait([task], timeout=wait_seconds)
        return task.result().order if task.done() else order

    async def advance(self, order: Order) -> Progress:
        """Fills an order as far as possible now. Goes on if the caller is cancelled."""
        return await asyncio.shield(self._start(order))

    async def fail(self, order: Order) -> Order:
        """Fails an order that cannot be filled, and undoes its steps. Goes on if the caller is cancelled.

        First the settlement is voided: from then on nothing can fill the order. So a saga that another process runs at
        the same time ends like this one. Raises FailedPrecondition ORDER_SETTLED if the settlement has happened.
        """
        return await asyncio.shield(self._fail(order))

    async def drained(self) -> None:
        """Waits until no saga is running."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    def _start(self, order: Order) -> asyncio.Task[Progress]:
        """Returns the task that fills an order: one per process, however many callers wait for it."""
        task = self._running.get(order.order_id)
        if task is None:
            # In a context of its own: the deadline of the call that starts the task must not apply to the saga.
            task = asyncio.create_task(self._try_to_fill(order, call.current().request_id), context=Context())
            self._running[order.order_id] = task
            task.add_done_callback(lambda _: self._running.pop(order.order_id, None))
        return task

    async def _try_to_fill(self, order: Order, request_id: str) -> Progress:
        call.enter(call.Call(request_id or order.order_id, time.monotonic() + _DEADLINE_SECONDS))
        try:
            return Progress(await self._fill(order))
        except Exception as error:
            facts = {"order_id": order.order_id, "why": _describe(error)}
            if isinstance(as_service_error(error), Internal):
                logger.exception("order cannot be filled", extra=facts)
                return Progress(order, poison=_describe(error))
            logger.warning("order waits for a dependency", extra=facts)
            return Progress(order)

    async def _fill(self, order: Order) -> Order:
        try:
            await (self._buy(order) if order.side is Side.BUY else self._sell(order))
        except FailedPrecondition as refusal:
            return await self._finish(order, order.failed(refusal, self._now()))
        return await self._finish(order, order.completed(self._now()))

    async def _buy(self, order: Order) -> None:
        await self._stock.take(order)
        try:
            await self._settlement.settle(order)
        except FailedPrecondition:
            await self._stock.undo_take(order)
            raise

    async def _sell(self, order: Order) -> None:
        await self._settlement.settle(order)
        await self._stock.add_sold(order)

    async def _fail(self, order: Order) -> Order:
        refusal = await self._settlement.void(order)
        if order.side is Side.BUY:
            await self._stock.undo_take(order)
        return await self._finish(order, order.failed(refusal, self._now()))

    async def _finish(self, before: Order, after: Order) -> Order:
        """Writes the final state. Returns the one that another process has written, if it was first."""
        if await self._orders.move(before, after):
            return after
        stored = await self._orders.get(before.user_id, before.order_id)
        return stored if stored is not None else after


def _describe(error: Exception) -> str:
    if isinstance(error, grpc.aio.AioRpcError):
        return f"{error.code().name}: {error.details()}"
    return repr(error)
