"""The audit trail over gRPC: how other services write it, and who may read which events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import pytest
from cnop.user.v1 import (
    audit_admin_service_pb2,
    audit_admin_service_pb2_grpc,
    audit_log_service_pb2,
    audit_log_service_pb2_grpc,
    audit_service_pb2,
    audit_service_pb2_grpc,
)

from services.auth import audit_log
from services.auth.audit_log import AuditLog
from services.auth.refusals import Refusal
from services.common import ids, times
from services.common.rpc import call as calls
from services.common.rpc.call import Principal
from services.common.rpc.errors import NotFound, Unavailable
from services.common.rpc.pages import PageTokens
from services.common.unit_of_work import UnitOfWork
from services.user.audit.domain import Event, Record
from services.user.audit.servicers import AuditAdminServicer, AuditLogServicer, AuditServicer
from services.user.audit.trail import AuditTrail
from tests.unit.user.fakes import Database, Records

NAMES = (audit_log.SERVICE, "cnop.user.v1.AuditService", "cnop.user.v1.AuditAdminService")
ADMIN = "11111111-2222-4333-8444-555555555555"
USER = "99999999-2222-4333-8444-555555555555"
SESSION = "77777777-2222-4333-8444-555555555555"

Metadata = tuple[tuple[str, str], ...]
SignIn = Callable[..., Metadata]
Told = Callable[[grpc.aio.AioRpcError], dict[str, Any]]


class Memory(Records):
    """A trail in memory that fails on demand."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = 0

    async def add(self, tx: UnitOfWork, record: Record) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the table is unavailable")
        await super().add(tx, record)

    def all_outcomes(self) -> list[tuple[str, str]]:
        """Returns events with their outcomes."""
        return [(record.event, record.outcome) for record in self.stored.values()]


@pytest.fixture
def store() -> Memory:
    return Memory()


def audit_trail(store: Memory) -> AuditTrail:
    return AuditTrail(store, Database().begin, times.now)


CallAs = Callable[[str], grpc.aio.Channel]


@pytest.fixture
async def call_as(serve_all: Any, store: Memory) -> CallAs:
    """Returns a function that makes a channel to the user service, as a given part of the mesh."""
    trail, pages = audit_trail(store), PageTokens(b"k" * 32)

    def register(server: grpc.aio.Server) -> None:
        audit_log_service_pb2_grpc.add_AuditLogServiceServicer_to_server(AuditLogServicer(trail), server)
        audit_service_pb2_grpc.add_AuditServiceServicer_to_server(AuditServicer(trail, pages), server)
        audit_admin_service_pb2_grpc.add_AuditAdminServiceServicer_to_server(AuditAdminServicer(trail, pages), server)

    made: CallAs = await serve_all(NAMES, register)
    return made


@pytest.fixture
async def channel(call_as: CallAs) -> grpc.aio.Channel:
    return call_as("edge")


@pytest.fixture
async def trail(call_as: CallAs) -> AuditLog:
    """Returns the client of the trail that the inventory service uses."""
    return AuditLog(call_as("inventory"), times.now)


async def as_admin(work: Callable[[], Awaitable[None]]) -> None:
    """Runs `work` as part of a call of an admin."""

    async def call() -> None:
        principal = Principal(ADMIN, "admin", "")
        calls.enter(calls.Call("r-7", time.monotonic() + 5, principal, client_address="192.0.2.7", user_agent="curl/8"))
        await work()

    await asyncio.create_task(call())  # in its own context


async def test_a_change_is_recorded_before_it_is_made_and_its_outcome_afterwards(
    trail: AuditLog, store: Memory
) -> None:
    async def change() -> None:
        async with trail.change("ASSET_PRICED", "asset:BTC", price="1.00"):
            assert store.all_outcomes() == [("ASSET_PRICED", "INTENDED")]

    await as_admin(change)
    assert store.all_outcomes() == [("ASSET_PRICED", "INTENDED"), ("ASSET_PRICED", "DONE")]
    for record in store.stored.values():
        assert (record.actor_id, record.user_id, record.subject) == (ADMIN, ADMIN, "asset:BTC")
        assert (record.client_address, record.user_agent, record.request_id) == ("192.0.2.7", "curl/8", "r-7")
        assert record.facts == {"price": "1.00"}


async def test_a_refused_change_is_recorded_with_the_reason(trail: AuditLog, store: Memory) -> None:
    async def change() -> None:
        async with trail.change("ASSET_PRICED", "asset:BTC"):
            raise NotFound("ASSET_NOT_FOUND", "there is no such asset")

    with pytest.raises(NotFound):
        await as_admin(change)
    assert [outcome for _, outcome in store.all_outcomes()] == ["INTENDED", "ASSET_NOT_FOUND"]


async def test_a_change_whose_intent_cannot_be_recorded_is_not_made(trail: AuditLog, store: Memory) -> None:
    made = []

    async def change() -> None:
        async with trail.change("ASSET_PRICED", "asset:BTC"):
            made.append(1)

    store.failures = 1000
    with pytest.raises(Unavailable, match="nothing was changed"):
        await as_admin(change)
    assert made == []


async def test_an_outcome_that_cannot_be_recorded_is_an_error_that_a_replay_resolves(
    trail: AuditLog, store: Memory
) -> None:
    async def change() -> None:
        async with trail.change("ASSET_PRICED", "asset:BTC"):
            store.failures = 1000

    with pytest.raises(Unavailable, match="is done"):
        await as_admin(change)
    assert [outcome for _, outcome in store.all_outcomes()] == ["INTENDED"]


