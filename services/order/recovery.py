"""Drives on the orders that a dead process, or an absent part of the system, left behind.

Every replica sweeps: it looks through the shards of the index of orders that are not final, in an order of its own and
at moments of its own, claims what is due, and drives it with the saga, whose steps may be repeated. An order whose
process died is final within 30 s of its dependencies being back: 8 s of grace, a sweep of at most 3 s, and once more
8 s when the one who claimed it dies too.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from services.common.rpc.errors import FailedPrecondition, NotFound
from services.order.domain import GRACE, Order
from services.order.recovery_store import Candidate, RecoveryStore
from services.order.saga import Saga
from services.order.schema import PENDING_SHARDS, QUARANTINE

logger = logging.getLogger("cnop.recovery")

_SWEEP_SECONDS = (1.0, 3.0)  # each pause is a random time between these, so that replicas do not sweep in step
_AT_ONCE = 16
_PAGE = 50
_WAITING_MAX = 400
_FAILURES_MAX = 5


class Recovery:
    """The sweep, and the quarantine for orders that it cannot drive on."""

    def __init__(self, store: RecoveryStore, saga: Saga, now: Callable[[], datetime]) -> None:
        self.store = store
        self._saga = saga
        self._now = now
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._tasks: set[asyncio.Task[Order]] = set()

    async def run(self) -> None:
        """Sweeps until it is cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # the table is away; health tells of it, and the next sweep tries again
                logger.warning("the sweep failed", extra={"why": repr(error)})
            await asyncio.sleep(random.uniform(*_SWEEP_SECONDS))  # noqa: S311 - jitter

    async def sweep(self) -> list[asyncio.Task[Order]]:
        """Starts to drive on all orders that are due, without waiting for any: one that hangs holds up no other."""
        started = []
        for shard in random.sample(range(PENDING_SHARDS), PENDING_SHARDS):
            room = _WAITING_MAX - len(self._tasks)
            for candidate in await self.store.due(shard, self._now(), min(_PAGE, room)) if room > 0 else ():
                task = asyncio.create_task(self._in_turn(candidate))
                self._tasks.add(task)
                task.add_done_callback(self._done)
                started.append(task)
        return started

    async def _in_turn(self, candidate: Candidate) -> Order:
        async with self._slots:
            return await self._recover(candidate)

    def _done(self, task: asyncio.Task[Order]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.warning("an order was not recovered", extra={"why": repr(task.exception())})

    async def _recover(self, candidate: Candidate) -> Order:
        until = self._now() + GRACE
        if not await self.store.claim(candidate, until):
            return candidate.order
        attempt = await self._saga.attempt(candidate.order)
        if attempt.poison:
            await self._count_failure(replace(candidate, due_at=until), attempt.poison)
        return attempt.order

    async def _count_failure(self, candidate: Candidate, reason: str) -> None:
        if candidate.failures + 1 < _FAILURES_MAX:
            await self.store.count_failure(candidate, self._now() + GRACE / 2)
        elif await self.store.quarantine(candidate, reason, self._now()):
            logger.error("order quarantined", extra={"order_id": candidate.order.order_id, "why": reason})

    async def release(self, user_id: str, order_id: str, release_id: str) -> Order:
        """Lets an order out of quarantine and tries it; what did so before only answers the order as it is now.

        Raises NotFound ORDER_NOT_FOUND and FailedPrecondition ORDER_NOT_QUARANTINED.
        """
        known = await self.store.released(user_id, order_id, release_id)
        if known is not None:
            return known
        candidate = await self.store.find(user_id, order_id)
        if candidate is None:
            raise NotFound("ORDER_NOT_FOUND", "there is no such order that is not final")
        now = self._now()
        if candidate.shard != QUARANTINE or not await self.store.release(candidate, release_id, now):
            raise FailedPrecondition("ORDER_NOT_QUARANTINED", "the order is not in quarantine", order_id=order_id)
        released = await self.store.find(user_id, order_id)
        return await self._recover(released) if released else candidate.order
