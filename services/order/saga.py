"""Fills orders: a saga that the stored order drives.

A buy takes stock, then settles (cash out, holding in); when settling is refused, the stock goes back. A sell settles
(holding out, cash in), then adds the stock. Every step has an id that the order's id names, its first outcome is final,
and so the saga can be driven again from the start by anybody, at any time, any number of times.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextvars import Context
from datetime import datetime

from services.common.errors import Internal
from services.common.status import as_service_error
from services.order.clients import Inventory, Refused, Users
from services.order.domain import Order, Side
from services.order.store import OrderStore

logger = logging.getLogger("cnop.saga")


class Saga:
    """Drives orders to a final state."""

    def __init__(self, store: OrderStore, inventory: Inventory, users: Users, now: Callable[[], datetime]) -> None:
        self._store = store
        self._inventory = inventory
        self._users = users
        self._now = now
        self._running: dict[str, asyncio.Task[Order]] = {}

    async def drive(self, order: Order, wait_seconds: float) -> Order:
        """The order in its final state, or as it is after `wait_seconds`, or when a dependency stays away.

        The work itself goes on when the caller leaves: it runs once in a process, however many wait for it.
        """
        task = self._running.get(order.order_id)
        if task is None:
            # In a context of its own: the deadline of the call that came first is not that of the order.
            task = asyncio.create_task(self._run(order), context=Context())
            self._running[order.order_id] = task
            task.add_done_callback(lambda _: self._running.pop(order.order_id, None))
        await asyncio.wait([task], timeout=wait_seconds)
        return task.result() if task.done() else order

    async def drained(self) -> None:
        """Waits until nothing runs any more."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def _run(self, order: Order) -> Order:
        try:
            return await self._fill(order)
        except Exception as error:
            if isinstance(as_service_error(error), Internal):
                logger.exception("saga", extra={"order_id": order.order_id})
            else:
                logger.warning("saga", extra={"order_id": order.order_id, "why": str(error)})
            return order

    async def _fill(self, order: Order) -> Order:
        try:
            await (self._buy(order) if order.side is Side.BUY else self._sell(order))
        except Refused as refused:
            return await self._finish(order, order.failed(refused.reason, refused.message, self._now()))
        return await self._finish(order, order.completed(self._now()))

    async def _buy(self, order: Order) -> None:
        await self._inventory.take(order)
        try:
            await self._users.settle(order)
        except Refused:
            await self._inventory.undo_take(order)
            raise

    async def _sell(self, order: Order) -> None:
        await self._users.settle(order)
        await self._inventory.add_sold(order)

    async def _finish(self, before: Order, after: Order) -> Order:
        """Writes the final state; when another has, that is the one that counts."""
        if await self._store.move(before, after):
            return after
        stored = await self._store.get(before.user_id, before.order_id)
        return stored if stored is not None else after
