"""How many guesses at a password are let through, and when. Knows neither a database nor a clock of its own.

A budget is a leaky bucket: a quarter of a day's tries may come in one go, the rest comes back evenly, so that in no 24
hours more than `per_day` go through, wherever they begin. The first few tries are free of delay; then each next one
waits 1, 2, 4 ... s, up to the pace at which tries come back. A try that is refused costs nothing and prolongs nothing:
whoever has the right password waits at most that long.

An account has two budgets, for wrong passwords from everywhere (`anybody`) and a reserve, which opens when others have
spent the first: only for addresses from which the owner has signed in before. So nobody elsewhere keeps the owner out.
Each of these addresses has a pace of its own. It is that of `anybody`, so that one who guesses alone sees the same
whether there is such an account or not, and whether the owner was ever here.

An address has a budget over all accounts. When it is spent, only owners who have signed in there before get in; and
they with the right password alone, all else is answered alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

_DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Budget:
    """How many wrong passwords may go through in any 24 hours, and how many of them without delay."""

    per_day: int
    free: int

    def __post_init__(self) -> None:
        if self.per_day < 4 or self.free < 1:
            raise ValueError("a budget is at least 4 tries a day, one of them without delay")

    @property
    def burst(self) -> int:
        """How many may come in one go."""
        return self.per_day // 4

    @property
    def period_ms(self) -> int:
        """How long it takes until one comes back."""
        return -(-_DAY_MS // (self.per_day - self.burst))

    def delay_ms(self, outstanding: int) -> int:
        """How long the next try waits after the last, when so many have not come back."""
        if outstanding < self.free:
            return 0
        return min(1000 << min(outstanding - self.free, 32), self.period_ms)


@dataclass(frozen=True, slots=True)
class Tries:
    """What was spent of a budget: when all of it will have come back, and when the last try was made (epoch, ms)."""

    spent_until_ms: int = 0
    last_ms: int = 0

    def wait_ms(self, budget: Budget, now_ms: int) -> int:
        """How long the next try must wait; 0 when it may be made now."""
        outstanding = -(-max(0, self.spent_until_ms - self.last_ms) // budget.period_ms)
        delayed_until_ms = self.last_ms + budget.delay_ms(outstanding)
        full_until_ms = self.spent_until_ms - (budget.burst - 1) * budget.period_ms
        return max(0, delayed_until_ms - now_ms, full_until_ms - now_ms)

    def charged(self, budget: Budget, now_ms: int) -> Tries:
        """With one try more."""
        return Tries(max(self.spent_until_ms, now_ms) + budget.period_ms, now_ms)

    def refunded(self, budget: Budget) -> Tries:
        """With one try less."""
        return replace(self, spent_until_ms=self.spent_until_ms - budget.period_ms)


@dataclass(frozen=True, slots=True)
class Limits:
    """The budgets of an account from everywhere, of its reserve, and of an address over all accounts."""

    anybody: Budget
    reserve: Budget
    address: Budget
    known_max: int  # addresses that are remembered with an account


@dataclass(frozen=True, slots=True)
class Account:
    """What was tried on an account, or on a name that has none. `known` are the addresses of its owner, newest first.

    `version` counts the changes. `noted`: a refusal is in the audit trail since the last try was counted.
    """

    anybody: Tries = Tries()
    reserve: Tries = Tries()
    known: Mapping[str, Tries] = field(default_factory=dict)
    version: int = 0
    noted: bool = False

    def wait_ms(self, address: str, limits: Limits, now_ms: int) -> int:
        """How long a try from that address must wait; 0 when it may be made now."""
        anybody_ms = self.anybody.wait_ms(limits.anybody, now_ms)
        if address not in self.known:
            return anybody_ms
        own_ms = self.known[address].wait_ms(limits.anybody, now_ms)
        return max(own_ms, min(anybody_ms, self.reserve.wait_ms(limits.reserve, now_ms)))

    def charged(self, address: str, limits: Limits, now_ms: int) -> tuple[Account, bool]:
        """With one try more, and whether the reserve paid for it. For a try that need not wait."""
        from_reserve = self.anybody.wait_ms(limits.anybody, now_ms) > 0
        known = dict(self.known)
        if address in known:
            known[address] = known[address].charged(limits.anybody, now_ms)
        if from_reserve:
            after = replace(self, reserve=self.reserve.charged(limits.reserve, now_ms), known=known)
        else:
            after = replace(self, anybody=self.anybody.charged(limits.anybody, now_ms), known=known)
        return replace(after, version=self.version + 1, noted=False), from_reserve

    def succeeded(self, address: str, limits: Limits, *, from_reserve: bool) -> Account:
        """After the right password: the try costs nothing, and its address is one of the owner's.

        What was guessed before stays spent, else each sign-in of the owner would give a guesser a new budget.
        """
        if from_reserve:
            after = replace(self, reserve=self.reserve.refunded(limits.reserve))
        else:
            after = replace(self, anybody=self.anybody.refunded(limits.anybody))
        return after.welcomed(address, limits)

    def welcomed(self, address: str, limits: Limits) -> Account:
        """With an address of the owner's, which begins anew."""
        others = [(name, tries) for name, tries in self.known.items() if name != address]
        known = dict([(address, Tries()), *others][: limits.known_max])
        return replace(self, known=known, version=self.version + 1)
