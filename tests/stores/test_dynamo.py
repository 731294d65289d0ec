"""The stores when the database is slow, busy or unreachable, and when its response is lost after the commit."""

from __future__ import annotations

import asyncio
import contextvars
import json
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import aiohttp
import grpc
import pytest
from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import Put
from aiohttp import web

from local import ports
from services import provision
from services.common import settings, times
from services.common.dynamo import client as dynamo
from services.common.rpc import call as calls
from services.common.rpc import status
from services.common.unit_of_work import ConditionFailed, backoff_seconds
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.loader import Loader
from services.inventory.catalogue.store import CatalogueStore
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.schema import TABLE as INVENTORY
from services.inventory.stock.store import StockStore
from services.inventory.stock.usecases import Stock
from services.order.domain import Order, Side
from services.order.store import OrderStore
from services.user.audit.domain import Event
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.domain import Profile, Registration
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.identity.store import ProfileStore
from services.user.identity.usecases import Identity
from services.user.ledger.account import DailyLimits
from services.user.ledger.domain import Trade
from services.user.ledger.store import LedgerStore
from services.user.ledger.usecases import Accounts
from services.user.sessions.usecases import Sessions
from tests.stores.users import Users

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WIDE = DailyLimits(deposit=Decimal("1e9"), withdrawal=Decimal("1e9"))

# What happens to a request: "" forwards it; "lost" forwards it and loses the response; others are error responses.
Fault = str
PREFIX = "com.amazonaws.dynamodb.v20120810#"


@dataclass
class Proxy:
    """A proxy in front of the database. Injects faults into writes, in order; forwards reads."""

    faults: list[Fault] = field(default_factory=list)
    made: int = 0
    always: Fault = ""

    def next_fault(self, action: str) -> Fault:
        if action in {"GetItem", "Query", "BatchGetItem"}:
            return ""
        if self.faults:
            self.made += 1
            return self.faults.pop(0)
        return self.always


@pytest.fixture(scope="module")
async def proxy_and_url(endpoint: str) -> AsyncIterator[tuple[Proxy, str]]:
    proxy = Proxy()

    async def handle(incoming: web.Request) -> web.StreamResponse:
        fault = proxy.next_fault(incoming.headers["X-Amz-Target"].rpartition(".")[2])
        if fault and fault != "lost":
            answer: dict[str, Any] = {"__type": PREFIX + fault, "message": "made up"}
            if fault == "TransactionCanceledException":
                answer["CancellationReasons"] = [{"Code": "TransactionConflict", "Message": "made up"}]
            return web.json_response(answer, status=500 if fault == "InternalServerError" else 400)
        async with session.post(endpoint, data=await incoming.read(), headers=incoming.headers) as passed:
            body = await passed.read()
        if fault == "lost":
            assert passed.status == 200, body
            assert incoming.transport is not None
            incoming.transport.abort()
        return web.Response(body=body, status=passed.status, content_type="application/x-amz-json-1.0")

    app = web.Application()
    app.router.add_post("/", handle)
    runner = web.AppRunner(app)
    [port] = ports.claim(1)
    async with aiohttp.ClientSession() as session:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield proxy, f"http://127.0.0.1:{port}"
        await runner.cleanup()


@pytest.fixture
def proxy(proxy_and_url: tuple[Proxy, str]) -> Iterator[Proxy]:
    proxy, _ = proxy_and_url
    yield proxy
    proxy.faults, proxy.made, proxy.always = [], 0, ""


@pytest.fixture(scope="module")
async def troubled(proxy_and_url: tuple[Proxy, str], aws: None) -> AsyncIterator[Client]:
    """A client of the proxy that gives up after half a second."""
    config = settings.DynamoDB(endpoint=proxy_and_url[1], retry_seconds=0.5, timeout_seconds=0.5)
    async with dynamo.connect(config) as client:
        yield client


@pytest.fixture
def accounts(troubled: Client, users_table: str) -> Accounts:
    return Accounts(LedgerStore(troubled, users_table), dynamo.units_of_work(troubled), WIDE, lambda: NOON)


async def outcome(call: Awaitable[object]) -> str:
    """Returns the reason that a caller gets; "" for success."""
    try:
        await call
    except Exception as error:
        return status.as_service_error(error).reason
    return ""


