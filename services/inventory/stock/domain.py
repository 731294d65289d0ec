"""Steps that change the stock, their outcomes, and how the stock is spread over shards."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from services.common import ids, money
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition, ServiceError


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the stock. Its id is derived from what causes it, so that a replay is the same step."""

    effect_id: str
    order_id: str  # "" if no order causes it
    asset_id: str
    change: Decimal  # is added to the stock
    amount: Decimal = ZERO  # is added to the turnover of the house, in dollars
    fee: Decimal = ZERO  # is added to the fees

    @property
    def fingerprint(self) -> tuple[str, Decimal]:
        """What a replay must have in common with the first request. The first one's amount and fee are kept."""
        return self.asset_id, self.change


def take_step(order_id: str, asset_id: str, quantity: Decimal, amount: Decimal = ZERO, fee: Decimal = ZERO) -> Step:
    """Returns the step that takes the stock for a buy, which pays `amount` and `fee`."""
    return Step(ids.derive("take", order_id), order_id, asset_id, -quantity, amount, fee)


def return_step(order_id: str, asset_id: str, quantity: Decimal, amount: Decimal = ZERO, fee: Decimal = ZERO) -> Step:
    """Returns the step that adds what a user sold for `amount`, of which the house keeps `fee`."""
    return Step(ids.derive("return", order_id), order_id, asset_id, quantity, amount, fee)


def undo_step(take: Step) -> Step:
    """Returns the step that undoes a take that was made."""
    return return_step(take.order_id, take.asset_id, -take.change, -take.amount, -take.fee)


def restock_step(actor_id: str, request_id: str, asset_id: str, quantity: Decimal) -> Step:
    """Returns the step that adds what an admin restocks."""
    return Step(ids.derive("restock", actor_id, request_id), "", asset_id, quantity)


def seed_step(asset_id: str, quantity: Decimal) -> Step:
    """Returns the step that adds the first stock of an asset."""
    return Step(ids.derive("seed", asset_id), "", asset_id, quantity)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The first and final outcome of a step: done, or refused."""

    step: Step
    refusal: ServiceError | None = None


def out_of_stock(step: Step) -> FailedPrecondition:
    """Returns the refusal of a step that the stock does not cover."""
    needed = money.quantity(-step.change)
    text = f"less than {needed} {step.asset_id} is in stock; order a smaller quantity"
    return FailedPrecondition("OUT_OF_STOCK", text, needed=needed)


def voided(step: Step) -> FailedPrecondition:
    """Returns the refusal of a step that was undone before it was made."""
    text = "the order was undone before it took stock; create a new order"
    return FailedPrecondition("STOCK_VOIDED", text, order_id=step.order_id)


def spread(quantity: Decimal, shards: int) -> list[Decimal]:
    """Splits a quantity into equal parts, in whole units of 10^-8; the first part has the remainder."""
    part = (quantity / shards).quantize(money.SATOSHI, rounding=ROUND_DOWN, context=money.EXACT)
    return [quantity - part * (shards - 1), *[part] * (shards - 1)]


def shard_of(step: Step, shards: int) -> int:
    """Returns the first shard that a step tries. The orders are spread evenly over the shards."""
    return zlib.crc32(step.order_id.encode()) % shards
