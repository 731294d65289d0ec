from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from services.common.startup import StartupError
from services.user.identity.login_attempts.domain import AttemptHistory, AttemptLimits, Bucket, Budget, Origin
from services.user.settings import SignIn

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
START = 1_772_366_400_000
LIMITS = SignIn().limits()
HOME, OFFICE, ELSEWHERE = Origin("home"), Origin("office"), Origin("elsewhere")
PHONE = Origin("a network on the way", "phone")


class Target:
    """An account that is attacked, and the times at which wrong passwords got through."""

    def __init__(self, history: AttemptHistory = AttemptHistory(), limits: AttemptLimits = LIMITS) -> None:  # noqa: B008 - frozen
        self.history = history
        self.limits = limits
        self.through: list[int] = []

    def wait(self, origin: Origin, now: int) -> int:
        return self.history.wait_ms(origin, self.limits, now)

    def guess(self, origin: Origin, now: int) -> bool:
        """Tries a wrong password. Returns whether it got through."""
        if self.wait(origin, now):
            return False
        self.history, _ = self.history.charged(origin, self.limits, now)
        self.through.append(now)
        return True

    def sign_in(self, origin: Origin, now: int) -> bool:
        """Tries the right password. Returns whether it got through."""
        if self.wait(origin, now):
            return False
        charged, payer = self.history.charged(origin, self.limits, now)
        recorded = self.history.refusal_recorded
        self.history = charged.succeeded(origin, self.limits, payer, refusal_recorded=recorded)
        return True

    def most_in_a_day(self) -> int:
        """Returns the most wrong passwords that got through in any 24 hours."""
        first, most = 0, 0
        for last, moment in enumerate(self.through):
            while self.through[first] <= moment - DAY:
                first += 1
            most = max(most, last - first + 1)
        return most


def hammer(account: Target, origins: list[Origin], begin: int, end: int) -> None:
    """Tries wrong passwords from each of the origins as soon as it may."""
    now = begin
    while now < end:
        for origin in origins:
            account.guess(origin, now)
        now += max(1, min(account.wait(origin, now) for origin in origins))


def everywhere(count: int) -> list[Origin]:
    """Returns unknown places."""
    return [Origin(f"elsewhere-{n}") for n in range(count)]


def known(*origins: Origin) -> AttemptHistory:
    """Returns the history of an account whose owner signed in from these addresses."""
    history = AttemptHistory()
    for origin in origins:
        history = history.welcomed(origin, LIMITS)
    return history


def test_the_first_wrong_passwords_cost_no_delay_and_then_the_delay_doubles() -> None:
    account, now, waits = Target(), START, []
    for _ in range(10):
        assert account.guess(ELSEWHERE, now)
        waits.append(account.wait(ELSEWHERE, now))
        now += waits[-1]
    assert waits == [0, 0, 0, 0] + [SECOND << n for n in range(6)]


def test_the_delay_never_exceeds_the_pace_at_which_attempts_come_back() -> None:
    account, longest, now = Target(), 0, START
    while now < START + 3 * DAY:
        assert account.guess(ELSEWHERE, now)
        longest = max(longest, account.wait(ELSEWHERE, now))
        now += max(1, account.wait(ELSEWHERE, now))
    assert longest == LIMITS.place.period_ms
    assert 42 * MINUTE < longest < 43 * MINUTE


@pytest.mark.parametrize("seed", range(5))
def test_at_most_60_wrong_passwords_get_through_from_unknown_places_in_any_24_hours(seed: int) -> None:
    rhythm, account, now = random.Random(seed), Target(), START  # noqa: S311 - a rhythm
    hammer(account, everywhere(30), START, START + 2 * DAY)
    now = START + 2 * DAY
    while now < START + 8 * DAY:  # pauses, so that attempts come back, and goes on
        now += rhythm.choice([0, SECOND, HOUR, 9 * HOUR])
        until = now + rhythm.choice([HOUR, 20 * HOUR])
        hammer(account, everywhere(30), now, until)
        now = until
    assert 45 < account.most_in_a_day() <= 60


