"""Accounts, and the rules by which their cash changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from services.common import money
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition
from services.user.ledger import lines
from services.user.ledger.lines import Line

# Enough for the dates of a right and a wrong clock on the last two days.
_DAYS_MAX = 4


@dataclass(frozen=True, slots=True)
class DailyLimits:
    """The maximum deposits and withdrawals of an account per day (UTC), in dollars."""

    deposit: Decimal
    withdrawal: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    """The deposits and withdrawals of an account on a date (ISO, UTC), in dollars."""

    date: str
    deposited: Decimal = ZERO
    withdrawn: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Account:
    """The cash of a user, in dollars.

    `version` is the number of changes so far. `days` are the last dates with deposits or withdrawals, the one used last
    first. There are several because the clocks of replicas can differ: a replica whose clock is wrong uses up the
    limits of another date, and neither blocks today's nor starts it again. `lines` are the packed lines of the last
    entries: as many as a chapter, at most.
    """

    available: Decimal
    held: Decimal
    version: int
    days: tuple[Day, ...]
    updated_at: datetime
    lines: bytes = b""

    @property
    def current(self) -> Decimal:
        """The available and the held dollars."""
        return self.available + self.held

    def with_line(self, line: Line) -> Account:
        """Returns the account with the line of its last entry."""
        return replace(self, lines=lines.with_line(self.lines, line))

    def _changed(self, amount: Decimal, now: datetime) -> Account:
        return replace(self, available=self.available + amount, version=self.version + 1, updated_at=now)

    def _day(self, now: datetime) -> Day:
        """Returns the totals of the day so far."""
        date = now.date().isoformat()
        return next((day for day in self.days if day.date == date), Day(date))

    def _with(self, today: Day) -> tuple[Day, ...]:
        others = (day for day in self.days if day.date != today.date)
        return (today, *others)[:_DAYS_MAX]

    def deposit(self, amount: Decimal, limits: DailyLimits, now: datetime) -> Account:
        """Returns the account after a deposit. Raises FailedPrecondition DAILY_LIMIT_REACHED."""
        day = self._day(now)
        deposited = day.deposited + amount
        _check_limit("deposits", deposited, limits.deposit)
        return replace(self._changed(amount, now), days=self._with(replace(day, deposited=deposited)))

    def withdraw(self, amount: Decimal, limits: DailyLimits, now: datetime) -> Account:
        """Returns the account after a withdrawal.

        Raises FailedPrecondition INSUFFICIENT_FUNDS or DAILY_LIMIT_REACHED.
        """
        paid, day = self.pay(amount, now), self._day(now)
        withdrawn = day.withdrawn + amount
        _check_limit("withdrawals", withdrawn, limits.withdrawal)
        return replace(paid, days=self._with(replace(day, withdrawn=withdrawn)))

    def pay(self, amount: Decimal, now: datetime) -> Account:
        """Returns the account after the payment of a trade. Raises FailedPrecondition INSUFFICIENT_FUNDS."""
        if self.available < amount:
            needed, available = money.dollars(amount), money.dollars(self.available)
            raise FailedPrecondition(
                "INSUFFICIENT_FUNDS",
                f"{needed} USD needed, but only {available} USD available; deposit more or lower the amount",
                needed=needed,
                available=available,
            )
        return self._changed(-amount, now)

    def receive(self, amount: Decimal, now: datetime) -> Account:
        """Returns the account after the proceeds of a trade."""
        return self._changed(amount, now)


def _check_limit(what: str, total: Decimal, limit: Decimal) -> None:
    if total > limit:
        raise FailedPrecondition(
            "DAILY_LIMIT_REACHED",
            f"{what} are limited to {money.dollars(limit)} USD per day (UTC); lower the amount or wait a day",
            limit=money.dollars(limit),
        )
