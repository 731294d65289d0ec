"""Accounts, holdings and ledger entries: what is allowed, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from services.common import money
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition, ServiceError


class Kind(StrEnum):
    """What changes an account."""

    DEPOSIT = "DEPOSIT"
    WITHDRAWAL = "WITHDRAWAL"
    ORDER_PAYMENT = "ORDER_PAYMENT"
    ORDER_SALE = "ORDER_SALE"


@dataclass(frozen=True, slots=True)
class Limits:
    """What may come in and go out on one day (UTC), in dollars."""

    deposit: Decimal
    withdrawal: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """The cash of a user, in dollars. `version` counts the changes; `day` is that of the two sums."""

    available: Decimal
    held: Decimal
    version: int
    day: str
    deposited: Decimal
    withdrawn: Decimal
    updated_at: datetime

    @property
    def current(self) -> Decimal:
        """All the cash."""
        return self.available + self.held

    def _changed(self, amount: Decimal, now: datetime) -> Account:
        today = now.date().isoformat()
        # A clock that is behind does not open a day that another clock has begun.
        fresh = self if self.day >= today else replace(self, day=today, deposited=ZERO, withdrawn=ZERO)
        return replace(fresh, available=self.available + amount, version=self.version + 1, updated_at=now)

    def deposit(self, amount: Decimal, limits: Limits, now: datetime) -> Account:
        """The account with `amount` more. Raises FailedPrecondition DAILY_LIMIT_REACHED."""
        changed = self._changed(amount, now)
        deposited = changed.deposited + amount
        _check_limit("deposits", deposited, limits.deposit)
        return replace(changed, deposited=deposited)

    def withdraw(self, amount: Decimal, limits: Limits, now: datetime) -> Account:
        """The account with `amount` less. Raises FailedPrecondition INSUFFICIENT_FUNDS or DAILY_LIMIT_REACHED."""
        changed = self.pay(amount, now)
        withdrawn = changed.withdrawn + amount
        _check_limit("withdrawals", withdrawn, limits.withdrawal)
        return replace(changed, withdrawn=withdrawn)

    def pay(self, amount: Decimal, now: datetime) -> Account:
        """The account after paying for a trade. Raises FailedPrecondition INSUFFICIENT_FUNDS."""
        if self.available < amount:
            raise FailedPrecondition(
                "INSUFFICIENT_FUNDS",
                f"{money.dollars(amount)} USD are needed, {money.dollars(self.available)} are available",
                needed=money.dollars(amount),
                available=money.dollars(self.available),
            )
        return self._changed(-amount, now)

    def receive(self, amount: Decimal, now: datetime) -> Account:
        """The account after the proceeds of a trade."""
        return self._changed(amount, now)


def _check_limit(what: str, total: Decimal, limit: Decimal) -> None:
    if total > limit:
        raise FailedPrecondition(
            "DAILY_LIMIT_REACHED",
            f"{what} of one day may not pass {money.dollars(limit)} USD",
            limit=money.dollars(limit),
        )


@dataclass(frozen=True, slots=True)
class Holding:
    """What a user has of one asset, and what it cost in dollars. `version` counts the changes."""

    asset_id: str
    quantity: Decimal = ZERO
    held: Decimal = ZERO
    cost: Decimal = ZERO
    version: int = 0

    @property
    def available(self) -> Decimal:
        """What can be sold."""
        return self.quantity - self.held

    @property
    def average_cost(self) -> Decimal:
        """What one unit cost, in dollars."""
        return money.per_unit(self.cost, self.quantity) if self.quantity else ZERO

    def buy(self, quantity: Decimal, amount: Decimal) -> Holding:
        """The holding with `quantity` more, bought for `amount`."""
        return replace(self, quantity=self.quantity + quantity, cost=self.cost + amount, version=self.version + 1)

    def sell(self, quantity: Decimal) -> Holding:
        """The holding with `quantity` less, which takes its share of the cost with it (average cost).

        Raises FailedPrecondition INSUFFICIENT_HOLDINGS.
        """
        if self.available < quantity:
            needed, available = money.quantity(quantity), money.quantity(self.available)
            raise FailedPrecondition(
                "INSUFFICIENT_HOLDINGS",
                f"{needed} {self.asset_id} are needed, {available} are available",
                needed=needed,
                available=available,
            )
        left = self.quantity - quantity
        cost = money.share(left, self.quantity, self.cost)
        return replace(self, quantity=left, cost=cost, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Trade:
    """The account's side of an order. `quantity` and `amount` (dollars) are above 0 in both directions."""

    order_id: str
    is_buy: bool
    asset_id: str
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """One change that is asked for. Its id names it for ever; `body` tells a replay from another request."""

    effect_id: str
    body: str
    kind: Kind
    order_id: str = ""
    asset_id: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The first and final outcome of an effect: a ledger entry (`seq` > 0), or why there is none (`refusal`)."""

    effect: Effect
    created_at: datetime
    seq: int = 0
    amount: Decimal = ZERO
    balance_after: Decimal = ZERO
    quantity: Decimal = ZERO
    refusal: ServiceError | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """What an effect does to an account, and to a holding where it is a trade."""

    account: Account
    amount: Decimal
    holding: Holding | None = None
    quantity: Decimal = ZERO
