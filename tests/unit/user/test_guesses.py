from __future__ import annotations

import random
from dataclasses import replace

import pytest

from services.user.guesses import Account, Budget, Limits, Tries
from services.user.settings import SignIn

SECOND, HOUR, DAY = 1000, 3_600_000, 86_400_000
START = 1_772_366_400_000
LIMITS = SignIn().limits()
HOME, OFFICE, ELSEWHERE = "home", "office", "elsewhere"


class Guesser:
    """Tries wrong passwords on an account, and keeps when they went through."""

    def __init__(self, account: Account = Account(), limits: Limits = LIMITS) -> None:  # noqa: B008 - frozen
        self.account = account
        self.limits = limits
        self.through: list[int] = []

    def wait(self, address: str, now: int) -> int:
        return self.account.wait_ms(address, self.limits, now)

    def guess(self, address: str, now: int) -> bool:
        if self.wait(address, now):
            return False
        self.account, _ = self.account.charged(address, self.limits, now)
        self.through.append(now)
        return True

    def sign_in(self, address: str, now: int) -> bool:
        """Whether the owner gets in."""
        if self.wait(address, now):
            return False
        charged, from_reserve = self.account.charged(address, self.limits, now)
        self.account = charged.succeeded(address, self.limits, from_reserve=from_reserve)
        return True

    def most_in_a_day(self) -> int:
        """The most that went through in any 24 hours."""
        first, most = 0, 0
        for last, moment in enumerate(self.through):
            while self.through[first] <= moment - DAY:
                first += 1
            most = max(most, last - first + 1)
        return most


def hammer(guesser: Guesser, addresses: list[str], begin: int, end: int) -> None:
    """Guesses as soon as any of the addresses may."""
    now = begin
    while now < end:
        for address in addresses:
            guesser.guess(address, now)
        now += max(1, min(guesser.wait(address, now) for address in addresses))


def owned(*addresses: str) -> Account:
    account = Account()
    for address in addresses:
        account = account.welcomed(address, LIMITS)
    return account


def test_the_first_wrong_passwords_cost_no_delay_and_then_each_costs_twice_as_long() -> None:
    guesser, now, waits = Guesser(), START, []
    for _ in range(14):
        assert guesser.guess(ELSEWHERE, now)
        waits.append(guesser.wait(ELSEWHERE, now))
        now += waits[-1]
    assert waits == [0, 0, 0, 0] + [SECOND << n for n in range(10)]


def test_the_delay_never_passes_the_pace_at_which_tries_come_back() -> None:
    guesser, longest, now = Guesser(), 0, START
    while now < START + 3 * DAY:
        assert guesser.guess(ELSEWHERE, now)
        longest = max(longest, guesser.wait(ELSEWHERE, now))
        now += max(1, guesser.wait(ELSEWHERE, now))
    assert longest == LIMITS.anybody.period_ms == 24 * 60 * SECOND


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_rhythm_at_most_80_guesses_from_unknown_addresses_go_through_in_any_24_hours(seed: int) -> None:
    rhythm, guesser, now = random.Random(seed), Guesser(), START  # noqa: S311 - a rhythm
    hammer(guesser, [ELSEWHERE], START, START + 2 * DAY)
    now = START + 2 * DAY
    while now < START + 8 * DAY:  # rests, so that tries come back, and goes on
        now += rhythm.choice([0, SECOND, HOUR, 9 * HOUR])
        until = now + rhythm.choice([HOUR, 20 * HOUR])
        hammer(guesser, [ELSEWHERE], now, until)
        now = until
    assert 60 < guesser.most_in_a_day() <= 80


def test_with_all_addresses_of_the_owner_in_hand_at_most_100_go_through_in_any_24_hours() -> None:
    addresses = [f"known-{n}" for n in range(LIMITS.known_max)]
    guesser = Guesser(owned(*addresses))
    hammer(guesser, [*addresses, ELSEWHERE], START, START + 4 * DAY)
    assert 80 < guesser.most_in_a_day() <= 100


