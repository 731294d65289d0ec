"""The throttle of login attempts over DynamoDB: concurrent, from many addresses, at two replicas."""

from __future__ import annotations

import asyncio
import random
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import bcrypt
import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import ResourceExhausted
from services.common.unit_of_work import UnitOfWork
from services.user.identity.login_attempts.store import AttemptStore
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords

HASHED = bcrypt.hashpw(b"right", bcrypt.gensalt(4))


class Clock(Protocol):
    time: datetime

    def __call__(self) -> datetime: ...


class CountingCheck:
    """Checks passwords with bcrypt and counts the checks."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def __call__(self, password: bytes, hashed: bytes) -> bool:
        with self._lock:  # checks run in several threads
            self.count += 1
        return bcrypt.checkpw(password, hashed)


@pytest.fixture
def check() -> CountingCheck:
    return CountingCheck()


@pytest.fixture
def passwords(check: CountingCheck) -> Iterator[Passwords]:
    made = Passwords(4, check)
    yield made
    made.close()


@pytest.fixture
def replicas(
    clients: list[Client], passwords: Passwords, clock: Clock, make_throttle: Callable[..., Throttle]
) -> list[Throttle]:
    return [make_throttle(client, passwords, clock) for client in clients]


@pytest.fixture
def throttle(replicas: list[Throttle]) -> Throttle:
    return replicas[0]


@pytest.fixture
def name() -> str:
    return f"u{uuid.uuid4().hex[:20]}"


@pytest.fixture
def home() -> str:
    """Returns the address of the owner, without failed attempts."""
    return anywhere()


async def unrecorded(tx: UnitOfWork) -> None:
    """Records nothing."""


async def sign_in(throttle: Throttle, name: str, address: str, password: str = "wrong") -> bool:  # noqa: S107
    async with throttle.attempt(name, address, unrecorded) as attempt:
        return await attempt.verify(password, HASHED)


async def refused_seconds(throttle: Throttle, name: str, address: str) -> int:
    """Returns the seconds that a refused attempt is told to wait."""
    with pytest.raises(ResourceExhausted) as refusal:
        await sign_in(throttle, name, address, "right")
    assert refusal.value.reason == "RATE_LIMITED"
    return int(refusal.value.metadata["retry_after_seconds"])


def anywhere() -> str:
    """Returns an address without earlier attempts."""
    return f"2001:db8:{random.randrange(1 << 16):x}:{random.randrange(1 << 16):x}::1"  # noqa: S311 - no secret


async def test_of_200_concurrent_attempts_only_the_free_ones_reach_the_hash(
    replicas: list[Throttle], check: CountingCheck, name: str
) -> None:
    for _ in range(4):  # a process queues no more attempts at once
        attempts = (sign_in(replicas[n % 2], name, anywhere()) for n in range(50))
        answers = await asyncio.gather(*attempts, return_exceptions=True)
        assert all(answer is False or isinstance(answer, ResourceExhausted) for answer in answers)
    assert 1 <= check.count <= 5


async def test_concurrent_right_passwords_all_pass(replicas: list[Throttle], name: str, home: str) -> None:
    answers = await asyncio.gather(*(sign_in(replicas[n % 2], name, home, "right") for n in range(16)))
    assert answers == [True] * 16


async def test_during_a_day_of_attack_at_most_100_attempts_pass_and_the_owner_can_sign_in(
    throttle: Throttle, clock: Clock, check: CountingCheck, name: str, home: str
) -> None:
    assert await sign_in(throttle, name, home, "right")
    check.count = 0
    begin, sign_ins = clock.time, 0
    while clock.time < begin + timedelta(days=1):
        for address in (anywhere(), home):
            with suppress(ResourceExhausted):
                await sign_in(throttle, name, address)
        clock.time += timedelta(minutes=12)
    assert 60 <= check.count <= 100
    clock.time += timedelta(days=1)
    for _ in range(8):
        with suppress(ResourceExhausted):
            await sign_in(throttle, name, anywhere())
        assert await sign_in(throttle, name, home, "right")
        sign_ins += 1
    assert sign_ins == 8


async def test_a_known_address_stands_for_its_network_and_any_case_of_the_name(
    throttle: Throttle, name: str, home: str
) -> None:
    assert await sign_in(throttle, name, home, "right")
    for _ in range(5):
        await sign_in(throttle, name.upper(), anywhere())
    assert await refused_seconds(throttle, name, anywhere()) == 1
    assert await sign_in(throttle, name.upper(), home.replace("::1", ":ffff::9"), "right")


async def test_the_delay_doubles_and_a_refused_attempt_does_not_prolong_it(
    throttle: Throttle, clock: Clock, name: str, home: str
) -> None:
    for _ in range(5):
        await sign_in(throttle, name, home)
    for seconds in (1, 2, 4, 8):
        for _ in range(3):
            assert await refused_seconds(throttle, name, anywhere()) == seconds
        clock.time += timedelta(seconds=seconds)
        await sign_in(throttle, name, home)
    clock.time += timedelta(seconds=16)
    assert await sign_in(throttle, name, home, "right"), "the right password must pass after the wait"


async def test_an_attempt_counts_from_before_the_hash_and_is_given_back_if_it_ends_without_one(
    replicas: list[Throttle], clock: Clock, name: str, home: str
) -> None:
    async with AsyncExitStack() as begun:
        for _ in range(5):
            with suppress(ConnectionError):
                async with replicas[0].attempt(name, home, unrecorded):
                    raise ConnectionError
        for _ in range(4):
            await sign_in(replicas[0], name, home)
        await begun.enter_async_context(replicas[0].attempt(name, home, unrecorded))
        assert await refused_seconds(replicas[1], name, home) == 1
    assert await sign_in(replicas[1], name, home, "right")


async def test_an_address_that_fails_on_many_names_waits_except_for_owners_known_there(
    replicas: list[Throttle], clock: Clock, check: CountingCheck, name: str, home: str
) -> None:
    await replicas[0].welcome(name, home)
    for _ in range(10):
        attempts = (sign_in(replicas[n % 2], str(uuid.uuid4()), home) for n in range(10))
        assert await asyncio.gather(*attempts) == [False] * 10
    for _ in range(3):
        check.count = 0
        for username in (name, str(uuid.uuid4())):
            with pytest.raises(ResourceExhausted) as refusal:
                await sign_in(replicas[0], username, home)
            assert refusal.value.metadata == {"retry_after_seconds": "1"}
        assert check.count == 2, "both must take the time of a hash"
    assert await refused_seconds(replicas[0], str(uuid.uuid4()), home) == 1, "the right password must wait too"
    assert await sign_in(replicas[1], name, home, "right")
    assert await sign_in(replicas[1], str(uuid.uuid4()), anywhere(), "right")
    clock.time += timedelta(seconds=1)
    assert await sign_in(replicas[1], str(uuid.uuid4()), home, "right")


async def test_right_passwords_do_not_count_against_an_address(throttle: Throttle) -> None:
    address = anywhere()
    for _ in range(10):
        answers = await asyncio.gather(*(sign_in(throttle, str(uuid.uuid4()), address, "right") for _ in range(16)))
        assert all(answers)


async def test_attempts_beyond_the_slots_of_an_address_are_refused_without_a_call(
    throttle: Throttle, client: Client, name: str, home: str
) -> None:
    without_table = replace(throttle, store=AttemptStore(client, "no-such-table"))
    async with AsyncExitStack() as waiting:
        for _ in range(16):
            await waiting.enter_async_context(throttle.attempt(str(uuid.uuid4()), home, unrecorded))
        assert await refused_seconds(without_table, name, home) == 1
        assert await sign_in(throttle, name, anywhere(), "right"), "other addresses must have slots left"
    assert await sign_in(throttle, name, home, "right")


async def test_the_items_hold_neither_names_nor_addresses_and_expire(
    throttle: Throttle, client: Client, users_table: str, name: str
) -> None:
    assert await sign_in(throttle, name, "192.0.2.99", "right")
    await sign_in(throttle, name, "192.0.2.98")
    items = [item async for item in client.scan(users_table) if item["pk"].startswith("GUESSES#")]
    assert items
    for item in items:
        assert name not in str(item)
        assert "192.0.2" not in str(item)
        assert item["ttl"] > throttle.now().timestamp() + 24 * 3600


async def test_an_item_of_an_earlier_version_keeps_its_counts_and_addresses(
    throttle: Throttle, client: Client, users_table: str, clock: Clock, name: str
) -> None:
    home = anywhere()
    assert await sign_in(throttle, name, home, "right")
    now_ms = int(clock.time.timestamp() * 1000)
    spent = {"spent_until_ms": now_ms + 10**9, "last_ms": now_ms}
    unspent = {"spent_until_ms": 0, "last_ms": 0}
    [item] = [one async for one in client.scan(users_table) if one["pk"] == throttle_key(throttle, name)]
    old = {key: item[key] for key in ("pk", "sk", "version", "ttl")}
    old |= {"anybody": spent, "reserve": unspent, "known": [{"address": item["known"][0], **unspent}]}
    await client.put_item(users_table, old)
    assert await refused_seconds(throttle, name, anywhere()) > 1
    assert await sign_in(throttle, name, home, "right")


def throttle_key(throttle: Throttle, name: str) -> str:
    return f"GUESSES#{throttle._digest('account', name)}"  # noqa: SLF001 - the key of the item
