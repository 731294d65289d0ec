from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from services.common.startup import StartupError
from services.user.identity.login_attempts.budgets import Bucket, Budget
from services.user.identity.login_attempts.domain import AttemptHistory, AttemptLimits, Origin, Payer
from services.user.settings import SignIn

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
START = 1_772_366_400_000
LIMITS = SignIn().limits()
HOME, OFFICE, ELSEWHERE = Origin("home"), Origin("office"), Origin("elsewhere")
PHONE = Origin("a mobile network", "phone")


class Target:
    """An account under attack, with the times at which wrong passwords were checked."""

    def __init__(self, history: AttemptHistory = AttemptHistory(), limits: AttemptLimits = LIMITS) -> None:  # noqa: B008 - frozen
        self.history = history
        self.limits = limits
        self.passed: list[int] = []

    def wait(self, origin: Origin, now: int) -> int:
        return self.history.wait_ms(origin, self.limits, now)

    def try_wrong(self, origin: Origin, now: int) -> bool:
        """Tries a wrong password. Tells whether the attempt passed the throttle."""
        if self.wait(origin, now):
            return False
        self.history, _ = self.history.charged(origin, self.limits, now)
        self.passed.append(now)
        return True

    def sign_in(self, origin: Origin, now: int) -> bool:
        """Tries the right password. Tells whether the attempt passed the throttle."""
        if self.wait(origin, now):
            return False
        charged, payer = self.history.charged(origin, self.limits, now)
        recorded = self.history.refusal_recorded
        self.history = charged.succeeded(origin, self.limits, payer, refusal_recorded=recorded)
        return True

    def most_in_a_day(self) -> int:
        """Returns the most wrong passwords that passed the throttle in any 24 hours."""
        first, count_max = 0, 0
        for last, moment in enumerate(self.passed):
            while self.passed[first] <= moment - DAY:
                first += 1
            count_max = max(count_max, last - first + 1)
        return count_max


def hammer(account: Target, origins: list[Origin], begin: int, end: int) -> None:
    """Tries wrong passwords from all origins, each as soon as the throttle allows."""
    now = begin
    while now < end:
        for origin in origins:
            account.try_wrong(origin, now)
        now += max(1, min(account.wait(origin, now) for origin in origins))


def everywhere(count: int) -> list[Origin]:
    """Returns origins that the account does not know."""
    return [Origin(f"elsewhere-{n}") for n in range(count)]


def known(*origins: Origin) -> AttemptHistory:
    """Returns the history of an account whose owner has signed in from these origins."""
    history = AttemptHistory()
    for origin in origins:
        history = history.welcomed(origin, LIMITS)
    return history


def test_a_device_of_the_owner_is_known_wherever_it_is() -> None:
    assert AttemptHistory().knows(PHONE)
    assert known(HOME).knows(HOME)
    assert not known(HOME).knows(OFFICE)


@pytest.mark.parametrize(("payer", "cost"), [(Payer.ANYBODY, 1), (Payer.DEVICES, 3)])
def test_an_attempt_is_given_back_to_its_place_although_another_one_followed_there(payer: Payer, cost: int) -> None:
    full = Bucket(START + DAY, START) if payer is Payer.DEVICES else Bucket()
    before = AttemptHistory(anybody=full)
    counted, paid_by = before.charged(PHONE, LIMITS, START)
    assert paid_by is payer
    later, _ = counted.charged(PHONE, LIMITS, START + SECOND)
    after = later.given_back(PHONE, LIMITS, payer, before, counted)
    period_ms = LIMITS.place.period_ms
    pace = later.places[PHONE.place]
    assert after.places[PHONE.place] == replace(pace, spent_until_ms=pace.spent_until_ms - cost * period_ms)


@pytest.mark.parametrize(("recorded_before", "recorded_since"), [(True, False), (False, True), (False, False)])
def test_a_refusal_stays_recorded_when_an_attempt_is_given_back(recorded_before: bool, recorded_since: bool) -> None:
    before = AttemptHistory(refusal_recorded=recorded_before)
    counted, payer = before.charged(HOME, LIMITS, START)
    assert counted.refusal_recorded is False, "so it is stored, and the next refusal is recorded"
    since = replace(counted, refusal_recorded=recorded_since)
    after = since.given_back(HOME, LIMITS, payer, before, counted)
    assert after.refusal_recorded is (recorded_before or recorded_since)


