"""What the checker talks about: the items of the tables as values, violations, and its own arithmetic.

None of it is shared with the services, so that a mistake there is not repeated here.
"""

from __future__ import annotations

import decimal
import functools
from dataclasses import dataclass
from decimal import Decimal

from services.common import ids

ZERO = Decimal(0)
CENT = Decimal("0.01")
_EXACT = decimal.Context(prec=60, rounding=decimal.ROUND_HALF_EVEN)


# A run has the same ids in many places.
derive = functools.lru_cache(maxsize=1 << 20)(ids.derive)


def worth(quantity: Decimal, price: Decimal) -> Decimal:
    """Quantity times price in whole cents, rounded half-even."""
    return _EXACT.multiply(quantity, price).quantize(CENT, context=_EXACT)


def share(part: Decimal, whole: Decimal, of: Decimal) -> Decimal:
    """`of` times part / whole in whole cents, rounded half-even."""
    return _EXACT.divide(_EXACT.multiply(of, part), whole).quantize(CENT, context=_EXACT)


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant (its number in the list) that does not hold, what is wrong, and of which item or call."""

    invariant: int
    what: str
    where: str

    def __str__(self) -> str:
        return f"invariant {self.invariant}: {self.where} {self.what}"


# What the checks find: (where, what), which read together are a sentence.
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
    fields: dict[str, str | bool]  # those of a registration, in its order, with request_id
    role: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Account:
    available: Decimal
    held: Decimal
    version: int
    day: str
    deposited: Decimal
    withdrawn: Decimal


@dataclass(frozen=True, slots=True)
class Holding:
    quantity: Decimal
    held: Decimal
    cost: Decimal
    version: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one effect on an account. With a refusal, the numbers are 0."""

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

    def __str__(self) -> str:
        number = f" (number {self.seq})" if self.refusal is None else ""
        return f"the {self.kind} {self.effect_id}{number} of the user {self.user}"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one step that moves stock."""

    effect_id: str
    order_id: str
    asset_id: str
    change: Decimal
    refusal: Refusal | None
    restock: tuple[str, str] | None  # the admin and the request that added to the stock

    def __str__(self) -> str:
        return f"the stock movement {self.effect_id} of {self.asset_id}"


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
    request_id: str
    body: str
    created_at: str
    updated_at: str
    state: str
    failure_reason: str
    failure_message: str
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
        """What it does to the user's dollars when it is filled."""
        return -self.amount if self.is_buy else self.amount

    @property
    def units(self) -> Decimal:
        """What it does to the user's holding when it is filled; to the stock, the opposite."""
        return self.quantity if self.is_buy else -self.quantity
