"""What is recorded of refused login attempts, by whichever method, and who gets in nevertheless."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from aiodynamo.client import Client

from services.common import times
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import AlreadyExists, ResourceExhausted, Unauthenticated
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.usecases import Identity

from .counted import CountCalls
from .people import HOME, PASSWORD, AuditEvents, Clock, MakeRegistration, anywhere, guess, outcomes


async def test_the_first_refusal_after_a_counted_attempt_is_recorded_and_the_others_write_nothing(
    identity: Identity,
    count_calls: CountCalls,
    clock: Clock,
    make_registration: MakeRegistration,
    audit_events: AuditEvents,
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    throttle = replace(identity.throttle, now=clock)
    counted = count_calls(replace(identity, throttle=throttle))
    for name, user_id in ((profile.username, profile.user_id), (f"x{profile.username}", "")):
        await guess(counted.identity, name)
        first = ["GetItem"] * 4 + ["TransactWriteItems of 3"]
        assert await counted.refused(name) == first
        for _ in range(20):
            assert await counted.refused(name) == ["GetItem"] * 2
        clock.time += timedelta(seconds=1)
        await guess(counted.identity, name, 1)
        assert await counted.refused(name) == first, "the first one again"
        assert await counted.refused(name) == ["GetItem"] * 2
        if user_id:
            limited, wrong = ("SIGN_IN", "RATE_LIMITED"), ("SIGN_IN", "BAD_CREDENTIALS")
            expected = [limited, wrong, limited, *[wrong] * 5, ("REGISTRATION", "DONE")]
            assert sorted(outcomes(await audit_events(user_id))) == sorted(expected)


async def test_a_recorded_refusal_takes_long_enough_to_hide_whether_the_account_exists(
    identity: Identity, make_registration: MakeRegistration, clock: Clock
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    for name in (profile.username, f"x{profile.username}"):
        await guess(identity, name)
        begin = time.monotonic()
        with pytest.raises(ResourceExhausted):
            await identity.login(name, PASSWORD, anywhere())
        assert time.monotonic() - begin >= 0.05, "a sleep never ends early, so this holds on a busy machine, too"


async def test_concurrent_refusals_leave_one_record(
    replicas: list[Identity], make_registration: MakeRegistration, clock: Clock, audit_events: AuditEvents
) -> None:
    profile = await replicas[0].register(make_registration(), PASSWORD, HOME)
    both = [replace(replica, throttle=replace(replica.throttle, now=clock)) for replica in replicas]
    await guess(both[0], profile.username)
    tries = (both[n % 2].login(profile.username, PASSWORD, f"203.0.113.{n}") for n in range(20))
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(answer, ResourceExhausted) for answer in answers), answers
    assert outcomes(await audit_events(profile.user_id)).count(("SIGN_IN", "RATE_LIMITED")) == 1


async def test_a_refusal_stands_and_lasts_no_longer_if_it_cannot_be_recorded(
    identity: Identity,
    client: Client,
    make_registration: MakeRegistration,
    clock: Clock,
    audit_events: AuditEvents,
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    await guess(identity, profile.username)
    no_table = AuditStore(client, "no-such-table")
    without = replace(identity, trail=AuditTrail(no_table, dynamo.units_of_work(client), times.now))
    for one in (without, without, identity, identity):
        with pytest.raises(ResourceExhausted) as refusal:
            await one.login(profile.username, PASSWORD, anywhere())
        assert refusal.value.metadata == {"retry_after_seconds": "1"}
    assert outcomes(await audit_events(profile.user_id)).count(("SIGN_IN", "RATE_LIMITED")) == 1
    clock.time += timedelta(seconds=1)
    assert await identity.login(profile.username, PASSWORD, anywhere())


async def test_an_attempt_from_an_address_that_must_wait_is_recorded(
    identity: Identity, make_registration: MakeRegistration, clock: Clock, audit_events: AuditEvents
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    crowded = anywhere()
    for _ in range(10):
        tries = (identity.login(str(uuid.uuid4()), PASSWORD, crowded) for _ in range(10))
        await asyncio.gather(*tries, return_exceptions=True)
    with pytest.raises(ResourceExhausted):
        await identity.login(profile.username, PASSWORD, crowded)
    assert ("SIGN_IN", "RATE_LIMITED") in outcomes(await audit_events(profile.user_id))


async def test_attempts_by_replayed_registrations_are_counted_too(
    identity: Identity, make_registration: MakeRegistration, audit_events: AuditEvents
) -> None:
    registration = make_registration()
    first = await identity.register(registration, PASSWORD, HOME)
    for n in range(5):
        with pytest.raises(AlreadyExists):
            await identity.register(registration, f"{PASSWORD} {n}", "198.51.100.1")
    with pytest.raises(ResourceExhausted) as refusal:
        await identity.register(registration, PASSWORD, "198.51.100.1")
    assert refusal.value.reason == "RATE_LIMITED"
    told = Counter(outcomes(await audit_events(first.user_id)))
    assert told["REGISTRATION", "IDEMPOTENCY_KEY_REUSED"] == 5
    assert told["REGISTRATION", "RATE_LIMITED"] == 1


async def test_attempts_by_password_changes_are_counted_too(
    identity: Identity, make_registration: MakeRegistration, audit_events: AuditEvents
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    thief = "198.51.100.1"
    for n in range(5):
        with pytest.raises(Unauthenticated):
            await identity.change_password(profile.user_id, f"{PASSWORD} {n}", "a password of the thief", thief)
    with pytest.raises(ResourceExhausted):
        await identity.change_password(profile.user_id, PASSWORD, "a password of the thief", thief)
    assert ("PASSWORD_CHANGE", "RATE_LIMITED") in outcomes(await audit_events(profile.user_id))
    await identity.change_password(profile.user_id, PASSWORD, "another horse battery", HOME)
    assert await identity.login(profile.username, "another horse battery", HOME)


async def test_the_owner_gets_in_at_the_address_of_the_registration_during_an_attack(
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
