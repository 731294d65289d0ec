"""The values of the checker: the items of the tables, violations, and its own arithmetic.

It shares no such code with the services, so as not to repeat their mistakes.
"""

from __future__ import annotations

import decimal
import functools
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from services.common import ids

ZERO = Decimal(0)
CENT = Decimal("0.01")
_PRECISION = Decimal("0.00000001")
_EXACT = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_EVEN)


# Cached, since the same ids occur many times in a run.
derive = functools.lru_cache(maxsize=1 << 20)(ids.derive)


def product(one: Decimal, other: Decimal) -> Decimal:
    """Returns the exact product."""
    return _EXACT.multiply(one, other)


def worth(quantity: Decimal, price: Decimal, *, is_buy: bool) -> Decimal:
    """Returns quantity times price in whole cents: rounded up for a buy, down for a sell."""
    rounding = decimal.ROUND_CEILING if is_buy else decimal.ROUND_FLOOR
    return _EXACT.multiply(quantity, price).quantize(CENT, rounding=rounding, context=_EXACT)


def percentage(percent: Decimal, amount: Decimal) -> Decimal:
    """Returns a percentage of an amount, in whole cents, rounded up."""
    exact = _EXACT.divide(_EXACT.multiply(percent, amount), Decimal(100))
    return exact.quantize(CENT, rounding=decimal.ROUND_CEILING, context=_EXACT)


def share(part: Decimal, whole: Decimal, of: Decimal) -> Decimal:
    """Returns `of` times part / whole to 8 places, rounded half to even."""
    return _EXACT.divide(_EXACT.multiply(of, part), whole).quantize(_PRECISION, context=_EXACT)


@dataclass(frozen=True, slots=True)
class Violation:
    """The number of an invariant that does not hold, what is wrong, and with which item or call."""

    invariant: int
    what: str
    where: str

    def __str__(self) -> str:
        return f"invariant {self.invariant}: {self.where} {self.what}"


# What a check finds: (where, what), which together make a sentence.
Finding = tuple[str, str]


def violations(invariant: int, *groups: list[Finding]) -> list[Violation]:
    return [Violation(invariant, what, where) for group in groups for where, what in group]


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: str
    message: str
    metadata: dict[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    user_id: str
    username: str
    email: str
    request_id: str
    request_body: str
    version: int
    fields: dict[str, str | bool]  # those of the registration, in that order, and request_id
    role: str
    disabled: bool


class Line(NamedTuple):
    """A line of the ledger: the effect and the kind of an entry."""

    effect_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class StoredAccount:
    available: Decimal
    held: Decimal
    version: int
    days: list[tuple[str, Decimal, Decimal]]  # date, deposits, withdrawals
    lines: list[Line]  # of the last entries


@dataclass(frozen=True, slots=True)
class Holding:
    quantity: Decimal
    held: Decimal
    cost: Decimal
    version: int


@dataclass(frozen=True, slots=True)
class Entry:
    """The outcome of an effect on an account. The numbers of a refusal are 0."""

    user: str
    effect_id: str
    body: str
    kind: str
    order_id: str
    asset_id: str
    created_at: str
    refusal: Refusal | None
    seq: int
    amount: Decimal
    balance_after: Decimal
    quantity: Decimal
    fee: Decimal

    def __str__(self) -> str:
        number = f" (number {self.seq})" if self.refusal is None else ""
        return f"the {self.kind} {self.effect_id}{number} of the user {self.user}"


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of a step that changes the stock."""

    effect_id: str
    order_id: str
    asset_id: str
    change: Decimal
    amount: Decimal
    fee: Decimal
    refusal: Refusal | None
    restock: tuple[str, str] | None  # the admin and the request id of a restock

    def __str__(self) -> str:
        return f"the stock movement {self.effect_id} of {self.asset_id}"


class Shard(NamedTuple):
    """A part of the stock of an asset, and of what the house has traded and earned with it, in dollars."""

    available: Decimal = ZERO
    turnover: Decimal = ZERO
    fees: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Order:
    order_id: str
    user: str
    side: str
    asset_id: str
    quantity: Decimal
    price: Decimal
    limit_price: Decimal | None
    amount: Decimal
    fee: Decimal
    quote_amount: Decimal | None
    sell_all: bool
    price_seq: int
    price_source: str
    request_id: str
    body: str
    created_at: str
    updated_at: str
    state: str
    failure_reason: str
    failure_message: str
    failure_facts: dict[str, str]
    version: int
    created_key: str
    asset_key: str
    pending_shard: int | None
    is_due: bool
    quarantine_reason: str

    def __str__(self) -> str:
        return f"the order {self.order_id} of the user {self.user}"

    @property
    def is_buy(self) -> bool:
        return self.side == "BUY"

    @property
    def is_final(self) -> bool:
        return self.state in ("COMPLETED", "FAILED")

    @property
    def cash(self) -> Decimal:
        """The change of the user's dollars when the order is filled."""
        return -(self.amount + self.fee) if self.is_buy else self.amount - self.fee

    @property
    def is_by_quantity(self) -> bool:
        """Whether the user has named the quantity."""
        return self.quote_amount is None and not self.sell_all

    @property
    def units(self) -> Decimal:
        """The change of the user's holding when the order is filled. That of the stock is the opposite."""
        return self.quantity if self.is_buy else -self.quantity
