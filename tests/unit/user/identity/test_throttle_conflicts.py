"""The throttle when other replicas change the history of an account at the same time."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import bcrypt
import pytest

from services.common.rpc import call
from services.common.rpc.errors import ResourceExhausted
from services.common.unit_of_work import UnitOfWork
from services.user.identity.login_attempts.domain import AttemptHistory
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.settings import SignIn
from tests.unit.user.fakes import NOON, Attempts, Clock, Database, during

NOW_MS = int(NOON.timestamp() * 1000)
HASHED = bcrypt.hashpw(b"right", bcrypt.gensalt(4))


@dataclass
class World:
    """A throttle and its dependencies, for attempts on one account."""

    throttle: Throttle
    store: Attempts
    database: Database

    async def attempt(self, password: str) -> bool:
        """Tries a password. Tells whether it is right."""

        async def add_refusal(tx: UnitOfWork) -> None:
            """Records nothing."""

        async with self.throttle.attempt("alice", "192.0.2.1", add_refusal) as attempt:
            return await attempt.verify(password, HASHED)

    @property
    def history(self) -> AttemptHistory:
        [history] = self.store.histories.values()
        return history

    def count_elsewhere(self) -> None:
        """Counts an attempt, like another replica."""
        [(account, before)] = self.store.histories.items()
        anybody = before.anybody.charged(self.throttle.limits.anybody, NOW_MS)
        self.store.histories[account] = replace(before, anybody=anybody, version=before.version + 1)

    def touch_elsewhere(self) -> None:
        """Changes only the version, like a refund by another replica."""
        [(account, before)] = self.store.histories.items()
        self.store.histories[account] = replace(before, version=before.version + 1)


@pytest.fixture
def world(passwords: Passwords) -> World:
    store, database = Attempts(), Database()
    throttle = Throttle(store, passwords, SignIn().limits(), b"a key", database.begin, Clock())
    return World(throttle, store, database)


def spent(history: AttemptHistory) -> int:
    """Returns how many attempts of the shared budget are spent."""
    return round((history.anybody.spent_until_ms - NOW_MS) / SignIn().limits().anybody.period_ms)


async def test_a_conflict_on_counting_an_attempt_is_retried_and_both_count(world: World) -> None:
    await world.attempt("wrong")
    world.database.meanwhile = [world.count_elsewhere]
    await world.attempt("wrong")
    assert spent(world.history) == 3


async def test_a_conflict_on_the_refund_of_a_right_password_is_retried(world: World) -> None:
    await world.attempt("wrong")
    world.database.meanwhile = [lambda: None, world.count_elsewhere]
    assert await world.attempt("right")
    assert spent(world.history) == 2
    assert len(world.history.known_addresses) == 1


async def test_a_lost_response_to_a_refund_does_not_refund_twice(world: World) -> None:
    await world.attempt("wrong")

    def lose_the_next_response() -> None:
        world.database.lost_responses = 1

    world.database.meanwhile = [lambda: None, lose_the_next_response]
    assert await world.attempt("right")
    assert spent(world.history) == 1


async def test_endless_conflicts_rate_limit_an_attempt(world: World) -> None:
    await world.attempt("wrong")
    world.database.meanwhile = [world.touch_elsewhere] * 1000
    short_call = call.Call("r", time.monotonic() + 0.05)
    with pytest.raises(ResourceExhausted) as refusal:
        await during(short_call, lambda: world.attempt("right"))
    assert (refusal.value.reason, refusal.value.metadata) == ("RATE_LIMITED", {"retry_after_seconds": "1"})


async def test_endless_conflicts_do_not_refuse_the_right_password(world: World) -> None:
    await world.attempt("wrong")
    world.database.meanwhile = [lambda: None, *[world.touch_elsewhere] * 1000]
    short_call = call.Call("r", time.monotonic() + 0.05)
    assert await during(short_call, lambda: world.attempt("right"))
