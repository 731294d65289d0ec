"""Attempts that end before or while their password is compared, and what then counts."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import bcrypt
import pytest

from services.common.rpc.call import Call
from services.common.unit_of_work import UnitOfWork
from services.user.identity.hashing.source import Overloaded, Source
from services.user.identity.login_attempts.domain import AttemptHistory
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.settings import SignIn
from tests.unit.user.fakes import Attempts, Change, Clock, Database, during

HASHED = bcrypt.hashpw(b"right", bcrypt.gensalt(4))


class HeldPasswords(Passwords):
    """Compares passwords when `go` is set. `sources` lists those whose room was asked for; `shed` refuses at a step."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun = 0
        self.sources: list[Source] = []
        self.shed = ""
        super().__init__(4, self._compare)

    def _compare(self, password: bytes, hashed: bytes) -> bool:
        self.begun += 1
        self.go.wait(10.0)
        return bcrypt.checkpw(password, hashed)

    def require_room(self, source: Source) -> None:
        self.sources.append(source)
        if self.shed == "before it is counted":
            raise Overloaded
        super().require_room(source)

    async def verify(
        self,
        password: str,
        hashed: bytes | None,
        source: Source = Source(),  # noqa: B008 - frozen
        on_start: Callable[[], None] = lambda: None,
    ) -> bool:
        if self.shed == "in the queue":
            raise Overloaded
        return await super().verify(password, hashed, source, on_start)


class SlowDatabase(Database):
    """Answers a write when `go` is set, some time after it was made."""

    def __init__(self) -> None:
        super().__init__()
        self.go = asyncio.Event()
        self.go.set()

    async def write(self, changes: Sequence[Change]) -> None:
        await super().write(changes)
        await self.go.wait()


class World:
    def __init__(self, passwords: HeldPasswords) -> None:
        self.passwords = passwords
        self.store, self.database = Attempts(), SlowDatabase()
        self.throttle = Throttle(self.store, passwords, SignIn().limits(), b"a key", self.database.begin, Clock())

    async def attempt(self, name: str, password: str, address: str = "192.0.2.1") -> bool:
        async def add_refusal(tx: UnitOfWork) -> None:
            """Records nothing."""

        async with self.throttle.attempt(name, address, add_refusal) as attempt:
            return await attempt.verify(password, HASHED)

    def start(self, name: str, password: str, address: str = "192.0.2.1") -> asyncio.Task[bool]:
        return asyncio.create_task(self.attempt(name, password, address))

    async def compares(self, number: int) -> None:
        """Waits until so many comparisons have begun."""
        await until(lambda: self.passwords.begun >= number)

    async def has_written(self, number: int) -> None:
        """Waits until so many writes have been made."""
        await until(lambda: self.database.commits >= number)

    async def history(self, name: str) -> AttemptHistory:
        return await self.store.history(self.throttle._account(name))  # noqa: SLF001 - its key in the store


async def until(condition: Callable[[], bool]) -> None:
    """Waits until a condition holds, and then lets all tasks go on."""
    async with asyncio.timeout(30.0):
        while True:
            is_met = condition()
            await asyncio.sleep(0.001)
            if is_met:
                return


@pytest.fixture
def passwords() -> Iterator[HeldPasswords]:
    made = HeldPasswords()
    yield made
    made.go.set()
    made.close()


@pytest.fixture
async def world(passwords: HeldPasswords) -> World:
    return World(passwords)


def unspent(history: AttemptHistory) -> bool:
    """Returns whether no attempt has been counted, and nothing has been learned of the owner."""
    return replace(history, version=0) == AttemptHistory()


async def cancelled(task: asyncio.Task[Any]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_attempt_that_times_out_before_its_comparison_is_given_back(world: World) -> None:
    busy = [world.start(name, "right") for name in ("bob", "carol")]
    await world.compares(2)
    waiting = world.start("alice", "right")
    await world.has_written(3)
    assert not unspent(await world.history("alice"))
    await cancelled(waiting)
    assert unspent(await world.history("alice"))
    world.passwords.go.set()
    assert await asyncio.gather(*busy) == [True, True]
    assert world.passwords.begun == 2, "the password of an attempt that is given back must not be compared"
    assert await world.attempt("alice", "right")


async def test_an_attempt_that_times_out_while_it_is_counted_is_given_back(world: World) -> None:
    world.database.go.clear()
    counting = world.start("alice", "right")
    await world.has_written(1)
    await cancelled(counting)
    world.database.go.set()
    await world.has_written(2)
    assert unspent(await world.history("alice"))
    assert world.passwords.begun == 0


async def test_an_attempt_that_is_shed_in_the_queue_is_given_back(world: World) -> None:
    world.passwords.shed = "in the queue"
    with pytest.raises(Overloaded):
        await world.attempt("alice", "right")
    assert unspent(await world.history("alice"))
    assert world.database.commits == 2


async def test_an_attempt_is_given_back_although_the_call_has_no_time_left_to_try_again(world: World) -> None:
    def touch() -> None:
        [(account, before)] = world.store.histories.items()
        world.store.histories[account] = replace(before, version=before.version + 1)

    world.passwords.shed = "in the queue"
    world.database.meanwhile = [lambda: None, touch]
    with pytest.raises(Overloaded):
        await during(Call("r", time.monotonic()), lambda: world.attempt("alice", "right"))
    assert unspent(await world.history("alice"))


async def test_an_attempt_that_is_shed_at_once_writes_nothing(world: World) -> None:
    world.passwords.shed = "before it is counted"
    with pytest.raises(Overloaded):
        await world.attempt("alice", "right")
    assert world.database.commits == 0


async def test_who_waits_too_long_for_its_turn_on_the_account_is_shed_and_not_counted(world: World) -> None:
    waits: list[float] = []

    def at_once(seconds: float) -> asyncio.Timeout:
        waits.append(seconds)
        return asyncio.timeout(0)

    world.throttle = replace(world.throttle, timeout=at_once)
    first = world.start("alice", "right")
    await world.compares(1)
    with pytest.raises(Overloaded):
        await world.attempt("alice", "right")
    assert (waits, world.database.commits) == ([3.0, 3.0], 1)
    world.passwords.go.set()
    assert await first
    assert await world.attempt("alice", "right"), "the turn must be free again"


@pytest.mark.parametrize("password", ["right", "wrong"])
async def test_a_comparison_that_has_begun_counts_although_nobody_waits_for_it(world: World, password: str) -> None:
    comparing = world.start("alice", password)
    await world.compares(1)
    await cancelled(comparing)
    assert not unspent(await world.history("alice"))
    world.passwords.go.set()
    if password == "right":
        await world.has_written(2)
        history = await world.history("alice")
        assert history.known_addresses
        assert history.anybody.spent_until_ms == history.anybody.last_ms
    else:
        await until(lambda: bool(world.store.buckets))
        history = await world.history("alice")
        assert history.anybody.spent_until_ms > history.anybody.last_ms


async def test_an_attempt_is_known_to_the_queue_at_an_address_of_the_owner_only(world: World) -> None:
    world.passwords.go.set()
    assert await world.attempt("alice", "right", "192.0.2.1")
    for name, address in (("alice", "192.0.2.1"), ("alice", "198.51.100.1"), ("nobody", "192.0.2.1")):
        await world.attempt(name, "wrong", address)
    assert [source.is_known for source in world.passwords.sources] == [False, True, False, False]
