"""The audit trail: whole, immutable, newest first, without secrets."""

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

from services.common.auth.refusals import try_to_record
from services.common.dynamo import client as dynamo
from services.common.rpc import call as calls
from services.user.audit.store import AuditStore, Record
from services.user.audit.trail import AuditTrail, Event
from services.user.schema import TABLE as USERS

NEW_DAY = timedelta(days=1)

Clock = Any


@pytest.fixture
def table(make_table: Callable[[dict[str, Any]], str]) -> str:
    """A table of its own, as the trail of everybody is listed here."""
    return make_table(USERS)


@pytest.fixture
def trail(client: Client, table: str, clock: Clock) -> AuditTrail:
    return AuditTrail(AuditStore(client, table), clock)


def new_id() -> str:
    return str(uuid.uuid4())


async def in_call(work: Callable[[], Awaitable[None]], principal: calls.Principal | None = None) -> None:
    """Does some work as a call does it."""
    call = calls.Call("r-1", time.monotonic() + 10, principal, client_address="192.0.2.7", user_agent="curl/8")

    async def run() -> None:
        calls.enter(call)
        await work()

    await asyncio.create_task(run())  # in a context of its own


async def all_of(trail: AuditTrail, size: int) -> list[Record]:
    """All pages of the trail of everybody."""
    records, before = [], None
    while True:
        page, before = await trail.store.of_all(before, size)
        assert len(page) <= size
        records += page
        if before is None:
            return records


async def test_an_event_says_who_what_when_from_where_and_what_came_of_it(trail: AuditTrail, clock: Clock) -> None:
    user, admin = new_id(), new_id()
    await in_call(
        lambda: trail.record(user, Event.USER_DISABLED, "DONE", reason="fraud"),
        calls.Principal(admin, "admin", ""),
    )
    [record], rest = await trail.store.of_user(user, "", None, 10)
    assert rest is None
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
    assert await trail.store.of_user(admin, "", None, 10) == ([record], None)  # it is in the actor's trail, too
    assert await all_of(trail, 10) == [record]


async def test_without_a_sign_in_the_user_is_the_actor_unless_it_is_said_otherwise(trail: AuditTrail) -> None:
    user = new_id()
    await trail.record(user, Event.REGISTRATION)
    await trail.record(user, Event.SIGN_IN, "BAD_CREDENTIALS", actor_id="")
    records, _ = await trail.store.of_user(user, "", None, 10)
    assert {record.event: record.actor_id for record in records} == {"REGISTRATION": user, "SIGN_IN": ""}


async def test_pages_are_newest_first_and_miss_nothing(trail: AuditTrail, clock: Clock) -> None:
    users = [new_id() for _ in range(3)]
    made: list[str] = []
    for day in range(5):
        for number in range(7 * (day != 2)):  # one day is without events
            clock.time += timedelta(milliseconds=5)
            record = trail.prepare(users[number % 3], Event.SIGN_IN)
            await trail.add(record)
            made.append(record.event_id)
        clock.time += NEW_DAY
    for size in (1, 4, 50):
        assert [record.event_id for record in await all_of(trail, size)] == made[::-1]
    mine, before = [], None
    while True:
        page, before = await trail.store.of_user(users[0], "", before, 2)
        mine += [record.event_id for record in page]
        if before is None:
            break
    assert mine == [event_id for at, event_id in enumerate(made) if at % 7 % 3 == 0][::-1]


async def test_the_trail_of_an_actor_leaves_out_what_others_did(trail: AuditTrail, clock: Clock) -> None:
    admin, other = new_id(), new_id()
    for number in range(12):
        clock.time += timedelta(milliseconds=5)
        await trail.record(admin, Event.PROFILE_CHANGE, actor_id=admin if number % 4 == 0 else other)
    records, before = [], None
    while True:
        page, before = await trail.store.of_user(admin, admin, before, 2)
        records += page
        if before is None:
            break
    assert [record.actor_id for record in records] == [admin] * 3


def a_refusal(trail: AuditTrail, user: str, address: str = "192.0.2.7", outcome: str = "SESSION_ENDED") -> Record:
    """A refused refresh of a session of the user."""
    record = trail.prepare(user, Event.TOKEN_REFRESH, outcome, actor_id="", session="s-1")
    return replace(record, client_address=address)


