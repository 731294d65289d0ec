"""The audit trail use cases over fakes."""

from __future__ import annotations

import logging
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from services.auth.refusals import Refusal
from services.common import ids
from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, InvalidArgument
from services.common.unit_of_work import Conflict
from services.user.audit.domain import Event, Record
from services.user.audit.trail import AuditTrail
from tests.unit.user.fakes import Change, Clock, Database, Records, during


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records() -> Records:
    return Records()


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def trail(records: Records, database: Database, clock: Clock) -> AuditTrail:
    return AuditTrail(records, database.begin, clock)


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [vars(line)["outcome"] for line in caplog.records if line.name == "cnop.audit"]


@pytest.fixture(autouse=True)
def logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cnop.audit")


def test_the_texts_of_a_record_are_all_its_fields_but_the_facts(trail: AuditTrail) -> None:
    record = trail.prepare("a user", Event.USER_DISABLED, reason="spam")
    assert record.facts == {"reason": "spam"}
    assert set(record.as_texts()) == {one.name for one in fields(Record)} - {"facts"}
    assert record.as_texts()["event"] == "USER_DISABLED"


async def test_a_record_describes_the_current_call(trail: AuditTrail, clock: Clock) -> None:
    async def prepare() -> Record:
        return trail.prepare("a user", Event.USER_DISABLED, reason="y" * 5000)

    principal = call.Principal("an admin", "admin", "")
    current = call.Call("r-1", float("inf"), principal, client_address="192.0.2.7", user_agent="x" * 5000)
    record = await during(current, prepare)
    assert (record.at, record.request_id, record.client_address) == (clock.time, "r-1", "192.0.2.7")
    assert (record.user_id, record.actor_id, record.subject) == ("a user", "an admin", "user:a user")
    assert len(record.user_agent) == len(record.facts["reason"]) == 256


def test_the_actor_is_the_user_by_default(trail: AuditTrail) -> None:
    assert trail.prepare("a user", Event.SIGN_IN).actor_id == "a user"
    assert trail.prepare("a user", Event.SIGN_IN, actor_id="").actor_id == ""