def test_sign_ins_of_the_owner_give_a_guesser_nothing() -> None:
    guesser = Guesser(owned(HOME))
    for hour in range(72):
        hammer(guesser, [HOME, ELSEWHERE], START + hour * HOUR, START + (hour + 1) * HOUR)
        guesser.sign_in(HOME, START + (hour + 1) * HOUR)
    assert guesser.most_in_a_day() <= 100


def test_who_guesses_elsewhere_does_not_keep_the_owner_out() -> None:
    guesser = Guesser(owned(HOME))
    for minute in range(2 * 24 * 60):
        now = START + minute * 60 * SECOND
        guesser.guess(ELSEWHERE, now)
        assert guesser.sign_in(HOME, now)


def test_the_owner_may_mistype_while_others_guess() -> None:
    guesser = Guesser(owned(HOME))
    hammer(guesser, [ELSEWHERE], START, START + DAY)
    assert [guesser.guess(HOME, START + DAY) for _ in range(4)] == [True] * 4
    assert guesser.sign_in(HOME, START + DAY)


def test_the_owner_who_mistyped_waits_for_seconds_and_not_for_ever() -> None:
    guesser = Guesser()
    for _ in range(1000):
        guesser.guess(HOME, START)
    assert guesser.wait(HOME, START) == SECOND
    assert guesser.sign_in(HOME, START + SECOND)


def test_nobody_waits_longer_than_24_minutes_at_an_address_that_guesses_alone() -> None:
    guesser = Guesser()
    for minute in range(3 * 24 * 60):
        guesser.guess(ELSEWHERE, START + minute * 60 * SECOND)
        assert guesser.wait(ELSEWHERE, START + minute * 60 * SECOND) <= 24 * 60 * SECOND


def test_the_right_password_is_never_counted() -> None:
    guesser = Guesser()
    assert all(guesser.sign_in(HOME, START + n) for n in range(500))


def test_who_guesses_alone_cannot_tell_an_account_from_a_name_without_one() -> None:
    nobody, somebody = Guesser(), Guesser(owned(OFFICE, HOME))
    for at in range(0, 2 * DAY, 7 * SECOND):
        assert nobody.wait(HOME, START + at) == somebody.wait(HOME, START + at)
        nobody.guess(HOME, START + at)
        somebody.guess(HOME, START + at)
    assert nobody.through == somebody.through


def test_the_addresses_that_are_remembered_are_the_newest() -> None:
    account = owned("a", "b", "c", "d", "e", "a", "f")
    assert list(account.known) == ["f", "a", "e", "d", "c"]


def test_an_address_fails_a_hundred_times_without_delay_and_then_at_most_once_a_minute() -> None:
    tries, now, through = Tries(), START, []
    while now < START + DAY:
        tries = tries.charged(LIMITS.address, now)
        through.append(now)
        now += tries.wait_ms(LIMITS.address, now)
    assert through[99] == START < through[100]
    assert len(through) < 2000
    assert through[-1] - through[-2] == LIMITS.address.period_ms == 57_600


def test_a_clock_that_is_behind_another_opens_nothing() -> None:
    guesser = Guesser()
    hammer(guesser, [ELSEWHERE], START, START + DAY)
    assert guesser.wait(ELSEWHERE, START + DAY - HOUR) >= guesser.wait(ELSEWHERE, START + DAY)


@pytest.mark.parametrize("numbers", [(3, 1), (0, 0), (80, 0), (-80, 5)])
def test_a_budget_that_makes_no_sense_is_refused(numbers: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a budget"):
        Budget(*numbers)
    with pytest.raises(SystemExit, match="CNOP_SIGN_IN_"):
        replace(SignIn(), guesses_per_day=numbers[0], free_tries=numbers[1]).limits()


def test_what_is_counted_begins_a_bout_of_refusals_of_its_own() -> None:
    noted = Account(noted=True)
    assert noted.welcomed("home", LIMITS).noted
    assert not noted.charged("home", LIMITS, 0)[0].noted
