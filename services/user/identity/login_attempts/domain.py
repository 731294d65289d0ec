"""How many login attempts are let through, and when. Knows neither the database nor the time.

The pattern is "Slow Down Online Guessing Attacks with Device Cookies" (OWASP): unknown devices share a limit, and known
devices of the owner have their own, so that an attacker cannot lock the owner out. Here a refresh token of an earlier
session is the device cookie, and the addresses from which the owner signed in are known as well.

A budget is a leaky bucket. A quarter of a day's attempts may come in a burst; the rest come back at an even pace, so
that no more than `per_day` wrong passwords pass in any 24 hours. The first few attempts are free of delay; then the
delay doubles (1, 2, 4 ... s) up to the pace at which attempts come back. A refused attempt costs nothing.

Three budgets of an account can pay for an attempt: `anybody` pays first, from anywhere; when it is spent, one reserve
pays for known devices and one for known addresses. Each place (an address, or a device that proves to be known) also
has a pace of its own, at which it cannot spend all of `anybody` or of a reserve: an attacker in one place leaves
attempts to the owner, wherever the owner is. An attacker in several places shuts out only an owner with an unknown
device at an unknown address. The pace of a place does not depend on whether the account exists or knows the place.

An address also has a budget across all accounts. When it is spent, only the right password passes, and only from a
known device or for an account that knows the address; everything else gets the same answer.

The package `limits` does not fit: it has no leaky bucket and no DynamoDB, and cannot charge several budgets in one
conditional write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

_DAY_MS = 24 * 3600 * 1000
_PER_DAY_MAX = 100  # wrong passwords on one account, from wherever
_RESERVE_COST = 3  # to the pace of a place, so that no single place can spend a reserve


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

    def refunded(self, budget: Budget) -> Bucket:
        """Returns the bucket after an attempt has come back."""
        return replace(self, spent_until_ms=self.spent_until_ms - budget.period_ms)


@dataclass(frozen=True, slots=True)
class AttemptLimits:
    """The budgets of an account, the pace of a place, and the budget of an address across all accounts."""

    anybody: Budget
    addresses: Budget
    devices: Budget
    place: Budget
    address: Budget
    known_addresses_max: int
    places_max: int  # whose pace is remembered

    def __post_init__(self) -> None:
        if self.anybody.per_day + self.addresses.per_day + self.devices.per_day > _PER_DAY_MAX:
            raise ValueError(f"the budgets of an account must add up to at most {_PER_DAY_MAX} attempts per day")


class Payer(StrEnum):
    """The budgets of an account, by their names in `AttemptHistory` and `AttemptLimits`."""

    ANYBODY = "anybody"
    ADDRESSES = "addresses"
    DEVICES = "devices"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an attempt comes from: an address and, if the client proved it, a known device."""

    address: str
    device: str = ""

    @property
    def place(self) -> str:
        """What has a pace of its own: the device, so that others at its address do not slow it down."""
        return self.device or self.address


@dataclass(frozen=True, slots=True)
class AttemptHistory:
    """The attempts on an account, or on a name without an account.

    `known_addresses` are those of the owner, newest first. `places` holds the pace of each place, the latest last.
    `version` counts the changes. `refusal_recorded`: since the last counted attempt, a refusal was written to the audit
    trail.
    """

    anybody: Bucket = Bucket()
    addresses: Bucket = Bucket()
    devices: Bucket = Bucket()
    known_addresses: Sequence[str] = ()
    places: Mapping[str, Bucket] = field(default_factory=dict)
    version: int = 0
    refusal_recorded: bool = False

    def knows(self, origin: Origin) -> bool:
        """Returns whether the origin is a device or an address of the owner."""
        return bool(origin.device) or origin.address in self.known_addresses

    def wait_ms(self, origin: Origin, limits: AttemptLimits, now_ms: int) -> int:
        """Returns how long an attempt from there must wait."""
        place_ms = self._pace(origin).wait_ms(limits.place, now_ms)
        return max(place_ms, min(self._payer_wait_ms(payer, limits, now_ms) for payer in self._payers(origin)))

    def charged(self, origin: Origin, limits: AttemptLimits, now_ms: int) -> tuple[AttemptHistory, Payer]:
        """Returns the history after one attempt more, and what paid for it. Only for an attempt that need not wait."""
        payer = next(one for one in self._payers(origin) if not self._payer_wait_ms(one, limits, now_ms))
        paid = getattr(self, payer).charged(getattr(limits, payer), now_ms)
        cost = 1 if payer is Payer.ANYBODY else _RESERVE_COST
        pace = self._pace(origin).charged(limits.place, now_ms, cost)
        places = list({**self._other_places(origin), origin.place: pace}.items())
        after = replace(
            self,
            places=dict(places[-limits.places_max :]),
            version=self.version + 1,
            refusal_recorded=False,
            **{payer.value: paid},
        )
        return after, payer

    def succeeded(
        self, origin: Origin, limits: AttemptLimits, payer: Payer, *, refusal_recorded: bool
    ) -> AttemptHistory:
        """Returns the history after the right password: the attempt is refunded, and its address is known.

        `refusal_recorded` is the value from before the attempt. Wrong passwords stay spent: otherwise each sign-in of
        the owner would give an attacker a new budget.
        """
        refunded = getattr(self, payer).refunded(getattr(limits, payer))
        recorded = self.refusal_recorded or refusal_recorded
        return replace(self, refusal_recorded=recorded, **{payer.value: refunded}).welcomed(origin, limits)

    def welcomed(self, origin: Origin, limits: AttemptLimits) -> AttemptHistory:
        """Returns the history with the address among the known ones, and with a fresh pace for the place."""
        others = [address for address in self.known_addresses if address != origin.address]
        known_addresses = (origin.address, *others)[: limits.known_addresses_max]
        places = self._other_places(origin)
        return replace(self, known_addresses=known_addresses, places=places, version=self.version + 1)

    def _pace(self, origin: Origin) -> Bucket:
        return self.places.get(origin.place, Bucket())

    def _other_places(self, origin: Origin) -> dict[str, Bucket]:
        return {place: pace for place, pace in self.places.items() if place != origin.place}

    def _payers(self, origin: Origin) -> Sequence[Payer]:
        """Returns the budgets that may pay for an attempt, in order."""
        device = [Payer.DEVICES] if origin.device else []
        address = [Payer.ADDRESSES] if origin.address in self.known_addresses else []
        return [Payer.ANYBODY, *device, *address]

    def _payer_wait_ms(self, payer: Payer, limits: AttemptLimits, now_ms: int) -> int:
        bucket: Bucket = getattr(self, payer)
        return bucket.wait_ms(getattr(limits, payer), now_ms)