@pytest.mark.parametrize("name", ["password", "new_password", "refresh_token", "password_hash", "client_secret"])
def test_a_fact_must_not_be_a_secret(trail: AuditTrail, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        trail.prepare("a user", Event.SIGN_IN, **{name: "x"})


async def test_a_record_is_stored_and_logged_with_its_change(
    trail: AuditTrail, records: Records, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    tx = database.begin()
    await trail.add(tx, trail.prepare("a user", Event.ROLE_CHANGE))
    assert logged(caplog) == []
    await tx.commit()
    assert records.outcomes("a user") == [("ROLE_CHANGE", "DONE")]
    assert logged(caplog) == ["DONE"]


async def test_a_record_of_a_refused_change_is_neither_stored_nor_logged(
    trail: AuditTrail, records: Records, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    tx = database.begin()
    await trail.add(tx, trail.prepare("a user", Event.ROLE_CHANGE))
    tx.add(Change(lambda: None, lambda: False))
    with pytest.raises(Conflict):
        await tx.commit()
    assert records.stored == {}
    assert logged(caplog) == []


async def test_a_lost_response_to_the_write_leaves_one_record(
    trail: AuditTrail, records: Records, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    database.lost_responses = 1
    await trail.write(trail.prepare("a user", Event.SIGN_IN))
    assert records.outcomes("a user") == [("SIGN_IN", "DONE")]
    assert logged(caplog) == ["DONE"]


async def test_similar_records_are_stored_once_an_hour_and_all_logged(
    trail: AuditTrail, records: Records, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for minute in (0, 1, 59, 60, 61):
        clock.time = Clock().time + timedelta(minutes=minute)
        await trail.write_limited(trail.prepare("a user", Event.TOKEN_REFRESH, "SESSION_ENDED", session="s-1"))
    assert [(one.at - Clock().time).seconds for one in records.stored.values()] == [0, 3600]
    assert len(logged(caplog)) == 5


async def test_a_limited_record_that_cannot_be_stored_is_logged(
    trail: AuditTrail, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ConnectionError("the table is unavailable")

    database.meanwhile = [fail]
    await trail.write_limited(trail.prepare("a user", Event.TOKEN_REFRESH, "SESSION_ENDED"))
    assert logged(caplog) == ["SESSION_ENDED"]


async def test_a_refusal_is_recorded_and_raised(trail: AuditTrail, records: Records) -> None:
    with pytest.raises(AlreadyExists):
        async with trail.refusals("a user", Event.PROFILE_CHANGE):
            raise AlreadyExists("EMAIL_TAKEN", "taken")
    assert records.outcomes("a user") == [("PROFILE_CHANGE", "EMAIL_TAKEN")]


async def test_a_refusal_of_another_service_is_recorded_with_its_client(trail: AuditTrail, records: Records) -> None:
    refusal = Refusal("a user", "", "s-1", "/cnop.order.v1.OrderService/GetOrder", "TOKEN_REVOKED")
    await trail.accept_refusal(refusal, "192.0.2.7", "curl/8")
    [record] = records.stored.values()
    assert (record.event, record.outcome, record.client_address, record.user_agent) == (
        "ACCESS",
        "TOKEN_REVOKED",
        "192.0.2.7",
        "curl/8",
    )


@pytest.mark.parametrize("away", [timedelta(minutes=16), -timedelta(minutes=16)], ids=str)
async def test_a_record_of_another_service_must_be_current(
    trail: AuditTrail, records: Records, clock: Clock, away: timedelta
) -> None:
    record = trail.prepare("a user", Event.ASSET_PRICED)
    with pytest.raises(InvalidArgument) as refusal:
        await trail.accept(replace(record, event_id=ids.ordered(clock.time + away)))
    assert [field for field, _ in refusal.value.violations] == ["event_id"]
    assert records.stored == {}


async def test_a_record_of_another_service_must_not_hold_secrets(trail: AuditTrail, records: Records) -> None:
    record = trail.prepare("a user", Event.ASSET_PRICED)
    with pytest.raises(InvalidArgument) as refusal:
        await trail.accept(replace(record, facts={"access_token": "canary"}))
    assert [field for field, _ in refusal.value.violations] == ["facts"]
    assert "canary" not in refusal.value.message
    assert records.stored == {}


async def test_users_do_not_see_where_an_admin_was(trail: AuditTrail) -> None:
    async def write() -> None:
        for actor_id in ("an admin", "a user", ""):
            await trail.write(trail.prepare("a user", Event.PROFILE_CHANGE, actor_id=actor_id))

    await during(call.Call("r-1", float("inf"), client_address="192.0.2.7", user_agent="curl/8"), write)
    seen, _ = await trail.events_of("a user", None, 10)
    origins = {one.actor_id: (one.client_address, one.user_agent) for one in seen}
    assert origins == {"an admin": ("", ""), "a user": ("192.0.2.7", "curl/8"), "": ("192.0.2.7", "curl/8")}
    everything, _ = await trail.events("", "", None, 10)
    assert {one.client_address for one in everything} == {"192.0.2.7"}


@pytest.mark.parametrize(
    ("user_id", "actor_id", "count"), [("", "", 3), ("a user", "", 2), ("", "an admin", 2), ("a user", "an admin", 1)]
)
async def test_admins_may_filter_by_user_and_by_actor(
    trail: AuditTrail, user_id: str, actor_id: str, count: int
) -> None:
    for whom, who in (("a user", "a user"), ("a user", "an admin"), ("another", "an admin")):
        await trail.write(trail.prepare(whom, Event.PROFILE_CHANGE, actor_id=who))
    found, cursor = await trail.events(user_id, actor_id, None, 10)
    assert (len(found), cursor) == (count, None)