async def test_the_first_of_similar_refusals_is_recorded_with_its_client(trail: AuditLog, store: Memory) -> None:
    by_role = Refusal(USER, USER, SESSION, "/cnop.inventory.v1.AssetAdminService/Restock", "ROLE_REQUIRED")
    revoked = Refusal(USER, "", SESSION, "/cnop.inventory.v1.InventoryService/ListAssets", "TOKEN_REVOKED")

    async def refuse() -> None:
        for refusal in (by_role, revoked, by_role, revoked):
            await trail.record_refusal(refusal)

    await as_admin(refuse)
    recorded = [(record.event, record.outcome, record.actor_id) for record in store.stored.values()]
    assert recorded == [("ACCESS", "ROLE_REQUIRED", USER), ("ACCESS", "TOKEN_REVOKED", "")]
    for record, refusal in zip(store.stored.values(), (by_role, revoked), strict=True):
        assert (record.user_id, record.subject) == (USER, f"user:{USER}")
        assert (record.client_address, record.user_agent, record.request_id) == ("192.0.2.7", "curl/8", "r-7")
        assert record.facts == {"method": refusal.method, "session": SESSION}


def event(**changes: Any) -> audit_log_service_pb2.RecordEventRequest:
    plain = {
        "event_id": ids.ordered(times.now()), "event": "ORDER_RELEASED", "outcome": "DONE", "user_id": USER,
        "actor_id": ADMIN, "subject": "order:1", "client_address": "192.0.2.7", "user_agent": "curl/8",
    }  # fmt: skip
    return audit_log_service_pb2.RecordEventRequest(**plain | changes)


async def test_an_event_id_of_another_time_is_refused(call_as: CallAs, told: Told) -> None:
    stub = audit_log_service_pb2_grpc.AuditLogServiceStub(call_as("order"))
    for event_id in ("01000000-0000-7000-8000-000000000000", "ffffffff-0000-7000-8000-000000000000"):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await stub.RecordEvent(event(event_id=event_id))
        assert told(error.value)["fields"] == ["event_id"]


@pytest.mark.parametrize("name", ["password", "new_password", "access_token", "secret", "secret_hash"])
async def test_a_fact_that_may_be_a_secret_is_refused(call_as: CallAs, told: Told, store: Memory, name: str) -> None:
    stub = audit_log_service_pb2_grpc.AuditLogServiceStub(call_as("inventory"))
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await stub.RecordEvent(event(event="ASSET_UPDATED", facts={name: "canary"}))
    answer = told(error.value)
    assert (answer["code"], answer["fields"]) == ("INVALID_ARGUMENT", ["facts"])
    assert "canary" not in answer["message"]
    assert store.stored == {}


@pytest.fixture
async def filled(call_as: CallAs, channel: grpc.aio.Channel, store: Memory) -> grpc.aio.Channel:
    """Writes two events of a user, one by an admin and one by the user."""
    stub = audit_log_service_pb2_grpc.AuditLogServiceStub(call_as("order"))
    await stub.RecordEvent(event())
    trail = audit_trail(store)
    await trail.write(trail.prepare(USER, Event.SIGN_IN))
    return channel


async def test_users_see_their_events_but_not_the_address_of_an_admin(
    filled: grpc.aio.Channel, sign_in: SignIn
) -> None:
    stub = audit_service_pb2_grpc.AuditServiceStub(filled)

    async def seen(metadata: Metadata) -> list[tuple[str, str, str]]:
        answer = await stub.ListMyAuditEvents(audit_service_pb2.ListMyAuditEventsRequest(), metadata=metadata)
        return [(one.event, one.actor_id, one.client_address) for one in answer.events]

    assert await seen(sign_in(USER)) == [("SIGN_IN", USER, ""), ("ORDER_RELEASED", ADMIN, "")]
    assert await seen(sign_in(ADMIN, "admin")) == [("ORDER_RELEASED", ADMIN, "192.0.2.7")]
    assert await seen(sign_in("somebody else")) == []


async def test_a_page_token_is_invalid_for_another_user(filled: grpc.aio.Channel, sign_in: SignIn, told: Told) -> None:
    stub = audit_service_pb2_grpc.AuditServiceStub(filled)
    request = audit_service_pb2.ListMyAuditEventsRequest(page_size=1)
    first = await stub.ListMyAuditEvents(request, metadata=sign_in(USER))
    request.page_token = first.next_page_token
    second = await stub.ListMyAuditEvents(request, metadata=sign_in(USER))
    assert [one.event for one in (*first.events, *second.events)] == ["SIGN_IN", "ORDER_RELEASED"]
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await stub.ListMyAuditEvents(request, metadata=sign_in(ADMIN, "admin"))
    assert told(error.value)["fields"] == ["page_token"]


@pytest.mark.parametrize(
    ("filters", "events"),
    [
        ({}, {"ORDER_RELEASED", "SIGN_IN"}),
        ({"user_id": USER}, {"ORDER_RELEASED", "SIGN_IN"}),
        ({"actor_id": ADMIN}, {"ORDER_RELEASED"}),
        ({"user_id": USER, "actor_id": USER}, {"SIGN_IN"}),
        ({"user_id": ADMIN, "actor_id": USER}, set()),
    ],
    ids=["all", "of a user", "by an admin", "of and by a user", "of one by another"],
)
async def test_admins_see_everything_and_may_filter(
    filled: grpc.aio.Channel, sign_in: SignIn, filters: dict[str, str], events: set[str]
) -> None:
    stub = audit_admin_service_pb2_grpc.AuditAdminServiceStub(filled)
    request = audit_admin_service_pb2.ListAuditEventsRequest(**filters)
    answer = await stub.ListAuditEvents(request, metadata=sign_in(ADMIN, "admin"))
    assert {one.event for one in answer.events} == events
    assert "192.0.2.7" in {one.client_address for one in answer.events} or "ORDER_RELEASED" not in events