def test_three_quarters_of_them_at_most_come_from_one_place() -> None:
    account = Target()
    hammer(account, [ELSEWHERE], START, START + 4 * DAY)
    assert 30 < account.most_in_a_day() <= 45


def test_at_most_100_get_through_from_all_known_addresses_and_devices_in_any_24_hours() -> None:
    addresses = [Origin(f"known-{n}") for n in range(LIMITS.known_addresses_max)]
    account = Target(known(*addresses))
    phones = [Origin("anywhere", f"phone-{n}") for n in range(5)]
    hammer(account, [*everywhere(5), *addresses, *phones], START, START + 4 * DAY)
    assert 80 < account.most_in_a_day() <= 100


@pytest.mark.parametrize("budget", ["attempts_per_day", "address_reserve_per_day", "device_reserve_per_day"])
def test_no_settings_let_more_than_100_through(budget: str) -> None:
    one_more: dict[str, Any] = {budget: getattr(SignIn(), budget) + 1}
    with pytest.raises(StartupError, match="100"):
        replace(SignIn(), **one_more).limits()


def test_sign_ins_of_the_owner_give_an_attacker_nothing() -> None:
    account = Target(known(HOME))
    for hour in range(72):
        hammer(account, everywhere(30), START + hour * HOUR, START + (hour + 1) * HOUR)
        assert account.sign_in(HOME, START + (hour + 1) * HOUR)
    assert 45 < account.most_in_a_day() <= 60


@pytest.mark.parametrize("owner", [HOME, PHONE], ids=["a known address", "a known device"])
@pytest.mark.parametrize("attackers", [1, 50])
def test_an_attacker_elsewhere_never_shuts_the_owner_out_of_a_known_place(attackers: int, owner: Origin) -> None:
    account = Target(known(HOME))
    for at in range(0, 2 * DAY, 10 * MINUTE):
        for attacker in everywhere(attackers):
            account.guess(attacker, START + at)
        assert account.sign_in(owner, START + at)


def test_an_attacker_in_one_place_lets_the_owner_in_anywhere_else() -> None:
    account, waited, since, here = Target(), 0, 0, ELSEWHERE
    for at in range(0, 3 * DAY, SECOND):
        account.guess(ELSEWHERE, START + at)  # every second
        if at % (6 * HOUR) == HOUR:  # the owner comes to an unknown place, and tries every minute
            since, here = at, Origin(f"on the way {at}")
        if since and (at - since) % MINUTE == 0 and account.sign_in(here, START + at):
            waited, since = max(waited, at - since), 0
    assert not since
    assert waited <= MINUTE


def test_an_attacker_at_a_known_address_does_not_shut_out_a_known_device() -> None:
    account = Target(known(HOME))
    for at in range(0, 2 * DAY, 10 * SECOND):
        account.guess(HOME, START + at)
        if at % MINUTE == 0:
            assert account.sign_in(Origin("home", "phone"), START + at)


