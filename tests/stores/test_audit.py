"""The audit trail over DynamoDB: complete, immutable, newest first."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Put

from services.common.dynamo import client as dynamo
from services.common.rpc import call as calls
from services.common.unit_of_work import Conflict
from services.user.audit.domain import Event, Record
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.schema import TABLE as USERS

NEW_DAY = timedelta(days=1)

Clock = Any


@pytest.fixture
def table(make_table: Callable[[dict[str, Any]], str]) -> str:
    """Creates a table for one test, because the tests list all its records."""
    return make_table(USERS)


@pytest.fixture
def trail(client: Client, table: str, clock: Clock) -> AuditTrail:
    return make_trail(client, table, clock)


def make_trail(client: Client, table: str, clock: Clock) -> AuditTrail:
    return AuditTrail(AuditStore(client, table), dynamo.units_of_work(client), clock)


def new_id() -> str:
    return str(uuid.uuid4())


async def in_call(work: Callable[[], Awaitable[None]], principal: calls.Principal | None = None) -> None:
    """Runs `work` as part of a call."""
    call = calls.Call("r-1", time.monotonic() + 10, principal, client_address="192.0.2.7", user_agent="curl/8")

    async def run() -> None:
        calls.enter(call)
        await work()

    await asyncio.create_task(run())  # in its own context


async def all_of(trail: AuditTrail, size: int) -> list[Record]:
    """Returns the records of all pages."""
    records, cursor = [], None
    while True:
        page, cursor = await trail.events("", "", cursor, size)
        assert len(page) <= size
        records += page
        if cursor is None:
            return records


async def test_a_record_names_the_actor_event_time_origin_and_outcome(trail: AuditTrail, clock: Clock) -> None:
    user, admin = new_id(), new_id()
    await in_call(
        lambda: trail.write(trail.prepare(user, Event.USER_DISABLED, reason="fraud")),
        calls.Principal(admin, "admin", ""),
    )
    [record], cursor = await trail.events(user, "", None, 10)
    assert cursor is None
    assert record.at == clock.time
    assert record.as_texts() == {
        "event_id": record.event_id,
        "event": "USER_DISABLED",
        "outcome": "DONE",
        "user_id": user,
        "actor_id": admin,
        "subject": f"user:{user}",
        "client_address": "192.0.2.7",
        "user_agent": "curl/8",
        "request_id": "r-1",
    }
    assert record.facts == {"reason": "fraud"}
    assert await trail.events(admin, "", None, 10) == ([record], None)  # the trail of the actor has it too
    assert await all_of(trail, 10) == [record]


async def test_the_user_is_the_actor_by_default(trail: AuditTrail) -> None:
    user = new_id()
    await trail.write(trail.prepare(user, Event.REGISTRATION))
    await trail.write(trail.prepare(user, Event.SIGN_IN, "BAD_CREDENTIALS", actor_id=""))
    records, _ = await trail.events(user, "", None, 10)
    assert {record.event: record.actor_id for record in records} == {"REGISTRATION": user, "SIGN_IN": ""}


async def test_pages_are_newest_first_and_complete(trail: AuditTrail, clock: Clock) -> None:
    users = [new_id() for _ in range(3)]
    event_ids: list[str] = []
    for day in range(5):
        for number in range(7 * (day != 2)):  # one day has no events
            clock.time += timedelta(milliseconds=5)
            record = trail.prepare(users[number % 3], Event.SIGN_IN)
            await trail.write(record)
            event_ids.append(record.event_id)
        clock.time += NEW_DAY
    for size in (1, 4, 50):
        assert [record.event_id for record in await all_of(trail, size)] == event_ids[::-1]
    own, cursor = [], None
    while True:
        page, cursor = await trail.events(users[0], "", cursor, 2)
        own += [record.event_id for record in page]
        if cursor is None:
            break
    assert own == [event_id for at, event_id in enumerate(event_ids) if at % 7 % 3 == 0][::-1]


async def test_the_events_of_an_actor_are_those_of_that_actor_only(trail: AuditTrail, clock: Clock) -> None:
    admin, other = new_id(), new_id()
    for number in range(12):
        clock.time += timedelta(milliseconds=5)
        actor_id = admin if number % 4 == 0 else other
        await trail.write(trail.prepare(admin, Event.PROFILE_CHANGE, actor_id=actor_id))
    records, cursor = [], None
    while True:
        page, cursor = await trail.events("", admin, cursor, 2)
        records += page
        if cursor is None:
            break
    assert [record.actor_id for record in records] == [admin] * 3


def a_refusal(trail: AuditTrail, user: str, address: str = "192.0.2.7", outcome: str = "SESSION_ENDED") -> Record:
    """Returns the record of a refused session refresh."""
    record = trail.prepare(user, Event.TOKEN_REFRESH, outcome, actor_id="", session="s-1")
    return replace(record, client_address=address)


async def test_the_first_of_similar_refusals_in_an_hour_is_stored_and_all_are_logged(
    trail: AuditTrail, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    user = new_id()
    begin = clock.time
    with caplog.at_level(logging.INFO, "cnop.audit"):
        for minute in (0, 1, 59, 60, 61):
            clock.time = begin + timedelta(minutes=minute)
            await trail.write_limited(a_refusal(trail, user))
    records, _ = await trail.events(user, "", None, 10)
    assert [record.at for record in records] == [begin + timedelta(hours=1), begin]
    assert len(caplog.records) == 5


async def test_refusals_with_another_reason_or_address_are_stored(trail: AuditTrail) -> None:
    user, other = new_id(), new_id()
    for _ in range(2):
        for address in ("192.0.2.7", "192.0.2.8", "2001:db8::1", "2001:db8::2"):
            await trail.write_limited(a_refusal(trail, user, address))
        await trail.write_limited(a_refusal(trail, user, outcome="ACCOUNT_DISABLED"))
        await trail.write_limited(a_refusal(trail, other))
    records, _ = await trail.events(user, "", None, 10)
    logged = sorted((record.outcome, record.client_address) for record in records)
    assert logged == [
        ("ACCOUNT_DISABLED", "192.0.2.7"),
        ("SESSION_ENDED", "192.0.2.7"),
        ("SESSION_ENDED", "192.0.2.8"),
        ("SESSION_ENDED", "2001:db8::1"),
    ]
    assert len(await all_of(trail, 10)) == 5


async def test_added_and_removed_signing_keys_are_recorded_once_by_all_replicas(
    clients: list[Client], table: str, clock: Clock
) -> None:
    trails = [make_trail(client, table, clock) for client in clients]
    await asyncio.gather(*(trail.keys_changed({"k-2": "x", "k-3": "y"}, {"k-1": "z"}) for trail in trails))
    records = await all_of(trails[0], 10)
    assert sorted((record.event, record.subject, record.actor_id) for record in records) == [
        ("SIGNING_KEY_ADDED", "key:k-2", "operator"),
        ("SIGNING_KEY_ADDED", "key:k-3", "operator"),
        ("SIGNING_KEY_REMOVED", "key:k-1", "operator"),
    ]


async def test_concurrent_similar_refusals_leave_one_record(clients: list[Client], table: str, clock: Clock) -> None:
    trails, user = [make_trail(client, table, clock) for client in clients], new_id()
    await asyncio.gather(*(trails[n % 2].write_limited(a_refusal(trails[n % 2], user)) for n in range(20)))
    assert len(await all_of(trails[0], 10)) == 1


class Hanging(AuditStore):
    """A store that never responds."""

    async def is_marked(self, kind: str, now: datetime) -> bool:
        await asyncio.sleep(60)
        return False


@pytest.mark.parametrize("store", [AuditStore, Hanging])
async def test_a_refusal_that_cannot_be_stored_is_logged(
    client: Client, clock: Clock, caplog: pytest.LogCaptureFixture, store: type[AuditStore]
) -> None:
    trail, user = AuditTrail(store(client, "no-such-table"), dynamo.units_of_work(client), clock), new_id()
    with caplog.at_level(logging.INFO, "cnop"):
        await trail.write_limited(a_refusal(trail, user))
    lines = [line for line in caplog.records if line.name == "cnop.audit"]
    assert [(vars(line)["user_id"], vars(line)["outcome"]) for line in lines] == [(user, "SESSION_ENDED")]
    assert any(line.levelno == logging.WARNING for line in caplog.records)


async def test_a_stored_record_is_immutable(trail: AuditTrail) -> None:
    user = new_id()
    record = trail.prepare(user, Event.SIGN_IN)
    await trail.write(record)
    forged = {name: getattr(record, name) for name in Record.__slots__} | {"outcome": "FORGED"}
    await trail.write(Record(**forged))
    assert await trail.events(user, "", None, 10) == ([record], None)


async def test_a_record_is_stored_with_its_change_or_not_at_all(trail: AuditTrail, client: Client, table: str) -> None:
    user = new_id()
    tx = dynamo.units_of_work(client)()
    tx.add(Put(table, {"pk": "X", "sk": "X"}, F("pk").exists()))
    await trail.add(tx, trail.prepare(user, Event.ROLE_CHANGE))
    with pytest.raises(Conflict):
        await tx.commit()
    assert await trail.events(user, "", None, 10) == ([], None)
    assert await all_of(trail, 10) == []


async def test_an_anonymous_event_is_only_logged(trail: AuditTrail, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "cnop.audit"):
        trail.log_anonymous(Event.SIGN_IN, "BAD_CREDENTIALS")
    [line] = caplog.records
    logged = vars(line)
    assert (logged["event"], logged["outcome"], logged["user_id"]) == ("SIGN_IN", "BAD_CREDENTIALS", "")
    assert await all_of(trail, 10) == []


async def test_every_record_is_logged(trail: AuditTrail, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "cnop.audit"):
        await trail.write(trail.prepare("u", Event.ASSET_PRICED, subject="asset:BTC", price="1.00"))
    [line] = caplog.records
    logged = vars(line)
    assert (logged["event"], logged["subject"], logged["facts"]) == ("ASSET_PRICED", "asset:BTC", {"price": "1.00"})
    json.dumps({name: logged[name] for name in ("event_id", "actor_id", "client_address", "request_id")})


def test_the_time_of_a_record_is_that_of_its_id(trail: AuditTrail, clock: Clock) -> None:
    moments: list[datetime] = []
    for _ in range(3):
        clock.time += timedelta(milliseconds=1)
        moments.append(trail.prepare("u", Event.LOGOUT).at)
    assert moments == sorted(moments)
    assert moments[-1] == clock.time
