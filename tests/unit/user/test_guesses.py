from __future__ import annotations

import random
from dataclasses import replace

import pytest

from services.common.startup import StartupError
from services.user.identity.guesses import Account, Budget, Limits, Origin, Tries
from services.user.settings import SignIn

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
START = 1_772_366_400_000
LIMITS = SignIn().limits()
HOME, OFFICE, ELSEWHERE = Origin("home"), Origin("office"), Origin("elsewhere")
PHONE = Origin("a network on the way", "phone")


class Guesser:
    """Tries wrong passwords on an account, and keeps when they went through."""

    def __init__(self, account: Account = Account(), limits: Limits = LIMITS) -> None:  # noqa: B008 - frozen
        self.account = account
        self.limits = limits
        self.through: list[int] = []

    def wait(self, origin: Origin, now: int) -> int:
        return self.account.wait_ms(origin, self.limits, now)

    def guess(self, origin: Origin, now: int) -> bool:
        if self.wait(origin, now):
            return False
        self.account, _ = self.account.charged(origin, self.limits, now)
        self.through.append(now)
        return True

    def sign_in(self, origin: Origin, now: int) -> bool:
        """Whether the owner gets in."""
        if self.wait(origin, now):
            return False
        charged, payer = self.account.charged(origin, self.limits, now)
        self.account = charged.succeeded(origin, self.limits, payer, noted=self.account.noted)
        return True

    def most_in_a_day(self) -> int:
        """The most that went through in any 24 hours."""
        first, most = 0, 0
        for last, moment in enumerate(self.through):
            while self.through[first] <= moment - DAY:
                first += 1
            most = max(most, last - first + 1)
        return most


def hammer(guesser: Guesser, origins: list[Origin], begin: int, end: int) -> None:
    """Guesses as soon as may be from any of the origins."""
    now = begin
    while now < end:
        for origin in origins:
            guesser.guess(origin, now)
        now += max(1, min(guesser.wait(origin, now) for origin in origins))


def everywhere(count: int) -> list[Origin]:
    """Places where the owner never was."""
    return [Origin(f"elsewhere-{n}") for n in range(count)]


def owned(*origins: Origin) -> Account:
    account = Account()
    for origin in origins:
        account = account.welcomed(origin, LIMITS)
    return account


def test_the_first_wrong_passwords_cost_no_delay_and_then_each_costs_twice_as_long() -> None:
    guesser, now, waits = Guesser(), START, []
    for _ in range(10):
        assert guesser.guess(ELSEWHERE, now)
        waits.append(guesser.wait(ELSEWHERE, now))
        now += waits[-1]
    assert waits == [0, 0, 0, 0] + [SECOND << n for n in range(6)]


def test_the_delay_never_passes_the_pace_at_which_tries_come_back() -> None:
    guesser, longest, now = Guesser(), 0, START
    while now < START + 3 * DAY:
        assert guesser.guess(ELSEWHERE, now)
        longest = max(longest, guesser.wait(ELSEWHERE, now))
        now += max(1, guesser.wait(ELSEWHERE, now))
    assert longest == LIMITS.place.period_ms
    assert 42 * MINUTE < longest < 43 * MINUTE


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_rhythm_at_most_60_guesses_from_unknown_places_go_through_in_any_24_hours(seed: int) -> None:
    rhythm, guesser, now = random.Random(seed), Guesser(), START  # noqa: S311 - a rhythm
    hammer(guesser, everywhere(30), START, START + 2 * DAY)
    now = START + 2 * DAY
    while now < START + 8 * DAY:  # rests, so that tries come back, and goes on
        now += rhythm.choice([0, SECOND, HOUR, 9 * HOUR])
        until = now + rhythm.choice([HOUR, 20 * HOUR])
        hammer(guesser, everywhere(30), now, until)
        now = until
    assert 45 < guesser.most_in_a_day() <= 60


def test_three_quarters_of_them_at_most_come_from_one_place() -> None:
    guesser = Guesser()
    hammer(guesser, [ELSEWHERE], START, START + 4 * DAY)
    assert 30 < guesser.most_in_a_day() <= 45


def test_with_all_addresses_and_a_device_of_the_owner_in_hand_at_most_100_go_through_in_any_24_hours() -> None:
    addresses = [Origin(f"known-{n}") for n in range(LIMITS.known_max)]
    guesser = Guesser(owned(*addresses))
    phones = [Origin("anywhere", f"phone-{n}") for n in range(5)]
    hammer(guesser, [*everywhere(5), *addresses, *phones], START, START + 4 * DAY)
    assert 80 < guesser.most_in_a_day() <= 100


@pytest.mark.parametrize("budget", ["guesses_per_day", "address_reserve_per_day", "device_reserve_per_day"])
def test_no_settings_let_more_than_100_through(budget: str) -> None:
    with pytest.raises(StartupError, match="100"):
        replace(SignIn(), **{budget: getattr(SignIn(), budget) + 1}).limits()  # type: ignore[arg-type]


def test_sign_ins_of_the_owner_give_a_guesser_nothing() -> None:
    guesser = Guesser(owned(HOME))
    for hour in range(72):
        hammer(guesser, [HOME, ELSEWHERE, PHONE], START + hour * HOUR, START + (hour + 1) * HOUR)
        guesser.sign_in(HOME, START + (hour + 1) * HOUR)
    assert guesser.most_in_a_day() <= 100


