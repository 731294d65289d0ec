"""Recovery: finishes the orders that a dead process or an unavailable dependency has left PENDING.

Every replica sweeps the index of pending orders, its shards in random order and at random times. It claims what is due
and runs its saga, whose steps can be repeated. An order whose process died is final within 30 s after its dependencies
are available: 8 s of grace, up to 3 s until the next sweep, and 8 s more if the process that claimed it dies too.
"""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import replace

from services.common.times import Clock
from services.order.domain import GRACE, Order, PendingOrder
from services.order.ports import PendingOrders
from services.order.saga import Saga

logger = logging.getLogger("cnop.recovery")

_PAUSE_SECONDS = (1.0, 3.0)  # a random time in this range, so that replicas do not sweep in step
_CONCURRENCY_MAX = 16
_PAGE_SIZE = 50
_TASKS_MAX = 400
_FAILURES_MAX = 5


class Recovery:
    """Sweeps pending orders."""

    def __init__(self, pending: PendingOrders, saga: Saga, now: Clock) -> None:
        self._pending = pending
        self._saga = saga
        self._now = now
        self._slots = asyncio.Semaphore(_CONCURRENCY_MAX)
        self._tasks: set[asyncio.Task[Order]] = set()

    async def run(self) -> None:
        """Sweeps until it is cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # the table is unavailable: health reports that, the next sweep tries again
                logger.warning("recovery sweep failed", extra={"why": repr(error)})
            await asyncio.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311 - jitter

    async def sweep(self) -> list[asyncio.Task[Order]]:
        """Starts the recovery of all due orders. Waits for none, so that one that hangs does not block the others."""
        started = []
        for shard in random.sample(range(self._pending.shards), self._pending.shards):
            room = _TASKS_MAX - len(self._tasks)
            for order in await self._pending.due(shard, self._now(), min(_PAGE_SIZE, room)) if room > 0 else ():
                task = asyncio.create_task(self._recover_in_slot(order))
                self._tasks.add(task)
                task.add_done_callback(self._done)
                started.append(task)
        return started

    async def _recover_in_slot(self, pending: PendingOrder) -> Order:
        async with self._slots:
            return await self.recover(pending)

    def _done(self, task: asyncio.Task[Order]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.warning("order was not recovered", extra={"why": repr(task.exception())})

    async def recover(self, pending: PendingOrder) -> Order:
        """Claims an order and runs its saga. Returns the order as it is afterwards."""
        until = self._now() + GRACE
        if not await self._pending.claim(pending, until):
            return pending.order
        progress = await self._saga.advance(pending.order)
        if progress.poison:
            await self._count_failure(replace(pending, due_at=until), progress.poison)
        return progress.order

    async def _count_failure(self, pending: PendingOrder, reason: str) -> None:
        if pending.failures + 1 < _FAILURES_MAX:
            await self._pending.count_failure(pending, self._now() + GRACE / 2)
        elif await self._pending.quarantine(pending, reason, self._now()):
            logger.error("order quarantined", extra={"order_id": pending.order.order_id, "why": reason})
