"""Orders and their states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition
from services.order.ticket import Quote, Side, Ticket, net_amount
from services.prices.frame import Source

__all__ = ["GRACE", "Order", "OrderFilter", "PendingOrder", "Quote", "Side", "Status", "Ticket"]

# How long recovery leaves an order to the process that accepted or claimed it. Two processes may work on an order at
# the same time without harm; the grace period only avoids double work.
GRACE = timedelta(seconds=8)


class Status(StrEnum):
    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Order:
    """An order at a locked price. `version` is the number of its states so far. `amount` excludes the fee.

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
    fee: Decimal = ZERO
    quote_amount: Decimal | None = None
    sell_all: bool = False
    price_seq: int = 0
    price_source: Source | None = None

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
            fee=ticket.fee(quote),
            quote_amount=ticket.quote_amount,
            sell_all=ticket.sell_all,
            price_seq=quote.seq,
            price_source=quote.source,
        )

    @property
    def net_amount(self) -> Decimal:
        """What a buy pays or a sell brings in all, in dollars."""
        return net_amount(self.side, self.amount, self.fee)

    @property
    def is_by_quantity(self) -> bool:
        """Whether the user has named the quantity, so that it does not depend on the price or the holding."""
        return self.quote_amount is None and not self.sell_all

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
