"""How many guesses at a password are let through, and when. Knows neither a database nor a clock of its own.

A budget is a leaky bucket: a quarter of a day's tries may come in one go, the rest comes back evenly, so that in no 24
hours more than `per_day` go through, wherever they begin. The first few tries are free of delay; then each next one
waits 1, 2, 4 ... s, up to the pace at which tries come back. A try that is refused costs nothing and prolongs nothing.

An account has three budgets. That for wrong passwords from everywhere (`anybody`) pays first. When it is spent, one
reserve pays for devices that show a token of an earlier session, the other at addresses from which the owner has signed
in before. Each address, and each such device, has a pace of its own, at which it cannot spend all of the first budget,
nor of a reserve, which costs it more: one who guesses from one place leaves tries to the owner, wherever he is. Whoever
guesses from several places at once keeps him out of those alone where he never was, with a device that never was his.

The pace of a place is the same whether there is such an account or not, and whether the owner was ever there.

An address has a budget over all accounts. When it is spent, only owners who have signed in there before get in, or show
their device; and they with the right password alone, all else is answered alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

_DAY_MS = 24 * 3600 * 1000
_PER_DAY_MAX = 100  # wrong passwords on one account, wherever they come from
_RESERVE_COST = 3  # of a try that a reserve pays for, to the pace of its place: so that it leaves some to other places


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

    def charged(self, budget: Budget, now_ms: int, cost: int = 1) -> Tries:
        """With one try more, which costs as much as so many."""
        return Tries(max(self.spent_until_ms, now_ms) + cost * budget.period_ms, now_ms)

    def refunded(self, budget: Budget) -> Tries:
        """With one try less."""
        return replace(self, spent_until_ms=self.spent_until_ms - budget.period_ms)


@dataclass(frozen=True, slots=True)
class Limits:
    """The budgets of an account, the pace of a place that tries it, and the budget of an address over all accounts."""

    anybody: Budget
    addresses: Budget
    devices: Budget
    place: Budget
    address: Budget
    known_max: int  # addresses of the owner that are remembered
    places_max: int  # places whose pace is remembered

    def __post_init__(self) -> None:
        if self.anybody.per_day + self.addresses.per_day + self.devices.per_day > _PER_DAY_MAX:
            raise ValueError(f"all budgets of an account together are at most {_PER_DAY_MAX} tries a day")


class Payer(StrEnum):
    """The budgets of an account, by the names that they have in `Account` and `Limits`."""

    ANYBODY = "anybody"
    ADDRESSES = "addresses"
    DEVICES = "devices"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a try comes from: an address and, when it was shown to be the owner's, a device."""

    address: str
    device: str = ""

    @property
    def place(self) -> str:
        """What has a pace of its own: the device, so that nobody else at its address slows it down."""
        return self.device or self.address


@dataclass(frozen=True, slots=True)
class Account:
    """What was tried on an account, or on a name that has none. `known` are the addresses of its owner, newest first.

    `places` have the tries of each place, the one that tried last at the end. `version` counts the changes. `noted`: a
    refusal is in the audit trail since the last try was counted.
    """

    anybody: Tries = Tries()
    addresses: Tries = Tries()
    devices: Tries = Tries()
    known: Sequence[str] = ()
    places: Mapping[str, Tries] = field(default_factory=dict)
    version: int = 0
    noted: bool = False

    def wait_ms(self, origin: Origin, limits: Limits, now_ms: int) -> int:
        """How long a try from there must wait; 0 when it may be made now."""
        own_ms = self._pace(origin).wait_ms(limits.place, now_ms)
        return max(own_ms, min(self._wait_ms(payer, limits, now_ms) for payer in self._payers(origin)))

    def charged(self, origin: Origin, limits: Limits, now_ms: int) -> tuple[Account, Payer]:
        """With one try more, and what has paid for it. For a try that need not wait."""
        payer = next(one for one in self._payers(origin) if not self._wait_ms(one, limits, now_ms))
        paid = getattr(self, payer).charged(getattr(limits, payer), now_ms)
        others = {place: tries for place, tries in self.places.items() if place != origin.place}
        cost = 1 if payer is Payer.ANYBODY else _RESERVE_COST
        newest = list({**others, origin.place: self._pace(origin).charged(limits.place, now_ms, cost)}.items())
        places = dict(newest[-limits.places_max :])
        after = replace(self, places=places, version=self.version + 1, noted=False, **{payer.value: paid})
        return after, payer

    def succeeded(self, origin: Origin, limits: Limits, payer: Payer, *, noted: bool) -> Account:
        """After the right password: the try costs nothing, and its address is one of the owner's.

        `noted` is what it was before the try, which begins no bout of refusals. What was guessed before stays spent,
        else each sign-in of the owner would give a guesser a new budget.
        """
        refunded = getattr(self, payer).refunded(getattr(limits, payer))
        return replace(self, noted=self.noted or noted, **{payer.value: refunded}).welcomed(origin, limits)

    def welcomed(self, origin: Origin, limits: Limits) -> Account:
        """With an address of the owner's; the place begins anew."""
        others = [address for address in self.known if address != origin.address]
        known = (origin.address, *others)[: limits.known_max]
        places = {place: tries for place, tries in self.places.items() if place != origin.place}
        return replace(self, known=known, places=places, version=self.version + 1)

    def _pace(self, origin: Origin) -> Tries:
        return self.places.get(origin.place, Tries())

    def _payers(self, origin: Origin) -> Sequence[Payer]:
        """The budgets that may pay for a try, in their order."""
        device = [Payer.DEVICES] if origin.device else []
        address = [Payer.ADDRESSES] if origin.address in self.known else []
        return [Payer.ANYBODY, *device, *address]

    def _wait_ms(self, payer: Payer, limits: Limits, now_ms: int) -> int:
        tries: Tries = getattr(self, payer)
        return tries.wait_ms(getattr(limits, payer), now_ms)