async def test_of_the_refusals_of_an_hour_that_are_alike_the_first_is_kept_and_all_are_in_the_log(
    trail: AuditTrail, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    user = new_id()
    begin = clock.time
    with caplog.at_level(logging.INFO, "cnop.audit"):
        for minute in (0, 1, 59, 60, 61):
            clock.time = begin + timedelta(minutes=minute)
            await trail.add_first(a_refusal(trail, user))
    records, _ = await trail.store.of_user(user, "", None, 10)
    assert [record.at for record in records] == [begin + timedelta(hours=1), begin]
    assert len(caplog.records) == 5


async def test_refusals_of_something_else_or_from_elsewhere_are_kept_too(trail: AuditTrail) -> None:
    user, other = new_id(), new_id()
    for _ in range(2):
        for address in ("192.0.2.7", "192.0.2.8", "2001:db8::1", "2001:db8::2"):
            await trail.add_first(a_refusal(trail, user, address))
        await trail.add_first(a_refusal(trail, user, outcome="ACCOUNT_DISABLED"))
        await trail.add_first(a_refusal(trail, other))
    records, _ = await trail.store.of_user(user, "", None, 10)
    told = sorted((record.outcome, record.client_address) for record in records)
    assert told == [
        ("ACCOUNT_DISABLED", "192.0.2.7"),
        ("SESSION_ENDED", "192.0.2.7"),
        ("SESSION_ENDED", "192.0.2.8"),
        ("SESSION_ENDED", "2001:db8::1"),
    ]
    assert len(await all_of(trail, 10)) == 5


async def test_signing_keys_that_come_and_go_are_recorded_once_though_all_replicas_see_it(
    clients: list[Client], table: str, clock: Clock
) -> None:
    trails = [AuditTrail(AuditStore(client, table), clock) for client in clients]
    await asyncio.gather(*(trail.keys_changed({"k-2": "x", "k-3": "y"}, {"k-1": "z"}) for trail in trails))
    records = await all_of(trails[0], 10)
    assert sorted((record.event, record.subject, record.actor_id) for record in records) == [
        ("SIGNING_KEY_ADDED", "key:k-2", "operator"),
        ("SIGNING_KEY_ADDED", "key:k-3", "operator"),
        ("SIGNING_KEY_REMOVED", "key:k-1", "operator"),
    ]


async def test_refusals_at_once_leave_one_record(clients: list[Client], table: str, clock: Clock) -> None:
    trails, user = [AuditTrail(AuditStore(client, table), clock) for client in clients], new_id()
    await asyncio.gather(*(trails[n % 2].add_first(a_refusal(trails[n % 2], user)) for n in range(20)))
    assert len(await all_of(trails[0], 10)) == 1


class Hanging(AuditStore):
    """A table that does not answer."""

    async def add_first(self, record: Record, kind: str, seconds: int) -> None:
        await asyncio.sleep(60)


@pytest.mark.parametrize("store", [AuditStore, Hanging])
async def test_a_refusal_that_cannot_be_recorded_is_in_the_log(
    client: Client, clock: Clock, caplog: pytest.LogCaptureFixture, store: type[AuditStore]
) -> None:
    trail, user = AuditTrail(store(client, "no-such-table"), clock), new_id()
    with caplog.at_level(logging.INFO, "cnop"):
        await try_to_record(trail.add_first(a_refusal(trail, user)))
    lines = [line for line in caplog.records if line.name == "cnop.audit"]
    assert [(line.user_id, line.outcome) for line in lines] == [(user, "SESSION_ENDED")]  # type: ignore[attr-defined]
    assert any(line.levelno == logging.WARNING for line in caplog.records)


async def test_a_record_that_is_there_stays_as_it_is(trail: AuditTrail) -> None:
    user = new_id()
    record = trail.prepare(user, Event.SIGN_IN)
    await trail.add(record)
    forged = {name: getattr(record, name) for name in Record.__slots__} | {"outcome": "FORGED"}
    await trail.add(Record(**forged))
    assert await trail.store.of_user(user, "", None, 10) == ([record], None)


async def test_an_event_is_there_with_its_change_or_not_at_all(trail: AuditTrail, client: Client, table: str) -> None:
    user = new_id()
    record = trail.prepare(user, Event.ROLE_CHANGE)
    refused = Put(table, {"pk": "X", "sk": "X"}, F("pk").exists())
    with pytest.raises(dynamo.ConditionFailed):
        await dynamo.transact(client, [refused, *await trail.operations(record)])
    assert await trail.store.of_user(user, "", None, 10) == ([], None)
    assert await all_of(trail, 10) == []


async def test_what_concerns_nobody_is_in_the_log_alone(trail: AuditTrail, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "cnop.audit"):
        trail.note(Event.SIGN_IN, "BAD_CREDENTIALS")
    [line] = caplog.records
    told = vars(line)
    assert (told["event"], told["outcome"], told["user_id"]) == ("SIGN_IN", "BAD_CREDENTIALS", "")
    assert await all_of(trail, 10) == []


async def test_every_event_is_a_line_of_the_log(trail: AuditTrail, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "cnop.audit"):
        await trail.record("u", Event.ASSET_PRICED, subject="asset:BTC", price="1.00")
    [line] = caplog.records
    told = vars(line)
    assert (told["event"], told["subject"], told["facts"]) == ("ASSET_PRICED", "asset:BTC", {"price": "1.00"})
    json.dumps({name: told[name] for name in ("event_id", "actor_id", "client_address", "request_id")})


@pytest.mark.parametrize("name", ["password", "new_password", "refresh_token", "password_hash", "client_secret"])
def test_a_secret_is_no_fact(trail: AuditTrail, name: str) -> None:
    with pytest.raises(ValueError, match="no fact"):
        trail.prepare("u", Event.SIGN_IN, **{name: "x"})


def test_what_others_choose_is_cut_to_a_length(trail: AuditTrail) -> None:
    assert len(trail.prepare("u", Event.SIGN_IN, reason="x" * 5000).facts["reason"]) == 256


def test_the_time_of_a_record_is_that_of_its_id(trail: AuditTrail, clock: Clock) -> None:
    moments: list[datetime] = []
    for _ in range(3):
        clock.time += timedelta(milliseconds=1)
        moments.append(trail.prepare("u", Event.LOGOUT).at)
    assert moments == sorted(moments)
    assert moments[-1] == clock.time
