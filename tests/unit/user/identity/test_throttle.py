"""What the throttle writes, charges and answers, over fakes."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from services.common.rpc.errors import ResourceExhausted
from services.common.unit_of_work import UnitOfWork
from services.user.identity.login_attempts import finish
from services.user.identity.login_attempts.budgets import Bucket, Budget
from services.user.identity.login_attempts.domain import AttemptHistory
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.settings import SignIn
from tests.unit.user.fakes import NOON, Attempts, Clock, Database

HOME, OFFICE, ELSEWHERE = "192.0.2.1", "203.0.113.1", "198.51.100.1"
NOW_MS = int(NOON.timestamp() * 1000)
FOUR_HOURS_MS = 4 * 3600 * 1000
# An address may try 2 wrong passwords, across all accounts; one comes back every four hours.
LIMITS = replace(SignIn().limits(), address=Budget(per_day=8, free=2))
TEXT = "too many login attempts; wait before the next one"


class MarkedAttempts(Attempts):
    """Another replica marks that a refusal is recorded, just before each read after `is_marking` is set."""

    is_marking = False

    async def history(self, account: str) -> AttemptHistory:
        if self.is_marking:
            self.histories[account] = replace(self.histories[account], refusal_recorded=True)
        return await super().history(account)


class World:
    """A throttle and its dependencies. The right password of every account is "right"; `recorded` lists refusals."""

    def __init__(self, passwords: Passwords, store: Attempts | None = None) -> None:
        self.store, self.database, self.clock = store or Attempts(), Database(), Clock()
        self.throttle = Throttle(self.store, passwords, LIMITS, b"a key", self.database.begin, self.clock)
        self.recorded: list[str] = []

    async def attempt(self, name: str, password: str, address: str = HOME) -> bool:
        async def add_refusal(tx: UnitOfWork) -> None:
            self.recorded.append(name)

        async with self.throttle.attempt(name, address, add_refusal) as attempt:
            return await attempt.verify(password, b"right")

    async def refused(self, name: str, password: str, address: str = HOME) -> int:
        """Returns for how many seconds an attempt must wait."""
        with pytest.raises(ResourceExhausted) as refusal:
            await self.attempt(name, password, address)
        assert (refusal.value.reason, refusal.value.message) == ("RATE_LIMITED", TEXT)
        return int(refusal.value.metadata["retry_after_seconds"])

    async def history(self, name: str) -> AttemptHistory:
        return await self.store.history(self.throttle._account(name))  # noqa: SLF001 - its key in the store


@pytest.fixture
def compared() -> Iterator[Passwords]:
    """Compares passwords as plain text."""
    made = Passwords(4, lambda password, hashed: password == hashed)
    yield made
    made.close()


@pytest.fixture
def world(compared: Passwords) -> World:
    return World(compared)


async def exhausted(world: World, address: str) -> None:
    """Spends the budget of an address on other accounts."""
    for name in ("bob", "carol"):
        assert not await world.attempt(name, "wrong", address)


async def all_free_tries(world: World) -> None:
    """Tries as many wrong passwords on an account as cost it no delay, each at another address."""
    for number in range(5):
        assert not await world.attempt("alice", "wrong", f"198.51.100.{number}")


# --- the budget of an address -----------------------------------------------------------------------------------------


async def test_an_address_that_has_spent_its_budget_must_wait_until_an_attempt_comes_back(world: World) -> None:
    await exhausted(world, HOME)
    assert await world.refused("alice", "wrong") == FOUR_HOURS_MS // 1000
    world.clock.advance(seconds=1.5)
    assert await world.refused("alice", "wrong") == FOUR_HOURS_MS // 1000 - 1, "rounded up, and a refusal costs nothing"
    world.clock.advance(hours=4)
    assert not await world.attempt("alice", "wrong")


async def test_the_budget_is_of_one_address(world: World) -> None:
    await exhausted(world, HOME)
    assert not await world.attempt("alice", "wrong", ELSEWHERE)
    assert await world.attempt("alice", "right", OFFICE)


async def test_at_such_an_address_the_right_password_passes_only_for_its_owner(world: World) -> None:
    assert await world.attempt("alice", "right")
    await exhausted(world, HOME)
    assert await world.attempt("alice", "right")
    assert await world.refused("dave", "right") == FOUR_HOURS_MS // 1000


async def test_the_first_refusal_of_an_account_there_is_recorded(world: World) -> None:
    await exhausted(world, HOME)
    await world.refused("alice", "wrong")
    assert world.recorded == ["alice"]
    assert (await world.history("alice")).refusal_recorded


# --- the history of an account ----------------------------------------------------------------------------------------


async def test_a_sign_in_reads_the_history_once_and_writes_it_with_the_time(world: World) -> None:
    assert await world.attempt("alice", "right")
    assert (world.store.reads, world.database.commits) == (1, 2)
    assert world.store.written_ms == [NOW_MS, NOW_MS]


async def test_an_attempt_that_is_given_back_reads_the_history_once(world: World) -> None:
    async def add_refusal(tx: UnitOfWork) -> None:
        """Records nothing."""

    async with world.throttle.attempt("alice", HOME, add_refusal):
        """Ends without a comparison."""
    assert (world.store.reads, world.database.commits) == (1, 2)


async def test_a_right_password_does_not_make_a_second_record_of_a_refusal(world: World) -> None:
    await all_free_tries(world)
    await world.refused("alice", "wrong", ELSEWHERE)
    assert world.recorded == ["alice"]
    world.clock.advance(seconds=1)
    assert await world.attempt("alice", "right", HOME)
    assert (await world.history("alice")).refusal_recorded
    await world.refused("alice", "wrong", ELSEWHERE)
    assert world.recorded == ["alice"]


async def test_a_refund_whose_answer_was_lost_is_not_made_twice_although_a_refusal_was_recorded_then(
    compared: Passwords,
) -> None:
    store = MarkedAttempts()
    world = World(compared, store)
    await world.attempt("alice", "wrong")
    spent_ms = (await world.history("alice")).anybody.spent_until_ms

    def lose_the_next_response() -> None:
        world.database.lost_responses, store.is_marking = 1, True

    world.database.meanwhile = [lambda: None, lose_the_next_response]
    assert await world.attempt("alice", "right", OFFICE)
    assert (await world.history("alice")).anybody.spent_until_ms == spent_ms


async def test_an_address_is_welcome_beside_those_of_before(world: World) -> None:
    for address in (HOME, OFFICE):
        await world.throttle.welcome("alice", address)
    assert len((await world.history("alice")).known_addresses) == 2
    assert world.database.commits == world.store.reads - 1 == 2


async def test_attempts_stay_under_the_keys_under_which_they_are_stored(world: World) -> None:
    # An upgrade that changed them would forget all attempts.
    account = "2cec347684aa6aa6d93a68ea67727587"  # pragma: allowlist secret
    address = "7cc920f1ecaf4769ed18a45101052624"  # pragma: allowlist secret
    await world.attempt("Alice", "wrong")
    assert list(world.store.histories) == [account]
    assert list(world.store.buckets) == [address]
    assert list((await world.history("aLICE")).places) == [address]


# --- refusals ---------------------------------------------------------------------------------------------------------


async def test_a_refusal_that_another_one_preceded_is_not_missing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await all_free_tries(world)

    def mark() -> None:
        [(account, before)] = world.store.histories.items()
        world.store.histories[account] = replace(before, refusal_recorded=True)

    world.database.meanwhile = [mark]
    assert await world.refused("alice", "wrong") == 1
    assert [record for record in caplog.records if record.name == "cnop.refusals"] == []


async def test_a_refusal_that_is_recorded_takes_as_long_for_a_name_without_an_account(world: World) -> None:
    await all_free_tries(world)
    began = time.monotonic()
    await world.refused("alice", "wrong")
    assert time.monotonic() - began >= 0.049


# --- tasks ------------------------------------------------------------------------------------------------------------


async def test_a_task_that_nobody_waits_for_lives_until_it_ends_and_fails_quietly(
    caplog: pytest.LogCaptureFixture,
) -> None:
    go, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            await go.wait()
            raise ValueError
        finally:
            ended.set()

    task = finish.start(work())
    assert task in finish._running  # noqa: SLF001 - the event loop keeps only weak references
    go.set()
    await ended.wait()
    await asyncio.sleep(0)
    assert task not in finish._running  # noqa: SLF001
    del task
    gc.collect()
    assert not [record for record in caplog.records if "never retrieved" in record.getMessage()]


# --- limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("per_day", "free"), [(3, 1), (4, 0), (0, 1)])
def test_a_budget_has_a_minimum(per_day: int, free: int) -> None:
    text = "^a budget must be at least 4 attempts per day, with at least one free of delay$"
    with pytest.raises(ValueError, match=text):
        Budget(per_day, free)
    assert Budget(4, 1).burst == 1


def test_a_bucket_that_was_charged_since_gets_back_what_the_attempt_had_cost() -> None:
    budget = Budget(60, 5)
    before = Bucket()
    charged = before.charged(budget, NOW_MS, cost=3)
    again = charged.charged(budget, NOW_MS)
    assert again.restored(before, charged, budget, 3) == Bucket(NOW_MS + budget.period_ms, NOW_MS)
    assert charged.restored(before, charged, budget, 3) == before


def test_an_attempt_that_was_refunded_delays_nothing_even_if_only_one_is_free_of_delay() -> None:
    budget = Budget(60, 1)
    refunded = Bucket().charged(budget, NOW_MS).refunded(budget)
    assert refunded.wait_ms(budget, NOW_MS) == 0
    assert Bucket().charged(budget, NOW_MS).wait_ms(budget, NOW_MS) == 1000
