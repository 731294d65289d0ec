"""Orders: the checks that a ticket has to pass, and the states of an order."""

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

# How long recovery leaves an order to the process that accepted or claimed it. Two processes may work on an order at
# the same time without harm; the grace period only avoids double work.
GRACE = timedelta(seconds=8)


class Side(StrEnum):
    BUY = "BUY"
    SELL = "SELL"


class Status(StrEnum):
    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Quote:
    """The current price of an asset, in dollars per unit."""

    asset_id: str
    price: Decimal
    is_active: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a user orders, before it becomes an order. Prices are in dollars per unit."""

    user_id: str
    side: Side
    asset_id: str
    quantity: Decimal
    limit_price: Decimal | None = None
    expected_price: Decimal | None = None
    max_slippage: Decimal | None = None  # percent of the expected price
    request_id: str = ""  # empty in a preview only

    def order_id(self) -> str:
        """Returns the id of the order, the same for every replay of the request."""
        return ids.derive("order", self.user_id, self.request_id)

    def fingerprint(self) -> str:
        """Returns a fingerprint that tells a replay from another request with the same id."""
        limits = (self.limit_price, self.expected_price, self.max_slippage)
        guards = ("" if limit is None else money.quantity(limit) for limit in limits)
        return ids.fingerprint(self.side.value, self.asset_id, money.quantity(self.quantity), *guards)

    def worst_price(self) -> Decimal | None:
        """Returns the worst price that the user accepts, None for any."""
        guards = [] if self.limit_price is None else [self.limit_price]
        if self.expected_price is not None and self.max_slippage is not None:
            slippage = money.EXACT.divide(self.max_slippage, _HUNDRED)
            factor = 1 + slippage if self.side is Side.BUY else 1 - slippage
            guards.append(money.EXACT.multiply(self.expected_price, factor))
        if not guards:
            return None
        return min(guards) if self.side is Side.BUY else max(guards)

    def amount(self, quote: Quote) -> Decimal:
        """Returns the value of the order at a quote, in dollars."""
        return money.value_of(self.quantity, quote.price)

    def check(self, quote: Quote) -> None:
        """Checks the ticket against a quote; cash, holding and stock are checked when the order is filled.

        Raises FailedPrecondition ASSET_INACTIVE, ORDER_VALUE_OUT_OF_RANGE or PRICE_OUT_OF_BOUNDS.
        """
        if not quote.is_active:
            raise FailedPrecondition("ASSET_INACTIVE", f"{self.asset_id} is closed for trading; choose another asset")
        amount = self.amount(quote)
        if not VALUE_MIN <= amount <= VALUE_MAX:
            raise FailedPrecondition(
                "ORDER_VALUE_OUT_OF_RANGE",
                f"the order is worth {money.dollars(amount)} USD; "
                f"change the quantity so that it is worth {VALUE_MIN} to {VALUE_MAX} USD",
            )
        worst = self.worst_price()
        is_buy = self.side is Side.BUY
        if worst is not None and (quote.price > worst if is_buy else quote.price < worst):
            side = "above" if is_buy else "below"
            raise FailedPrecondition(
                "PRICE_OUT_OF_BOUNDS",
                f"the price is {money.price(quote.price)} USD, {side} the limit of the order; "
                "change the limit or order again later",
            )


@dataclass(frozen=True, slots=True)
class Order:
    """An order at a locked price. `version` is the number of its states so far.

    If it `is_unconfirmed`, it may not be stored, or be stored with another price and time; only what the request says
    is known.
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
    fingerprint: str
    created_at: datetime
    updated_at: datetime
    status: Status = Status.PENDING
    failure_reason: str = ""
    failure_message: str = ""
    version: int = 1
    is_unconfirmed: bool = False

    @classmethod
    def accepted(cls, ticket: Ticket, quote: Quote, now: datetime) -> Order:
        """Returns a PENDING order at the price of a quote. Raises FailedPrecondition as `Ticket.check` does."""
        ticket.check(quote)
        return cls._of(ticket, quote, now)

    @classmethod
    def rejected(cls, ticket: Ticket, quote: Quote, refusal: FailedPrecondition, now: datetime) -> Order:
        """Returns a FAILED order that records why a ticket was not accepted, for replays."""
        order = cls._of(ticket, quote, now)
        return replace(order, status=Status.FAILED, failure_reason=refusal.reason, failure_message=refusal.message)

    @classmethod
    def _of(cls, ticket: Ticket, quote: Quote, now: datetime) -> Order:
        return cls(
            order_id=ticket.order_id(),
            user_id=ticket.user_id,
            side=ticket.side,
            asset_id=ticket.asset_id,
            quantity=ticket.quantity,
            price=quote.price,
            limit_price=ticket.limit_price,
            amount=ticket.amount(quote),
            request_id=ticket.request_id,
            fingerprint=ticket.fingerprint(),
            created_at=now,
            updated_at=now,
        )

    @property
    def is_final(self) -> bool:
        """Whether its status can no longer change."""
        return self.status is not Status.PENDING

    @property
    def refusal(self) -> FailedPrecondition | None:
        """The error to answer if the order has failed."""
        if self.status is not Status.FAILED:
            return None
        return FailedPrecondition(self.failure_reason, self.failure_message, order_id=self.order_id)

    def completed(self, now: datetime) -> Order:
        """Returns the order as COMPLETED."""
        return self._moved(Status.COMPLETED, now)

    def failed(self, refusal: FailedPrecondition, now: datetime) -> Order:
        """Returns the order as FAILED: one of its steps was refused, and it has no effect."""
        failed = self._moved(Status.FAILED, now)
        return replace(failed, failure_reason=refusal.reason, failure_message=refusal.message)

    def unconfirmed(self) -> Order:
        """Returns the order as PENDING, without what depends on whether it was stored."""
        return replace(self, status=Status.PENDING, failure_reason="", failure_message="", is_unconfirmed=True)

    def _moved(self, status: Status, now: datetime) -> Order:
        if self.is_final:
            raise ValueError(f"an order that is {self.status} cannot become {status}")
        return replace(self, status=status, updated_at=now, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Available:
    """What an order can use: the user's cash (dollars) and holding, and the stock of the house."""

    cash: Decimal = ZERO
    holding: Decimal = ZERO
    stock: Decimal = ZERO

    def shortfalls(self, ticket: Ticket, amount: Decimal) -> list[str]:
        """Returns the reasons for which an order of `amount` dollars would be refused, empty if it is covered."""
        if ticket.side is Side.SELL:
            return ["INSUFFICIENT_HOLDINGS"] if self.holding < ticket.quantity else []
        reasons = []
        if self.stock < ticket.quantity:
            reasons.append("OUT_OF_STOCK")
        if self.cash < amount or amount <= ZERO:
            reasons.append("INSUFFICIENT_FUNDS")
        return reasons


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Selects orders of a user; None selects any."""

    status: Status | None = None
    asset_id: str | None = None
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class PendingOrder:
    """An order that is not final, as recovery sees it.

    `failures` is the number of attempts that failed with an internal error; `releases` are the ids of the requests that
    have released it from quarantine.
    """

    order: Order
    shard: int
    due_at: datetime
    failures: int
    is_quarantined: bool = False
    reason: str = ""
    releases: tuple[str, ...] = ()
