"""How many login attempts are let through, and when. Knows neither the database nor the time.

The pattern is "Slow Down Online Guessing Attacks with Device Cookies" (OWASP): unknown devices share a limit, and known
devices of the owner have their own, so that an attacker cannot lock the owner out. Here a refresh token of an earlier
session is the device cookie, and the addresses from which the owner signed in are known as well.

Three budgets of an account can pay for an attempt: `anybody` pays first, from anywhere; when it is spent, one reserve
pays for known devices and one for known addresses. Each place (an address, or a device that proves to be known) also
has a pace of its own, at which it cannot spend all of `anybody` or of a reserve: an attacker in one place leaves
attempts to the owner, wherever the owner is. An attacker in several places shuts out only an owner with an unknown
device at an unknown address. The pace of a place does not depend on whether the account exists or knows the place.

An address also has a budget across all accounts. When it is spent, only the right password passes, and only from a
known device or for an account that knows the address; everything else gets the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from services.user.identity.login_attempts.budgets import Bucket, Budget

_PER_DAY_MAX = 100  # wrong passwords on one account, from wherever
_RESERVE_COST = 3  # to the pace of a place, so that no single place can spend a reserve


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
        cost = _cost(payer)
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

    def given_back(
        self, origin: Origin, limits: AttemptLimits, payer: Payer, before: AttemptHistory, counted: AttemptHistory
    ) -> AttemptHistory:
        """Returns the history without an attempt whose password was not compared: it told nobody anything.

        `before` and `counted` are the histories before and after it was charged. No delay remains of it either.
        """

        bucket = getattr(self, payer).restored(getattr(before, payer), getattr(counted, payer), getattr(limits, payer))
        places = dict(self.places)
        if origin.place in places:
            was, charged = before._pace(origin), counted._pace(origin)
            places[origin.place] = self._pace(origin).restored(was, charged, limits.place, _cost(payer))
        places = {place: pace for place, pace in places.items() if pace != Bucket()}
        recorded = self.refusal_recorded or before.refusal_recorded
        after = replace(self, places=places, version=self.version + 1, refusal_recorded=recorded)
        return replace(after, **{payer.value: bucket})

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


def _cost(payer: Payer) -> int:
    """Returns what an attempt costs the pace of its place."""
    return 1 if payer is Payer.ANYBODY else _RESERVE_COST
