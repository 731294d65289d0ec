"""What is written of guesses that are refused, whichever way they come, and who gets in all the same."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from aiodynamo.client import Client
from aiodynamo.http.types import Request, Response

from services.common.rpc.errors import AlreadyExists, ResourceExhausted, Unauthenticated
from services.user.audit.store import AuditStore
from services.user.identity.store import ProfileStore
from services.user.identity.throttle_store import ThrottleStore
from services.user.identity.usecases import Identity

from .people import HOME, PASSWORD, Clock, MakeRegistration, anywhere, guess, outcomes


class Counted:
    """A replica whose calls of the database are counted."""

    def __init__(self, identity: Identity, client: Client, table: str) -> None:
        self.calls: list[str] = []
        self._http = client.http
        counted = replace(client, http=self._call)
        self.identity = replace(
            identity,
            store=ProfileStore(counted, table),
            throttle=replace(identity.throttle, store=ThrottleStore(counted, table)),
            trail=replace(identity.trail, store=AuditStore(counted, table)),
        )

    async def _call(self, asked: Request) -> Response:
        name = (asked.headers or {})["X-Amz-Target"].rpartition(".")[2]
        writes = len(json.loads(asked.body or b"{}").get("TransactItems", []))
        self.calls.append(f"{name} of {writes}" if writes else name)
        return await self._http(asked)

    async def refused(self, username: str) -> list[str]:
        """The calls that a refused sign-in makes."""
        self.calls.clear()
        with pytest.raises(ResourceExhausted) as refusal:
            await self.identity.login(username, PASSWORD, "198.51.100.9")
        assert refusal.value.reason == "RATE_LIMITED"
        return sorted(self.calls)


async def test_of_the_refusals_after_a_guess_the_first_is_in_the_trail_and_the_rest_write_nothing(
    identity: Identity, client: Client, users_table: str, clock: Clock, make_registration: MakeRegistration
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    throttle = replace(identity.throttle, now=clock)
    counted = Counted(replace(identity, throttle=throttle), client, users_table)
    for name, user_id in ((profile.username, profile.user_id), (f"x{profile.username}", "")):
        await guess(counted.identity, name)
        first = ["GetItem"] * 4 + ["TransactWriteItems of 3"]
        assert await counted.refused(name) == first
        for _ in range(20):
            assert await counted.refused(name) == ["GetItem"] * 2
        clock.time += timedelta(seconds=1)
        await guess(counted.identity, name, 1)
        assert await counted.refused(name) == first, "another bout"
        assert await counted.refused(name) == ["GetItem"] * 2
        if user_id:
            limited, wrong = ("SIGN_IN", "RATE_LIMITED"), ("SIGN_IN", "BAD_CREDENTIALS")
            expected = [limited, wrong, limited, *[wrong] * 5, ("REGISTRATION", "DONE")]
            assert sorted(await outcomes(identity, user_id)) == sorted(expected)


async def test_a_recorded_refusal_takes_long_enough_to_hide_whether_there_is_such_an_account(
    identity: Identity, make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    for name in (profile.username, f"x{profile.username}"):
        await guess(identity, name)
        begin = time.monotonic()
        with pytest.raises(ResourceExhausted):
            await identity.login(name, PASSWORD, anywhere())
        assert time.monotonic() - begin >= 0.05, "a sleep never ends early: the machine may be as slow as it wants"


async def test_refusals_at_once_leave_one_record(
    replicas: list[Identity], make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await replicas[0].register(make_registration(), PASSWORD, HOME)
    both = [replace(replica, throttle=replace(replica.throttle, now=clock)) for replica in replicas]
    await guess(both[0], profile.username)
    tries = (both[n % 2].login(profile.username, PASSWORD, f"203.0.113.{n}") for n in range(20))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(answer, ResourceExhausted) for answer in answers), answers
    assert (await outcomes(replicas[0], profile.user_id)).count(("SIGN_IN", "RATE_LIMITED")) == 1


async def test_a_refusal_stays_one_and_lasts_no_longer_when_it_cannot_be_recorded(
    identity: Identity, client: Client, make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    await guess(identity, profile.username)
    without = replace(identity, trail=replace(identity.trail, store=AuditStore(client, "no-such-table")))
    for one in (without, without, identity, identity):
        with pytest.raises(ResourceExhausted) as refusal:
            await one.login(profile.username, PASSWORD, anywhere())
        assert refusal.value.metadata == {"retry_after_seconds": "1"}
    assert (await outcomes(identity, profile.user_id)).count(("SIGN_IN", "RATE_LIMITED")) == 1
    clock.time += timedelta(seconds=1)
    assert await identity.login(profile.username, PASSWORD, anywhere())


async def test_a_try_from_an_address_that_must_wait_is_in_the_trail_of_the_account(
    identity: Identity, make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    crowded = anywhere()
    for _ in range(10):
        tries = (identity.login(str(uuid.uuid4()), PASSWORD, crowded) for _ in range(10))
        await asyncio.gather(*tries, return_exceptions=True)
    with pytest.raises(ResourceExhausted):
        await identity.login(profile.username, PASSWORD, crowded)
    assert ("SIGN_IN", "RATE_LIMITED") in await outcomes(identity, profile.user_id)


async def test_guesses_by_way_of_replays_are_counted_too(
    identity: Identity, make_registration: MakeRegistration
) -> None:
    registration = make_registration()
    first = await identity.register(registration, PASSWORD, HOME)
    for n in range(5):
        with pytest.raises(AlreadyExists):
            await identity.register(registration, f"{PASSWORD} {n}", "198.51.100.1")
    with pytest.raises(ResourceExhausted) as refusal:
        await identity.register(registration, PASSWORD, "198.51.100.1")
    assert refusal.value.reason == "RATE_LIMITED"
    told = Counter(await outcomes(identity, first.user_id))
    assert told["REGISTRATION", "IDEMPOTENCY_KEY_REUSED"] == 5
    assert told["REGISTRATION", "RATE_LIMITED"] == 1


async def test_guesses_by_way_of_a_password_change_are_counted_too(
    identity: Identity, make_registration: MakeRegistration
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    thief = "198.51.100.1"
    for n in range(5):
        with pytest.raises(Unauthenticated):
            await identity.change_password(profile.user_id, f"{PASSWORD} {n}", "a password of the thief", thief)
    with pytest.raises(ResourceExhausted):
        await identity.change_password(profile.user_id, PASSWORD, "a password of the thief", thief)
    assert ("PASSWORD_CHANGE", "RATE_LIMITED") in await outcomes(identity, profile.user_id)
    await identity.change_password(profile.user_id, PASSWORD, "another horse battery", HOME)
    assert await identity.login(profile.username, "another horse battery", HOME)


async def test_who_registered_gets_in_while_others_guess(
    replicas: list[Identity], make_registration: MakeRegistration
) -> None:
    profile = await replicas[0].register(make_registration(), PASSWORD, HOME)
    with suppress(ResourceExhausted):
        for n in range(20):
            with pytest.raises(Unauthenticated):
                await replicas[0].login(profile.username, PASSWORD + "x", f"198.51.100.{n}")
    for replica in replicas:
        assert await replica.login(profile.username, PASSWORD, HOME)
        with pytest.raises(ResourceExhausted):
            await replica.login(profile.username, PASSWORD, "203.0.113.1")