def waits(account: Target, owner: Origin, attackers: list[Origin]) -> list[bool]:
    """Returns whether the owner had to wait, for each half hour of the second and third day of an attack."""
    waited = []
    for at in range(0, 3 * DAY, 30 * SECOND):
        for attacker in attackers:
            account.guess(attacker, START + at)
        if at >= DAY and at % (HOUR // 2) == 0:
            waited.append(not account.sign_in(owner, START + at))
    return waited


@pytest.mark.parametrize("owner", [HOME, Origin("home", "phone"), PHONE], ids=["home", "phone at home", "phone"])
def test_a_thief_with_a_token_of_the_owner_does_not_shut_the_owner_out(owner: Origin) -> None:
    thief = [Origin("a thief's"), Origin("a thief's", "stolen")]
    assert not any(waits(Target(known(HOME)), owner, thief))


def test_an_attacker_at_one_known_address_leaves_the_others_to_the_owner() -> None:
    assert not any(waits(Target(known(OFFICE, HOME)), HOME, [OFFICE, *everywhere(3)]))


def test_attackers_in_two_places_shut_out_only_an_owner_without_a_known_device_or_address() -> None:
    """The limit of the pattern: nothing tells this owner from another attacker."""
    assert all(waits(Target(known(HOME)), Origin("a new place"), everywhere(2)))


def test_an_attacker_with_a_known_device_is_held_to_the_pace_of_that_device() -> None:
    account, stolen = Target(known(HOME)), Origin("a thief's", "tablet")
    hammer(account, [stolen], START, START + DAY)
    assert account.sign_in(HOME, START + DAY)
    assert account.sign_in(PHONE, START + DAY)
    assert account.most_in_a_day() <= 45


def test_the_owner_may_mistype_during_an_attack() -> None:
    for owner in (HOME, PHONE):
        account = Target(known(HOME))
        hammer(account, everywhere(30), START, START + DAY)
        assert [account.guess(owner, START + DAY) for _ in range(2)] == [True] * 2
        assert account.sign_in(owner, START + DAY + 2 * SECOND)


def test_refused_attempts_do_not_prolong_the_wait() -> None:
    account = Target()
    for _ in range(1000):
        account.guess(HOME, START)
    assert account.wait(HOME, START) == SECOND
    assert account.sign_in(HOME, START + SECOND)


def test_the_right_password_is_never_counted() -> None:
    account = Target()
    assert all(account.sign_in(HOME, START + n) for n in range(500))


def test_the_waits_do_not_tell_an_account_from_a_name_without_one() -> None:
    nobody, somebody = Target(), Target(known(OFFICE, HOME))
    for at in range(0, 2 * DAY, 7 * SECOND):
        assert nobody.wait(HOME, START + at) == somebody.wait(HOME, START + at)
        nobody.guess(HOME, START + at)
        somebody.guess(HOME, START + at)
    assert nobody.through == somebody.through


def test_the_newest_addresses_are_remembered() -> None:
    history = known(*(Origin(name) for name in "abcdeaf"))
    assert list(history.known_addresses) == ["f", "a", "e", "d", "c"]


def test_the_places_with_the_latest_attempts_are_remembered() -> None:
    account, names = Target(), "abcdefghijklmnopqrstuvwxyz"
    for at, name in enumerate([*names, "a"]):
        account.guess(Origin(name), START + at * HOUR)
    assert list(account.history.places) == [*names[-LIMITS.places_max + 1 :], "a"]


def test_an_address_fails_100_times_without_delay_and_then_at_most_once_a_minute() -> None:
    bucket, now, through = Bucket(), START, []
    while now < START + DAY:
        bucket = bucket.charged(LIMITS.address, now)
        through.append(now)
        now += bucket.wait_ms(LIMITS.address, now)
    assert through[99] == START < through[100]
    assert len(through) < 2000
    assert through[-1] - through[-2] == LIMITS.address.period_ms == 57_600


def test_a_clock_that_is_behind_that_of_another_replica_opens_nothing() -> None:
    account = Target()
    hammer(account, [ELSEWHERE], START, START + DAY)
    assert account.wait(ELSEWHERE, START + DAY - HOUR) >= account.wait(ELSEWHERE, START + DAY)


@pytest.mark.parametrize("numbers", [(3, 1), (0, 0), (80, 0), (-80, 5)])
def test_a_budget_that_makes_no_sense_is_refused(numbers: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a budget"):
        Budget(*numbers)
    with pytest.raises(StartupError, match="CNOP_SIGN_IN_"):
        replace(SignIn(), attempts_per_day=numbers[0], free_attempts=numbers[1]).limits()


def test_a_refusal_is_recorded_again_after_the_next_wrong_password_but_not_after_the_right_one() -> None:
    recorded = AttemptHistory(refusal_recorded=True)
    assert recorded.welcomed(HOME, LIMITS).refusal_recorded
    charged, payer = recorded.charged(HOME, LIMITS, 0)
    assert not charged.refusal_recorded
    assert charged.succeeded(HOME, LIMITS, payer, refusal_recorded=recorded.refusal_recorded).refusal_recorded