@pytest.mark.parametrize("owner", [HOME, PHONE], ids=["an address of the owner", "a device of the owner"])
@pytest.mark.parametrize("attackers", [1, 50])
def test_who_guesses_elsewhere_never_keeps_the_owner_out_where_he_was_before(attackers: int, owner: Origin) -> None:
    guesser = Guesser(owned(HOME))
    for at in range(0, 2 * DAY, 10 * MINUTE):
        for attacker in everywhere(attackers):
            guesser.guess(attacker, START + at)
        assert guesser.sign_in(owner, START + at)


def test_who_guesses_from_one_place_lets_the_owner_in_wherever_he_is() -> None:
    guesser, waited, since, here = Guesser(), 0, 0, ELSEWHERE
    for at in range(0, 3 * DAY, SECOND):
        guesser.guess(ELSEWHERE, START + at)  # at every second
        if at % (6 * HOUR) == HOUR:  # the owner comes to a place where he never was, and tries each minute
            since, here = at, Origin(f"on the way {at}")
        if since and (at - since) % MINUTE == 0 and guesser.sign_in(here, START + at):
            waited, since = max(waited, at - since), 0
    assert not since
    assert waited <= MINUTE


def test_who_guesses_at_the_owners_own_address_does_not_keep_a_device_of_his_out() -> None:
    guesser = Guesser(owned(HOME))
    for at in range(0, 2 * DAY, 10 * SECOND):
        guesser.guess(HOME, START + at)
        if at % MINUTE == 0:
            assert guesser.sign_in(Origin("home", "phone"), START + at)


def waits(guesser: Guesser, owner: Origin, attackers: list[Origin]) -> list[bool]:
    """Whether the owner had to wait, each half hour of the second and third day of an attack."""
    waited = []
    for at in range(0, 3 * DAY, 30 * SECOND):
        for attacker in attackers:
            guesser.guess(attacker, START + at)
        if at >= DAY and at % (HOUR // 2) == 0:
            waited.append(not guesser.sign_in(owner, START + at))
    return waited


@pytest.mark.parametrize("owner", [HOME, Origin("home", "phone"), PHONE], ids=["home", "phone at home", "phone"])
def test_a_thief_with_a_token_of_the_owner_does_not_keep_him_out(owner: Origin) -> None:
    thief = [Origin("a thief's"), Origin("a thief's", "stolen")]
    assert not any(waits(Guesser(owned(HOME)), owner, thief))


def test_who_guesses_at_one_of_the_owners_addresses_leaves_him_the_others() -> None:
    assert not any(waits(Guesser(owned(OFFICE, HOME)), HOME, [OFFICE, *everywhere(3)]))


def test_who_guesses_from_two_places_keeps_out_only_who_was_never_here_and_shows_no_device() -> None:
    """What is left: nothing tells this owner from another guesser."""
    assert all(waits(Guesser(owned(HOME)), Origin("a new place"), everywhere(2)))


def test_one_device_of_the_owner_that_guesses_has_a_pace_of_its_own() -> None:
    guesser, stolen = Guesser(owned(HOME)), Origin("a thief's", "tablet")
    hammer(guesser, [stolen], START, START + DAY)
    assert guesser.sign_in(HOME, START + DAY)
    assert guesser.sign_in(PHONE, START + DAY)
    assert guesser.most_in_a_day() <= 45


def test_the_owner_may_mistype_while_others_guess() -> None:
    for owner in (HOME, PHONE):
        guesser = Guesser(owned(HOME))
        hammer(guesser, everywhere(30), START, START + DAY)
        assert [guesser.guess(owner, START + DAY) for _ in range(2)] == [True] * 2
        assert guesser.sign_in(owner, START + DAY + 2 * SECOND)


def test_the_owner_who_mistyped_waits_for_seconds_and_not_for_ever() -> None:
    guesser = Guesser()
    for _ in range(1000):
        guesser.guess(HOME, START)
    assert guesser.wait(HOME, START) == SECOND
    assert guesser.sign_in(HOME, START + SECOND)


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
    account = owned(*(Origin(name) for name in "abcdeaf"))
    assert list(account.known) == ["f", "a", "e", "d", "c"]


def test_the_places_whose_tries_are_remembered_are_those_that_tried_last() -> None:
    guesser, names = Guesser(), "abcdefghijklmnopqrstuvwxyz"
    for at, name in enumerate([*names, "a"]):
        guesser.guess(Origin(name), START + at * HOUR)
    assert list(guesser.account.places) == [*names[-LIMITS.places_max + 1 :], "a"]


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
    with pytest.raises(StartupError, match="CNOP_SIGN_IN_"):
        replace(SignIn(), guesses_per_day=numbers[0], free_tries=numbers[1]).limits()


def test_what_is_counted_begins_a_bout_of_refusals_of_its_own() -> None:
    noted = Account(noted=True)
    assert noted.welcomed(HOME, LIMITS).noted
    charged, payer = noted.charged(HOME, LIMITS, 0)
    assert not charged.noted
    assert charged.succeeded(HOME, LIMITS, payer, noted=noted.noted).noted, "the right password begins none"
