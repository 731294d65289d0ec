"""What orders do to the house's stock, each step exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.common import ids
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import Unavailable, key_reused
from services.inventory.catalogue import Catalogue
from services.inventory.domain import Outcome, Step, out_of_stock, shard_of, voided
from services.inventory.store import InsufficientStock, InventoryStore, OutcomeExists

_TRIES_MAX = 20


@dataclass(frozen=True)
class Stock:
    """The use cases of stock. Raise AlreadyExists IDEMPOTENCY_KEY_REUSED.

    The catalogue in memory may be older than another replica's, so it only says what is not there yet: what raises
    NotFound is to be tried again. The outcome of a step is decided by the table alone.
    """

    store: InventoryStore
    catalogue: Catalogue
    now: Callable[[], datetime]

    async def take(self, order_id: str, asset_id: str, quantity: Decimal) -> None:
        """Takes stock for a buy. Raises FailedPrecondition OUT_OF_STOCK or STOCK_VOIDED: final for this order."""
        await self._move(_take(order_id, asset_id, quantity))

    async def undo_take(self, order_id: str, asset_id: str, quantity: Decimal) -> None:
        """Gives back what a buy took, and makes sure that it never takes it later.

        The tombstone under the id of the take is the fence: a take that comes late finds it and is refused.
        """
        take = _take(order_id, asset_id, quantity)
        if await self.store.outcome(take.effect_id) is None:
            try:
                await self.store.refuse(Outcome(take, voided(take)), self.now())
            except OutcomeExists:
                pass  # it came in between: undo it
            else:
                return
        if (await self._outcome(take)).refusal is None:
            await self._move(_return(order_id, asset_id, quantity))

    async def add_sold(self, order_id: str, asset_id: str, quantity: Decimal) -> None:
        """Adds what a user sold to the house. Raises NotFound ASSET_NOT_FOUND."""
        self.catalogue.get(asset_id)
        await self._move(_return(order_id, asset_id, quantity))

    async def _move(self, step: Step) -> None:
        """Makes a step happen on the first shard that covers it, starting with its own."""
        try:
            for attempt in range(_TRIES_MAX):
                if await self._move_somewhere(step):
                    return None
                if not await self._gather(step):
                    return await self._refuse(step)
                await asyncio.sleep(dynamo.backoff_seconds(attempt))
        except OutcomeExists:
            outcome = await self._outcome(step)
            if outcome.refusal is not None:
                raise outcome.refusal from None
            return None
        raise Unavailable("CONTENTION", "too many changes of this stock at once; try again")

    async def _move_somewhere(self, step: Step) -> bool:
        own = shard_of(step, self.store.shards)
        for offset in range(self.store.shards):
            try:
                await self.store.move(step, (own + offset) % self.store.shards, self.now())
            except InsufficientStock:
                continue
            return True
        return False

    async def _gather(self, step: Step) -> bool:
        """Brings the stock of all shards together in the step's own; False when even that does not cover it."""
        if self.store.shards == 1:
            return False
        seen = await self.store.stock_by_shard(step.asset_id)
        if sum(seen) < -step.change:
            return False
        await self.store.gather(step.asset_id, seen, shard_of(step, self.store.shards))
        return True

    async def _refuse(self, step: Step) -> None:
        """Makes the refusal final, unless another try of the same step was done meanwhile."""
        refusal = out_of_stock(step)
        try:
            await self.store.refuse(Outcome(step, refusal), self.now())
        except OutcomeExists:
            outcome = await self._outcome(step)
            if outcome.refusal is None:
                return
            raise outcome.refusal from None
        raise refusal

    async def _outcome(self, step: Step) -> Outcome:
        outcome = await self.store.outcome(step.effect_id)
        if outcome is None:
            raise Unavailable("CONTENTION", "the first request is still at work; try again")
        if outcome.step.body != step.body:
            raise key_reused(order_id=step.order_id)
        return outcome


def seed(asset_id: str, quantity: Decimal) -> Step:
    """The first stock of an asset."""
    return Step(ids.derive("seed", asset_id), "", asset_id, quantity)


def _take(order_id: str, asset_id: str, quantity: Decimal) -> Step:
    return Step(ids.derive("take", order_id), order_id, asset_id, -quantity)


def _return(order_id: str, asset_id: str, quantity: Decimal) -> Step:
    return Step(ids.derive("return", order_id), order_id, asset_id, quantity)