@pytest.mark.parametrize(
    "fault", ["lost", "TransactionCanceledException", "ThrottlingException", "InternalServerError"]
)
async def test_a_deposit_has_one_effect_despite_faults(
    proxy: Proxy, accounts: Accounts, user_id: str, fault: Fault
) -> None:
    proxy.faults = [fault] * 2
    entry = await accounts.deposit(user_id, Decimal("5.00"), "r-1")
    assert proxy.made >= 1
    assert entry.balance_after == Decimal("5.00")
    assert await accounts.deposit(user_id, Decimal("5.00"), "r-1") == entry
    assert (await accounts.balance(user_id)).available == Decimal("5.00")


async def test_a_deposit_without_a_request_id_has_one_effect_despite_a_lost_response(
    proxy: Proxy, accounts: Accounts, user_id: str
) -> None:
    proxy.faults = ["lost"]
    assert (await accounts.deposit(user_id, Decimal("5.00"), "")).balance_after == Decimal("5.00")
    assert (await accounts.balance(user_id)).available == Decimal("5.00")


@pytest.mark.parametrize("fault", ["lost", "ThrottlingException", "InternalServerError"])
async def test_a_refusal_is_final_despite_a_fault(proxy: Proxy, accounts: Accounts, user_id: str, fault: Fault) -> None:
    proxy.faults = [fault]
    assert await outcome(accounts.withdraw(user_id, Decimal("5.00"), "r-1")) == "INSUFFICIENT_FUNDS"
    assert proxy.made == 1
    await accounts.deposit(user_id, Decimal("9.00"), "r-2")
    assert await outcome(accounts.withdraw(user_id, Decimal("5.00"), "r-1")) == "INSUFFICIENT_FUNDS"


async def test_a_refusal_that_conflicts_with_a_transaction_is_no_internal_error(
    proxy: Proxy, accounts: Accounts, user_id: str
) -> None:
    # DynamoDB responds so even to PutItem and UpdateItem while a transaction holds the item; DynamoDB Local never does.
    proxy.faults = ["TransactionConflictException"]
    ended = await outcome(accounts.withdraw(user_id, Decimal("5.00"), "r-1"))
    assert ended in {"INSUFFICIENT_FUNDS", "CONTENTION", "DEPENDENCY_UNAVAILABLE"}


async def test_a_trade_survives_lost_responses(proxy: Proxy, accounts: Accounts, user_id: str) -> None:
    await accounts.deposit(user_id, Decimal("100.00"), "")
    trade = Trade("o-1", is_buy=True, asset_id="BTC", quantity=Decimal(1), amount=Decimal("60.00"))
    proxy.faults = ["lost", "lost"]
    assert (await accounts.settle(user_id, trade)).balance_after == Decimal("40.00")
    assert (await accounts.ledger.holding(user_id, "BTC")).quantity == 1


@pytest.mark.parametrize("request_id", ["", "r-1"], ids=["no request id", "request id"])
async def test_a_registration_whose_response_is_lost_succeeds(
    proxy: Proxy,
    troubled: Client,
    users_table: str,
    make_throttle: Callable[..., Throttle],
    make_sessions: Callable[..., Sessions],
    *,
    request_id: str,
) -> None:
    passwords = Passwords(cost=4)
    trail = AuditTrail(AuditStore(troubled, users_table), dynamo.units_of_work(troubled), lambda: NOON)
    await trail.write(trail.prepare("somebody", Event.SIGN_IN))  # so that the day is listed already
    identity = Identity(
        profiles=ProfileStore(troubled, users_table),
        accounts=LedgerStore(troubled, users_table),
        sessions=make_sessions(troubled),
        trail=trail,
        passwords=passwords,
        common_passwords=frozenset(),
        throttle=make_throttle(troubled, passwords, lambda: NOON),
        minimum_age=13,
        begin=dynamo.units_of_work(troubled),
        now=lambda: NOON,
    )
    name = f"u{uuid.uuid4().hex[:20]}"
    proxy.faults = ["lost"]
    registration = Registration(name, f"{name}@example.org", "Ann", "O'Neil", "", "", False, request_id)
    profile = await identity.register(registration, "correct horse battery", "192.0.2.1")
    assert await identity.profiles.find(name) == profile
    assert await identity.login(name, "correct horse battery", "192.0.2.1")
    passwords.close()