def test_the_first_wrong_passwords_cost_no_delay_and_then_the_delay_doubles() -> None:
    account, now, waits = Target(), START, []
    for _ in range(10):
        assert account.try_wrong(ELSEWHERE, now)
        waits.append(account.wait(ELSEWHERE, now))
        now += waits[-1]
    assert waits == [0, 0, 0, 0] + [SECOND << n for n in range(6)]


def test_the_delay_never_exceeds_the_recovery_period_of_an_attempt() -> None:
    account, longest, now = Target(), 0, START
    while now < START + 3 * DAY:
        assert account.try_wrong(ELSEWHERE, now)
        longest = max(longest, account.wait(ELSEWHERE, now))
        now += max(1, account.wait(ELSEWHERE, now))
    assert longest == LIMITS.place.period_ms
    assert 42 * MINUTE < longest < 43 * MINUTE


@pytest.mark.parametrize("seed", range(5))
def test_at_most_60_wrong_passwords_pass_from_unknown_places_in_any_24_hours(seed: int) -> None:
    pauses, account, now = random.Random(seed), Target(), START  # noqa: S311 - not for security
    hammer(account, everywhere(30), START, START + 2 * DAY)
    now = START + 2 * DAY
    while now < START + 8 * DAY:  # pauses, so that the budget recovers, and resumes
        now += pauses.choice([0, SECOND, HOUR, 9 * HOUR])
        until_ms = now + pauses.choice([HOUR, 20 * HOUR])
        hammer(account, everywhere(30), now, until_ms)
        now = until_ms
    assert 45 < account.most_in_a_day() <= 60


def test_at_most_three_quarters_of_them_come_from_one_place() -> None:
    account = Target()
    hammer(account, [ELSEWHERE], START, START + 4 * DAY)
    assert 30 < account.most_in_a_day() <= 45


def test_at_most_100_pass_from_all_known_addresses_and_devices_in_any_24_hours() -> None:
    addresses = [Origin(f"known-{n}") for n in range(LIMITS.known_addresses_max)]
    account = Target(known(*addresses))
    phones = [Origin("anywhere", f"phone-{n}") for n in range(5)]
    hammer(account, [*everywhere(5), *addresses, *phones], START, START + 4 * DAY)
    assert 80 < account.most_in_a_day() <= 100


@pytest.mark.parametrize("budget", ["guesses_per_day", "address_reserve_per_day", "device_reserve_per_day"])
def test_no_settings_let_more_than_100_pass(budget: str) -> None:
    one_more: dict[str, Any] = {budget: getattr(SignIn(), budget) + 1}
    with pytest.raises(StartupError, match="100"):
        replace(SignIn(), **one_more).limits()


def test_sign_ins_of_the_owner_do_not_help_an_attacker() -> None:
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
            account.try_wrong(attacker, START + at)
        assert account.sign_in(owner, START + at)


def test_an_attacker_in_one_place_lets_the_owner_in_anywhere_else() -> None:
    account, waited, since, here = Target(), 0, 0, ELSEWHERE
    for at in range(0, 3 * DAY, SECOND):
        account.try_wrong(ELSEWHERE, START + at)  # every second
        if at % (6 * HOUR) == HOUR:  # the owner is at an unknown place and tries every minute
            since, here = at, Origin(f"on the way {at}")
        if since and (at - since) % MINUTE == 0 and account.sign_in(here, START + at):
            waited, since = max(waited, at - since), 0
    assert not since
    assert waited <= MINUTE


def test_an_attacker_at_a_known_address_does_not_shut_out_a_known_device() -> None:
    account = Target(known(HOME))
    for at in range(0, 2 * DAY, 10 * SECOND):
        account.try_wrong(HOME, START + at)
        if at % MINUTE == 0:
            assert account.sign_in(Origin("home", "phone"), START + at)


def waits(account: Target, owner: Origin, attackers: list[Origin]) -> list[bool]:
    """Tells for each half hour of days two and three of an attack whether the owner had to wait."""
    waited = []
    for at in range(0, 3 * DAY, 30 * SECOND):
        for attacker in attackers:
            account.try_wrong(attacker, START + at)
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
    """The limit of the design: nothing distinguishes this owner from another attacker."""
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
        assert [account.try_wrong(owner, START + DAY) for _ in range(2)] == [True] * 2
        assert account.sign_in(owner, START + DAY + 2 * SECOND)


def test_refused_attempts_do_not_prolong_the_wait() -> None:
    account = Target()
    for _ in range(1000):
        account.try_wrong(HOME, START)
    assert account.wait(HOME, START) == SECOND
    assert account.sign_in(HOME, START + SECOND)


