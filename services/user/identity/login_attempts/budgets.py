"""How many attempts are let through, and when: a leaky bucket. Knows neither the database nor the time.

A quarter of a day's attempts may come in a burst; the rest come back at an even pace, so that no more than `per_day`
wrong passwords pass in any 24 hours. The first few attempts are free of delay; then the delay doubles (1, 2, 4 ... s)
up to the pace at which attempts come back. A refused attempt costs nothing.

The package `limits` does not fit: it has no leaky bucket and no DynamoDB, and cannot charge several budgets in one
conditional write.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

_DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Budget:
    """The number of wrong passwords in any 24 hours, and the number of those in a row that cost no delay."""

    per_day: int
    free: int

    def __post_init__(self) -> None:
        if self.per_day < 4 or self.free < 1:
            raise ValueError("a budget must be at least 4 attempts per day, with at least one free of delay")

    @property
    def burst(self) -> int:
        """The number of attempts that may come at once."""
        return self.per_day // 4

    @property
    def period_ms(self) -> int:
        """The time after which one more attempt comes back."""
        return -(-_DAY_MS // (self.per_day - self.burst))

    def delay_ms(self, outstanding: int) -> int:
        """Returns the delay after the last attempt when so many attempts have not come back yet."""
        if outstanding < self.free:
            return 0
        return min(1000 << min(outstanding - self.free, 32), self.period_ms)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is spent of a budget: when all of it will have come back, and when the last attempt was (ms since 1970)."""

    spent_until_ms: int = 0
    last_ms: int = 0

    def wait_ms(self, budget: Budget, now_ms: int) -> int:
        """Returns how long the next attempt must wait."""
        outstanding = -(-max(0, self.spent_until_ms - self.last_ms) // budget.period_ms)
        delayed_until_ms = self.last_ms + budget.delay_ms(outstanding)
        full_until_ms = self.spent_until_ms - (budget.burst - 1) * budget.period_ms
        return max(0, delayed_until_ms - now_ms, full_until_ms - now_ms)

    def charged(self, budget: Budget, now_ms: int, cost: int = 1) -> Bucket:
        """Returns the bucket after one attempt more, which costs as much as `cost` attempts."""
        return Bucket(max(self.spent_until_ms, now_ms) + cost * budget.period_ms, now_ms)

    def refunded(self, budget: Budget, cost: int = 1) -> Bucket:
        """Returns the bucket after an attempt has come back."""
        return replace(self, spent_until_ms=self.spent_until_ms - cost * budget.period_ms)

    def restored(self, before: Bucket, charged: Bucket, budget: Budget, cost: int = 1) -> Bucket:
        """Returns the bucket without the charge between the two; the one before if no other charge has followed."""
        return before if self == charged else self.refunded(budget, cost)
