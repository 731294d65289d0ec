"""Fills orders: a saga that the stored order drives.

A buy takes stock, then settles (cash out, holding in); when settling is refused, the stock goes back. A sell settles
(holding out, cash in), then adds the stock. Every step has an id that the order's id names, its first outcome is final,
and so the saga can be driven again from the start by anybody, at any time, any number of times.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime

import grpc

from services.common.rpc import call
from services.common.rpc.errors import Internal
from services.common.rpc.status import as_service_error
from services.order.clients import Inventory, Refused, Users
from services.order.domain import Order, Side
from services.order.store import OrderStore

logger = logging.getLogger("cnop.saga")

_SECONDS_MAX = 30.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far an order came. `poison` says why it failed, when that is nothing that time heals."""

    order: Order
    poison: str = ""


class Saga:
    """Drives orders to a final state."""

    def __init__(self, store: OrderStore, inventory: Inventory, users: Users, now: Callable[[], datetime]) -> None:
        self._store = store
        self._inventory = inventory
        self._users = users
        self._now = now
        self._running: dict[str, asyncio.Task[Attempt]] = {}

    async def drive(self, order: Order, wait_seconds: float) -> Order:
        """The order in its final state, or as it is after `wait_seconds`, or when a dependency stays away.

        The work itself goes on when the caller leaves.
        """
        task = self._start(order)
        await asyncio.wait([task], timeout=wait_seconds)
        return task.result().order if task.done() else order

    async def attempt(self, order: Order) -> Attempt:
        """Drives an order as far as it goes now."""
        return await asyncio.shield(self._start(order))

    def _start(self, order: Order) -> asyncio.Task[Attempt]:
        """The task that drives an order: one in a process, however many wait for it."""
        task = self._running.get(order.order_id)
        if task is None:
            # In a context of its own: the deadline of the call that came first is not that of the order.
            task = asyncio.create_task(self._run(order, call.current().request_id), context=Context())
            self._running[order.order_id] = task
            task.add_done_callback(lambda _: self._running.pop(order.order_id, None))
        return task

    async def drained(self) -> None:
        """Waits until nothing runs any more."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def _run(self, order: Order, request_id: str) -> Attempt:
        call.enter(call.Call(request_id or order.order_id, time.monotonic() + _SECONDS_MAX))
        try:
            return Attempt(await self._fill(order))
        except Exception as error:
            facts = {"order_id": order.order_id, "why": _words(error)}
            if isinstance(as_service_error(error), Internal):
                logger.exception("an order cannot be driven on", extra=facts)
                return Attempt(order, poison=_words(error))
            logger.warning("an order waits for a part of the system", extra=facts)
            return Attempt(order)

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


def _words(error: Exception) -> str:
    """An error in a line."""
    if isinstance(error, grpc.aio.AioRpcError):
        return f"{error.code().name}: {error.details()}"
    return repr(error)