async def test_a_change_of_a_profile_whose_response_is_lost_is_made(
    proxy: Proxy, troubled: Client, users_table: str, make_profile: Callable[..., Profile]
) -> None:
    before, store = make_profile(), Users.over(troubled, users_table)
    await store.add(before)
    proxy.faults = ["lost"]
    after = replace(before, email=make_profile().email)
    assert not await store.replace(before, after)  # asks the caller to read again ...
    stored = await store.get(before.user_id)
    assert stored.email == after.email  # ... and finds it done
    assert await store.replace(stored, after)


async def test_stock_is_taken_once_despite_lost_responses(
    proxy: Proxy, troubled: Client, make_table: Callable[[dict[str, Any]], str], make_asset: Callable[..., Asset]
) -> None:
    table, asset, begin = make_table(INVENTORY), make_asset(available=Decimal(5)), dynamo.units_of_work(troubled)
    store = StockStore(troubled, table)
    assets = CatalogueStore(troubled, table, store)
    await Loader(begin, assets, store, lambda: NOON).add(asset)
    catalogue = Catalogue(assets, store, 1.0)
    await catalogue.refresh()
    stock, order_id = Stock(begin, store, catalogue, lambda: NOON), str(uuid.uuid4())
    for faults in (["lost"], [], ["lost"]):
        proxy.faults = faults
        await stock.take(order_id, asset.asset_id, Decimal(1))
        assert await store.available(asset.asset_id) == 4
    proxy.faults = ["lost"]
    await stock.undo_take(order_id, asset.asset_id, Decimal(1))
    assert await store.available(asset.asset_id) == 5


async def test_an_order_is_stored_and_moved_despite_lost_responses(
    proxy: Proxy, troubled: Client, orders_table: str
) -> None:
    store, one = OrderStore(troubled, orders_table), Decimal(1)
    order = Order(str(uuid.uuid4()), str(uuid.uuid4()), Side.BUY, "BTC", one, one, None, one, "r-1", "b", NOON, NOON)
    proxy.faults = ["lost"]
    assert not await store.add(order)
    assert await store.get(order.user_id, order.order_id) == order
    proxy.faults = ["lost"]
    assert not await store.move(order, order.completed(NOON))
    assert await store.get(order.user_id, order.order_id) == order.completed(NOON)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("ThrottlingException", "DEPENDENCY_UNAVAILABLE"),
        ("ProvisionedThroughputExceededException", "DEPENDENCY_UNAVAILABLE"),
        ("RequestLimitExceeded", "DEPENDENCY_UNAVAILABLE"),
        ("InternalServerError", "DEPENDENCY_UNAVAILABLE"),
        ("ResourceNotFoundException", "DEPENDENCY_UNAVAILABLE"),
        ("ValidationException", "INTERNAL"),
    ],
)
async def test_a_persistent_fault_has_its_reason(
    proxy: Proxy, accounts: Accounts, user_id: str, fault: Fault, reason: str
) -> None:
    proxy.always = fault
    assert await outcome(accounts.deposit(user_id, Decimal("5.00"), "r-1")) == reason
    proxy.always = ""
    assert (await accounts.deposit(user_id, Decimal("5.00"), "r-1")).balance_after == Decimal("5.00")


@pytest.mark.parametrize("ahead", [timedelta(days=40), timedelta(days=-40)])
async def test_a_replica_with_a_clock_of_another_day_changes_nothing(
    endpoint: str, users_table: str, user_id: str, accounts: Accounts, ahead: timedelta
) -> None:
    async with dynamo.connect(settings.DynamoDB(endpoint=endpoint), lambda: times.now() + ahead) as client:
        wrong = Accounts(LedgerStore(client, users_table), dynamo.units_of_work(client), WIDE, lambda: NOON + ahead)
        assert await outcome(wrong.balance(user_id)) == "DEPENDENCY_UNAVAILABLE", "its health check must fail"
        assert await outcome(wrong.deposit(user_id, Decimal("5.00"), "r-1")) == "DEPENDENCY_UNAVAILABLE"
    assert (await accounts.deposit(user_id, Decimal("5.00"), "r-1")).balance_after == Decimal("5.00")


