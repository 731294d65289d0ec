"""The records of refused login attempts, by any method, and which attempts still succeed."""

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
from .people import HOME, PASSWORD, AuditEvents, Clock, MakeRegistration, anywhere, outcomes, try_wrong_passwords


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
        await try_wrong_passwords(counted.identity, name)
        first = ["GetItem"] * 4 + ["TransactWriteItems of 3"]
        assert await counted.refused(name) == first
        for _ in range(20):
            assert await counted.refused(name) == ["GetItem"] * 2
        clock.time += timedelta(seconds=1)
        await try_wrong_passwords(counted.identity, name, 1)
        assert await counted.refused(name) == first, "the first refusal after another counted attempt must be recorded"
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
        await try_wrong_passwords(identity, name)
        begin = time.monotonic()
        with pytest.raises(ResourceExhausted):
            await identity.login(name, PASSWORD, anywhere())
        assert time.monotonic() - begin >= 0.05, "a sleep never ends early, so this holds on a busy machine too"


async def test_concurrent_refusals_leave_one_record(
    replicas: list[Identity], make_registration: MakeRegistration, clock: Clock, audit_events: AuditEvents
) -> None:
    profile = await replicas[0].register(make_registration(), PASSWORD, HOME)
    identities = [replace(replica, throttle=replace(replica.throttle, now=clock)) for replica in replicas]
    await try_wrong_passwords(identities[0], profile.username)
    logins = (identities[n % 2].login(profile.username, PASSWORD, f"203.0.113.{n}") for n in range(20))
    answers = await asyncio.gather(*logins, return_exceptions=True)
    assert all(isinstance(answer, ResourceExhausted) for answer in answers), answers
    assert outcomes(await audit_events(profile.user_id)).count(("SIGN_IN", "RATE_LIMITED")) == 1


async def test_a_refusal_that_cannot_be_recorded_stands_and_takes_no_longer(
    identity: Identity,
    client: Client,
    make_registration: MakeRegistration,
    clock: Clock,
    audit_events: AuditEvents,
) -> None:
    profile = await identity.register(make_registration(), PASSWORD, HOME)
    identity = replace(identity, throttle=replace(identity.throttle, now=clock))
    await try_wrong_passwords(identity, profile.username)
    no_table = AuditStore(client, "no-such-table")
    unrecorded = replace(identity, trail=AuditTrail(no_table, dynamo.units_of_work(client), times.now))
    for one in (unrecorded, unrecorded, identity, identity):
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
    limited_address = anywhere()
    for _ in range(10):
        logins = (identity.login(str(uuid.uuid4()), PASSWORD, limited_address) for _ in range(10))
        await asyncio.gather(*logins, return_exceptions=True)
    with pytest.raises(ResourceExhausted):
        await identity.login(profile.username, PASSWORD, limited_address)
    assert ("SIGN_IN", "RATE_LIMITED") in outcomes(await audit_events(profile.user_id))


async def test_attempts_by_replayed_registrations_are_counted(
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
    recorded = Counter(outcomes(await audit_events(first.user_id)))
    assert recorded["REGISTRATION", "IDEMPOTENCY_KEY_REUSED"] == 5
    assert recorded["REGISTRATION", "RATE_LIMITED"] == 1


async def test_attempts_by_password_changes_are_counted(
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