def test_the_right_password_is_never_counted() -> None:
    account = Target()
    assert all(account.sign_in(HOME, START + n) for n in range(500))


def test_delays_do_not_reveal_whether_an_account_exists() -> None:
    unknown, existing = Target(), Target(known(OFFICE, HOME))
    for at in range(0, 2 * DAY, 7 * SECOND):
        assert unknown.wait(HOME, START + at) == existing.wait(HOME, START + at)
        unknown.try_wrong(HOME, START + at)
        existing.try_wrong(HOME, START + at)
    assert unknown.passed == existing.passed


def test_the_newest_known_addresses_are_kept() -> None:
    history = known(*(Origin(name) for name in "abcdeaf"))
    assert list(history.known_addresses) == ["f", "a", "e", "d", "c"]


def test_the_places_with_the_latest_attempts_are_kept() -> None:
    account, names = Target(), "abcdefghijklmnopqrstuvwxyz"
    for at, name in enumerate([*names, "a"]):
        account.try_wrong(Origin(name), START + at * HOUR)
    assert list(account.history.places) == [*names[-LIMITS.places_max + 1 :], "a"]


def test_an_address_fails_100_times_without_delay_and_then_at_most_once_a_minute() -> None:
    bucket, now, passed = Bucket(), START, []
    while now < START + DAY:
        bucket = bucket.charged(LIMITS.address, now)
        passed.append(now)
        now += bucket.wait_ms(LIMITS.address, now)
    assert passed[99] == START < passed[100]
    assert len(passed) < 2000
    assert passed[-1] - passed[-2] == LIMITS.address.period_ms == 57_600


def test_a_replica_whose_clock_is_behind_does_not_shorten_the_delay() -> None:
    account = Target()
    hammer(account, [ELSEWHERE], START, START + DAY)
    assert account.wait(ELSEWHERE, START + DAY - HOUR) >= account.wait(ELSEWHERE, START + DAY)


@pytest.mark.parametrize("numbers", [(3, 1), (0, 0), (80, 0), (-80, 5)])
def test_an_invalid_budget_is_refused(numbers: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a budget"):
        Budget(*numbers)
    with pytest.raises(StartupError, match="CNOP_SIGN_IN_"):
        replace(SignIn(), guesses_per_day=numbers[0], free_tries=numbers[1]).limits()


def test_a_refusal_is_recorded_again_after_the_next_wrong_password_but_not_after_the_right_one() -> None:
    recorded = AttemptHistory(refusal_recorded=True)
    assert recorded.welcomed(HOME, LIMITS).refusal_recorded
    charged, payer = recorded.charged(HOME, LIMITS, 0)
    assert not charged.refusal_recorded
    assert charged.succeeded(HOME, LIMITS, payer, refusal_recorded=recorded.refusal_recorded).refusal_recorded


@pytest.mark.parametrize(
    "origin", [ELSEWHERE, HOME, PHONE], ids=["anywhere", "at a known address", "on a known device"]
)
@pytest.mark.parametrize("spent", [0, 3, 7, 16])
def test_an_attempt_that_is_given_back_leaves_no_trace(origin: Origin, spent: int) -> None:
    account, now = Target(AttemptHistory().welcomed(HOME, LIMITS)), START
    for number in range(spent):
        now += account.wait(Origin(f"place {number}"), now)
        assert account.try_wrong(Origin(f"place {number}"), now)
    now += account.wait(origin, now)
    before = account.history
    counted, payer = before.charged(origin, LIMITS, now)
    after = counted.given_back(origin, LIMITS, payer, before, counted)
    assert after.version == counted.version + 1
    for anyone in (origin, OFFICE, HOME, PHONE):
        assert after.wait_ms(anyone, LIMITS, now) == before.wait_ms(anyone, LIMITS, now)
    assert after.charged(origin, LIMITS, now)[0].places[origin.place] == counted.places[origin.place]


def test_what_others_spend_meanwhile_stays_spent_when_an_attempt_is_given_back() -> None:
    before = AttemptHistory()
    counted, payer = before.charged(ELSEWHERE, LIMITS, START)
    meanwhile, _ = counted.charged(OFFICE, LIMITS, START + SECOND)
    after = meanwhile.given_back(ELSEWHERE, LIMITS, payer, before, counted)
    alone, _ = before.charged(OFFICE, LIMITS, START)
    assert after.anybody.spent_until_ms == alone.anybody.spent_until_ms
    assert after.places[OFFICE.place] == meanwhile.places[OFFICE.place]
