"""Orders: what a user orders (the ticket), and the states of the order that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from services.common import ids, money
from services.common.rpc.errors import FailedPrecondition

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


def order_id_of(user_id: str, request_id: str) -> str:
    """Returns the id of the order that a request makes, the same for every replay of it."""
    return ids.derive("order", user_id, request_id)


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
        return order_id_of(self.user_id, self.request_id)

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
        """Returns the dollars that a buy pays or a sell brings: rounded in favour of the house.

        So trading in pieces never brings more than trading at once.
        """
        value = self.value(quote)
        return money.round_up(value) if self.side is Side.BUY else money.round_down(value)

    def value(self, quote: Quote) -> Decimal:
        """Returns the exact value at a quote, in dollars."""
        return money.EXACT.multiply(self.quantity, quote.price)


@dataclass(frozen=True, slots=True)
class Order:
    """An order at a locked price. `version` is the number of its states so far.

    If it `is_unconfirmed`, it is unknown whether it is stored, and with which price and time.
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
    failure_facts: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
    is_unconfirmed: bool = False

    @classmethod
    def accepted(cls, ticket: Ticket, quote: Quote, now: datetime) -> Order:
        """Returns a PENDING order at the price of a quote."""
        return cls._of(ticket, quote, now)

    @classmethod
    def rejected(cls, ticket: Ticket, quote: Quote, refusal: FailedPrecondition, now: datetime) -> Order:
        """Returns a FAILED order that records why a ticket was not accepted, for replays."""
        return _refused(cls._of(ticket, quote, now), refusal)

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
        facts = {**self.failure_facts, "order_id": self.order_id}
        return FailedPrecondition(self.failure_reason, self.failure_message, **facts)

    def completed(self, now: datetime) -> Order:
        """Returns the order as COMPLETED."""
        return self._moved(Status.COMPLETED, now)

    def failed(self, refusal: FailedPrecondition, now: datetime) -> Order:
        """Returns the order as FAILED: one of its steps was refused, and it has no effect."""
        return _refused(self._moved(Status.FAILED, now), refusal)

    def unconfirmed(self) -> Order:
        """Returns the order as PENDING, without what depends on whether it was stored."""
        pending = replace(self, status=Status.PENDING, failure_reason="", failure_message="", failure_facts={})
        return replace(pending, is_unconfirmed=True)

    def _moved(self, status: Status, now: datetime) -> Order:
        if self.is_final:
            raise ValueError(f"an order that is {self.status} cannot become {status}")
        return replace(self, status=status, updated_at=now, version=self.version + 1)


def _refused(order: Order, refusal: FailedPrecondition) -> Order:
    return replace(
        order,
        status=Status.FAILED,
        failure_reason=refusal.reason,
        failure_message=refusal.message,
        failure_facts=refusal.metadata,
    )


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Selects orders of a user; None selects any. They were accepted at `start_time` or later and before `end_time`."""

    status: Status | None = None
    asset_id: str | None = None
    side: Side | None = None
    start_time: datetime | None = None
    end_time: datetime | None = None


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