async def test_an_unreachable_database_is_unavailable_within_the_time_limit(aws: None) -> None:
    [port] = ports.claim(1)
    config = settings.DynamoDB(endpoint=f"http://127.0.0.1:{port}", retry_seconds=0.3)
    async with dynamo.connect(config) as client:
        started = time.monotonic()
        with pytest.raises(Exception) as error:  # noqa: PT011 - the next line checks it
            await dynamo.get(client, "t", {"pk": "x", "sk": "y"})
        assert status.code_of(status.as_service_error(error.value)) is grpc.StatusCode.UNAVAILABLE
        assert time.monotonic() - started < 3


async def within(seconds: float, call: Awaitable[object]) -> tuple[str, float]:
    """Serves a call with a deadline. Returns its reason and how long it took."""

    async def serve() -> str:
        calls.enter(calls.Call("r", time.monotonic() + seconds))
        return await outcome(call)

    started = time.monotonic()
    ended = await asyncio.create_task(serve(), context=contextvars.Context())
    return ended, time.monotonic() - started


async def test_retries_of_conflicts_end_at_the_deadline(proxy: Proxy, accounts: Accounts, user_id: str) -> None:
    proxy.always = "TransactionCanceledException"
    ended, seconds = await within(0.3, accounts.deposit(user_id, Decimal("5.00"), "r-1"))
    assert ended == "CONTENTION"
    assert seconds < 3


async def test_retries_of_throttled_requests_end_at_the_deadline(
    proxy: Proxy, troubled: Client, users_table: str, user_id: str
) -> None:
    patient = replace(troubled, throttle_config=dynamo.RetryWithinDeadline(time_limit_secs=30))
    accounts = Accounts(LedgerStore(patient, users_table), dynamo.units_of_work(patient), WIDE, lambda: NOON)
    proxy.always = "ThrottlingException"
    ended, seconds = await within(0.1, accounts.deposit(user_id, Decimal("5.00"), "r-1"))
    assert ended == "DEPENDENCY_UNAVAILABLE"
    assert seconds < 3


async def test_a_failed_condition_has_the_position_of_its_change(client: Client, users_table: str) -> None:
    absent, pk = F("pk").does_not_exist(), str(uuid.uuid4())
    await dynamo.write(client, [Put(users_table, {"pk": pk, "sk": "1"}, absent)])
    with pytest.raises(ConditionFailed) as failed:
        await dynamo.write(
            client, [Put(users_table, {"pk": pk, "sk": sk, "again": True}, absent) for sk in ("0", "1", "2")]
        )
    assert failed.value.positions == {1}
    assert await dynamo.get(client, users_table, {"pk": pk, "sk": "0"}) is None
    assert await dynamo.get(client, users_table, {"pk": pk, "sk": "1"}) == {"pk": pk, "sk": "1"}


def test_the_wait_before_another_try_grows_to_half_a_second() -> None:
    waits = [[backoff_seconds(attempt) for _ in range(200)] for attempt in (0, 3, 50)]
    assert all(0 <= wait <= most for of, most in zip(waits, (0.01, 0.08, 0.5), strict=True) for wait in of)
    assert max(waits[2]) > 0.4
    assert len(set(waits[2])) > 100, "full jitter"


def test_a_table_is_made_once_and_may_be_asked_for_again(endpoint: str, aws: None) -> None:
    control_plane, name = provision.connect(endpoint), f"test-{uuid.uuid4()}"
    assert provision.ensure_table(control_plane, name, INVENTORY)
    assert not provision.ensure_table(control_plane, name, INVENTORY)
    described = control_plane.describe_table(TableName=name)["Table"]
    assert described["TableStatus"] == "ACTIVE"
    assert described["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert json.dumps(described["KeySchema"]) == json.dumps(INVENTORY["KeySchema"])


def test_the_expiry_is_added_to_an_existing_table(endpoint: str, aws: None) -> None:
    control_plane, name = provision.connect(endpoint), f"test-{uuid.uuid4()}"
    assert provision.ensure_table(control_plane, name, INVENTORY)
    for _ in range(2):
        assert not provision.ensure_table(control_plane, name, INVENTORY, "ttl")
    now = control_plane.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    assert (now["TimeToLiveStatus"], now["AttributeName"]) == ("ENABLED", "ttl")
