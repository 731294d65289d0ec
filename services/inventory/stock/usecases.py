"""The use cases of stock: what orders do to it, each step exactly once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition, Unavailable, key_reused
from services.common.times import Clock
from services.common.unit_of_work import Begin, Conflict, retry_on_conflict
from services.inventory.stock.domain import (
    Outcome,
    Step,
    out_of_stock,
    return_step,
    shard_of,
    take_step,
    undo_step,
    voided,
)
from services.inventory.stock.ports import Catalogue, InsufficientStock, OutcomeExists, StockShards


@dataclass(frozen=True)
class Stock:
    """The use cases of stock.

    All raise AlreadyExists IDEMPOTENCY_KEY_REUSED if the step was requested with another asset or quantity, and
    Unavailable CONTENTION.
    """

    begin: Begin
    store: StockShards
    catalogue: Catalogue
    now: Clock
    changed: Callable[[str], None] = lambda asset_id: None  # is told which asset's stock has changed

    async def take(
        self, order_id: str, asset_id: str, quantity: Decimal, amount: Decimal = ZERO, fee: Decimal = ZERO
    ) -> None:
        """Takes stock for a buy, which pays `amount` and `fee`.

        Raises FailedPrecondition OUT_OF_STOCK (also if the asset does not exist) or STOCK_VOIDED; both are final.
        """
        # The catalogue is not asked: a replica that does not know the asset yet must answer a replay as the first did.
        await self._make(take_step(order_id, asset_id, quantity, amount, fee))

    async def undo_take(self, order_id: str, asset_id: str, quantity: Decimal) -> None:
        """Returns the stock that a buy took, and prevents the buy from taking it later."""
        take = take_step(order_id, asset_id, quantity)
        if await self.store.outcome(take.effect_id) is None and await self._void(take):
            return
        outcome = await self._outcome(take)
        if outcome.refusal is None:
            await self._make(undo_step(outcome.step))

    async def add_sold(
        self, order_id: str, asset_id: str, quantity: Decimal, amount: Decimal = ZERO, fee: Decimal = ZERO
    ) -> None:
        """Adds what a user sold for `amount`, of which the house keeps `fee`. Raises NotFound ASSET_NOT_FOUND."""
        await self.catalogue.get(asset_id)
        await self._make(return_step(order_id, asset_id, quantity, amount, fee))

    async def _make(self, step: Step) -> None:
        """Makes a step, once. A replay ends as the first request did."""
        try:
            await retry_on_conflict(lambda: self._try(step))
        except OutcomeExists:
            refusal = (await self._outcome(step)).refusal
            if refusal is not None:
                raise refusal from None

    async def _try(self, step: Step) -> None:
        """Makes a step on the first shard that covers it, beginning with its own, or refuses it.

        Raises OutcomeExists, and Conflict if no shard covers it but all of them together do.
        """
        own = shard_of(step, self.store.shards)
        for offset in range(self.store.shards):
            if await self._move(step, (own + offset) % self.store.shards):
                return
        if not await self._gather(step, own):
            raise await self._refuse(step)
        raise Conflict  # the next attempt finds the stock in one shard, unless another order takes it first

    async def _move(self, step: Step, shard: int) -> bool:
        """Returns False if the shard does not cover the step."""
        tx = self.begin()
        self.store.move(tx, step, shard, self.now())
        try:
            await tx.commit()
        except InsufficientStock:
            return False
        self.changed(step.asset_id)
        return True

    async def _gather(self, step: Step, shard: int) -> bool:
        """Moves the stock of all shards to one. Returns False if even that does not cover the step."""
        if self.store.shards == 1:
            return False
        available = await self.store.available_by_shard(step.asset_id)
        if sum(available) < -step.change:
            return False
        tx = self.begin()
        self.store.gather(tx, step.asset_id, available, shard)
        await tx.commit()
        return True

    async def _refuse(self, step: Step) -> FailedPrecondition:
        """Makes OUT_OF_STOCK the outcome of a step, and returns it."""
        refusal = out_of_stock(step)
        tx = self.begin()
        self.store.refuse(tx, Outcome(step, refusal), self.now())
        await tx.commit()
        return refusal

    async def _void(self, take: Step) -> bool:
        """Makes STOCK_VOIDED the outcome of a take, so that it is refused if it comes later.

        Returns False if the take has an outcome.
        """
        tx = self.begin()
        self.store.refuse(tx, Outcome(take, voided(take)), self.now())
        try:
            await tx.commit()
        except OutcomeExists:
            return False
        return True

    async def _outcome(self, step: Step) -> Outcome:
        outcome = await self.store.outcome(step.effect_id)
        if outcome is None:
            raise Unavailable("CONTENTION", "the first request is still in progress; try again")
        if outcome.step.fingerprint != step.fingerprint:
            raise key_reused(order_id=step.order_id)
        return outcome
