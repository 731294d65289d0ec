"""Orders: how one is accepted at a price, and the states that it goes through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from services.common import ids, money
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition

VALUE_MIN = Decimal("0.01")
VALUE_MAX = Decimal("1000000.00")
_HUNDRED = Decimal(100)


class Side(StrEnum):
    BUY = "BUY"
    SELL = "SELL"


class Status(StrEnum):
    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


# How long an order is left to the process that accepted it, before the recovery sweep drives it on. Both may drive it
# at once, so this only saves work.
GRACE = timedelta(seconds=8)

FINAL = frozenset({Status.COMPLETED, Status.FAILED})


@dataclass(frozen=True, slots=True)
class Quote:
    """What an asset costs now, in dollars a unit."""

    asset_id: str
    price: Decimal
    is_active: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a user asks for."""

    user_id: str
    side: Side
    asset_id: str
    quantity: Decimal
    limit_price: Decimal | None = None
    expected_price: Decimal | None = None
    max_slippage: Decimal | None = None  # percent
    request_id: str = ""  # empty in a preview alone

    def order_id(self) -> str:
        """The id of the order: the same for every replay of the request."""
        return ids.derive("order", self.user_id, self.request_id)

    def body(self) -> str:
        """What a replay must say again."""
        limits = (self.limit_price, self.expected_price, self.max_slippage)
        guards = ("" if limit is None else money.quantity(limit) for limit in limits)
        return ids.fingerprint(self.side.value, self.asset_id, money.quantity(self.quantity), *guards)

    def worst_price(self) -> Decimal | None:
        """The worst price that the user accepts, None for any."""
        guards = [] if self.limit_price is None else [self.limit_price]
        if self.expected_price is not None and self.max_slippage is not None:
            slip = money.EXACT.divide(self.max_slippage, _HUNDRED)
            factor = 1 + slip if self.side is Side.BUY else 1 - slip
            guards.append(money.EXACT.multiply(self.expected_price, factor))
        if not guards:
            return None
        return min(guards) if self.side is Side.BUY else max(guards)


@dataclass(frozen=True, slots=True)
class Order:
    """An order at a locked price. `version` counts its states.

    One that `is_unsure` may be stored or not, or be stored with another price and time: only what the request itself
    says is known of it.
    """

    order_id: str
    user_id: str
    side: Side
    asset_id: str
    quantity: Decimal
    price: Decimal
    limit_price: Decimal | None
    amount: Decimal
    request_id: str
    body: str
    created_at: datetime
    updated_at: datetime
    status: Status = Status.PENDING
    failure_reason: str = ""
    failure_message: str = ""
    version: int = 1
    is_unsure: bool = False

    @property
    def is_final(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.status in FINAL

    def completed(self, now: datetime) -> Order:
        """The order with its effect done."""
        return self._moved(Status.COMPLETED, now)

    def failed(self, reason: str, message: str, now: datetime) -> Order:
        """The order, refused: its effect never appears."""
        return replace(self._moved(Status.FAILED, now), failure_reason=reason, failure_message=message)

    def _moved(self, status: Status, now: datetime) -> Order:
        if self.is_final:
            raise ValueError(f"an order that is {self.status} cannot become {status}")
        return replace(self, status=status, updated_at=now, version=self.version + 1)


def accept(ticket: Ticket, quote: Quote, now: datetime) -> Order:
    """The order of a ticket at the price of a quote: PENDING, or FAILED when it can be refused at once."""
    order = Order(
        order_id=ticket.order_id(),
        user_id=ticket.user_id,
        side=ticket.side,
        asset_id=ticket.asset_id,
        quantity=ticket.quantity,
        price=quote.price,
        limit_price=ticket.limit_price,
        amount=money.value_of(ticket.quantity, quote.price),
        request_id=ticket.request_id,
        body=ticket.body(),
        created_at=now,
        updated_at=now,
    )
    obstacle = obstacle_to(ticket, quote)
    if obstacle is None:
        return order
    return replace(order, status=Status.FAILED, failure_reason=obstacle.reason, failure_message=obstacle.message)


def obstacle_to(ticket: Ticket, quote: Quote) -> FailedPrecondition | None:
    """Why a ticket is refused at a quote, before cash, holdings and stock are looked at."""
    if not quote.is_active:
        return FailedPrecondition("ASSET_INACTIVE", f"{ticket.asset_id} is not for trade")
    amount = money.value_of(ticket.quantity, quote.price)
    if not VALUE_MIN <= amount <= VALUE_MAX:
        return FailedPrecondition(
            "ORDER_VALUE_OUT_OF_RANGE",
            f"the order is worth {money.dollars(amount)} USD; it may be from {VALUE_MIN} to {VALUE_MAX}",
        )
    worst = ticket.worst_price()
    is_buy = ticket.side is Side.BUY
    if worst is not None and (quote.price > worst if is_buy else quote.price < worst):
        side = "above" if is_buy else "below"
        return FailedPrecondition(
            "PRICE_OUT_OF_BOUNDS", f"the price is {money.price(quote.price)} USD, {side} what the order accepts"
        )
    return None


def shortages(ticket: Ticket, amount: Decimal, cash: Decimal, held: Decimal, stock: Decimal) -> list[str]:
    """The reasons for which cash (dollars), the user's holding or the house's stock would not cover an order."""
    if ticket.side is Side.SELL:
        return ["INSUFFICIENT_HOLDINGS"] if held < ticket.quantity else []
    reasons = []
    if stock < ticket.quantity:
        reasons.append("OUT_OF_STOCK")
    if cash < amount or amount <= ZERO:
        reasons.append("INSUFFICIENT_FUNDS")
    return reasons
