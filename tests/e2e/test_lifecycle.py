"""Parts of the system stop, crash, hang and recover in use: the responses and the invariants.

The tests share a separate system, which keeps its data in a folder.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal
from signal import SIGCONT, SIGKILL, SIGSTOP, SIGTERM, Signals

import grpc
import httpx
import pytest
from cnop.order.v1 import order_pb2, order_service_pb2
from google.protobuf.json_format import ParseDict
from grpc_health.v1 import health_pb2

from local.stack import Stack, StackSettings, running

from .books import problems
from .conftest import CHEAP_PASSWORDS, SERVICES, client_of
from .rest import Json, Refusal, refusal
from .rpc import Channels, bearer, outcome
from .users import User, register, request_id
from .waiting import eventually, until_edge_is_healthy

AWAY = {(503, "DEPENDENCY_UNAVAILABLE"), (503, "PRICES_UNAVAILABLE"), (504, "DEADLINE_EXCEEDED")}
MOVING = {"price_seq", "price_as_of", "volume_24h"}  # of an asset, also while its price stays
DEADLINE_SECONDS = 10.0  # the deadline that the edge sets
SPREAD_STOCK = {"CNOP_STOCK_SHARDS": "4"}
RECOVERY_SECONDS = 30.0  # the maximum time until an order is final, once everything is back
Serving = health_pb2.HealthCheckResponse


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    folder = tmp_path_factory.mktemp("kept")
    settings = StackSettings.on_free_ports(
        data_dir=folder / "data", log_dir=folder / "logs", service_env={**CHEAP_PASSWORDS, **SPREAD_STOCK}
    )
    async with running(settings) as stack:
        yield stack


@pytest.fixture(scope="module")
async def client(system: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(system.settings) as client:
        yield client


@pytest.fixture
async def direct(system: Stack) -> AsyncIterator[Channels]:
    """Opens new channels, which are not in backoff after earlier outages."""
    channels = Channels(system)
    yield channels
    await channels.close()


@pytest.fixture
async def trader(client: httpx.AsyncClient) -> User:
    trader = await register(client)
    await trader.deposit("10000.00")
    return trader


async def until_unhealthy(client: httpx.AsyncClient) -> None:
    async def look() -> bool:
        return (await client.get("/health")).status_code == 503

    await eventually(look, "health is 503")


async def settled(trader: User, order: Json) -> Json:
    """Retries an order until it is COMPLETED, as a client does while services recover, and returns it."""

    async def look() -> Json | None:
        result = await trader.outcome(order)
        if isinstance(result, Refusal):
            assert (result.status, result.reason) in AWAY, result
            return None
        return result

    return await eventually(look, "the order is completed")


def buy(asset_id: str, quantity: str) -> Json:
    return {"side": "BUY", "asset_id": asset_id, "quantity": quantity, "request_id": request_id()}


Way = Callable[[Json], Awaitable[str]]


def over_rest(trader: User) -> Way:
    """Returns a function that creates an order by REST and returns its status, or UNAVAILABLE."""

    async def make(order: Json) -> str:
        response = await trader.send("POST", "/api/v1/orders", order)
        if response.status_code == 200:
            return str(response.json()["status"])
        refused = refusal(response)
        assert (refused.status, refused.reason) in AWAY
        return "UNAVAILABLE"

    return make


def over_grpc(trader: User, channel: grpc.aio.Channel) -> Way:
    """Returns a function that creates an order by native gRPC and returns its status, or UNAVAILABLE."""

    async def make(order: Json) -> str:
        message = ParseDict(order, order_service_pb2.CreateOrderRequest()).SerializeToString()
        path = "/cnop.order.v1.OrderService/CreateOrder"
        answer = await outcome(channel, path, message, bearer(trader.token))
        if isinstance(answer, bytes):
            return order_pb2.Order.Status.Name(order_pb2.Order.FromString(answer).status)
        assert answer.code == grpc.StatusCode.UNAVAILABLE, answer
        return "UNAVAILABLE"

    return make


@pytest.mark.parametrize(
    ("name", "signal"), [("order", SIGTERM), ("order", SIGKILL), ("user", SIGKILL), ("inventory", SIGKILL)]
)
async def test_orders_during_the_end_of_a_service_get_a_response_and_one_effect(
    system: Stack, trader: User, direct: Channels, name: str, signal: Signals
) -> None:
    orders = [buy("DOT", "1") for _ in range(50)]
    ways = over_rest(trader), over_grpc(trader, direct["order"])
    calls = [asyncio.ensure_future(ways[number % 2](order)) for number, order in enumerate(orders)]
    await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
    system[name].signal(signal)
    code = await system[name].wait()
    assert code == (0 if signal == SIGTERM else -SIGKILL)
    answers = await asyncio.gather(*calls)
    assert set(answers) <= {"COMPLETED", "PENDING", "UNAVAILABLE"}
    assert "COMPLETED" in answers

    await system.start_one(name)
    await until_edge_is_healthy(system.settings)
    completed = await asyncio.gather(*(settled(trader, order) for order in orders))
    assert await trader.quantity("DOT") == 50
    paid = sum(Decimal(order["total_amount"]) for order in completed)
    assert await trader.cash() == 10_000 - paid
    assert not await problems(system.settings)


async def test_an_order_without_the_inventory_service_is_refused_and_leaves_nothing(
    system: Stack, client: httpx.AsyncClient, trader: User
) -> None:
    await trader.buy("ADA", "10")
    before = [await trader.get(path) for path in ("/api/v1/balance", "/api/v1/orders")]
    order = buy("UNI", "1")
    await system["inventory"].stop()
    assert system["inventory"].returncode == 0
    begin = time.monotonic()
    refused = await trader.refused("POST", "/api/v1/orders", order)
    assert (refused.status, refused.reason) in AWAY
    assert time.monotonic() - begin < DEADLINE_SECONDS + 1
    assert [await trader.get(path) for path in ("/api/v1/balance", "/api/v1/orders")] == before

    # Holdings do not depend on prices, only their value does.
    holding = await trader.get("/api/v1/balance/asset/ADA")
    assert (holding["quantity"], holding["current_price"], holding["market_value"]) == ("10", "", "")
    worth = await trader.refused("GET", "/api/v1/portfolio")
    assert (worth.status, worth.reason) in AWAY
    await until_unhealthy(client)

    await system.start_one("inventory")
    await until_edge_is_healthy(system.settings)
    await settled(trader, order)
    assert await trader.quantity("UNI") == 1
    assert not await problems(system.settings)


async def test_an_order_without_the_user_service_is_pending_and_completes_later(
    system: Stack, client: httpx.AsyncClient, trader: User
) -> None:
    first = await trader.buy("DOT", "1")  # gives the order service the verification keys
    order = buy("UNI", "2")
    await system["user"].stop()
    assert system["user"].returncode == 0
    begin = time.monotonic()
    answer = await trader.post("/api/v1/orders", order)
    assert answer["status"] == "PENDING"
    assert time.monotonic() - begin < DEADLINE_SECONDS
    assert (await trader.get(f"/api/v1/orders/{answer['order_id']}"))["status"] == "PENDING"
    closed = await trader.refused("GET", "/api/v1/balance")
    assert (closed.status, closed.reason) in AWAY

    await system.start_one("user")
    await until_edge_is_healthy(system.settings)

    async def look() -> Json | None:
        order = await trader.get(f"/api/v1/orders/{answer['order_id']}")
        return order if order["status"] != "PENDING" else None

    completed = await eventually(look, "the order is final", seconds_max=RECOVERY_SECONDS)
    assert completed == {**answer, "status": "COMPLETED", "updated_at": completed["updated_at"]}
    assert await trader.outcome(order) == completed
    assert await trader.cash() == 10_000 - Decimal(first["total_amount"]) - Decimal(completed["total_amount"])
    assert not await problems(system.settings)


async def test_while_the_database_hangs_calls_fail_in_time_and_then_all_recovers(
    system: Stack, client: httpx.AsyncClient, trader: User, direct: Channels
) -> None:
    order = buy("UNI", "3")
    deposit = {"amount": "5.00", "request_id": request_id()}
    system["dynamodb"].signal(SIGSTOP)
    try:
        begin = time.monotonic()
        responses = await asyncio.gather(
            trader.send("GET", "/api/v1/balance"),
            trader.send("GET", "/api/v1/orders"),
            trader.send("GET", "/api/v1/inventory/assets/BTC"),
            trader.send("POST", "/api/v1/balance/deposit", deposit),
            trader.send("POST", "/api/v1/orders", order),
        )
        for response in responses:
            is_pending = response.status_code == 200 and response.json().get("status") == "PENDING"
            refused = None if is_pending else refusal(response)
            assert refused is None or (refused.status, refused.reason) in AWAY
        balance = await outcome(direct["user"], "/cnop.user.v1.AccountService/GetBalance", b"", bearer(trader.token))
        assert not isinstance(balance, bytes)
        assert balance.code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
        assert time.monotonic() - begin < 2 * DEADLINE_SECONDS

        for name in SERVICES:
            await until_health(direct[name], Serving.NOT_SERVING)
        await until_unhealthy(client)
        unhealthy = await trader.refused("GET", "/health")
        assert unhealthy.status == 503
    finally:
        system["dynamodb"].signal(SIGCONT)

    for name in SERVICES:
        await until_health(direct[name], Serving.SERVING)
    await until_edge_is_healthy(system.settings)
    await trader.post("/api/v1/balance/deposit", deposit)
    completed = await settled(trader, order)
    assert await trader.cash() == 10_005 - Decimal(completed["total_amount"])
    assert await trader.quantity("UNI") == 3
    assert not await problems(system.settings)


async def test_an_order_that_got_an_error_has_no_effect(system: Stack, trader: User) -> None:
    order = buy("UNI", "5")
    system["dynamodb"].signal(SIGSTOP)
    try:
        response = await trader.send("POST", "/api/v1/orders", order)
    finally:
        system["dynamodb"].signal(SIGCONT)
    await until_edge_is_healthy(system.settings)
    made = [one for one in (await trader.get("/api/v1/orders"))["orders"] if one["request_id"] == order["request_id"]]
    await settled(trader, order)  # leaves no pending order to the next tests
    assert response.status_code == 200 or not made


async def until_health(channel: grpc.aio.Channel, wanted: int) -> None:
    """Waits until a service reports a health status."""
    check = channel.unary_unary(
        "/grpc.health.v1.Health/Check",
        request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
        response_deserializer=Serving.FromString,
    )

    async def look() -> bool:
        answer = await check(health_pb2.HealthCheckRequest(), timeout=2, wait_for_ready=True)
        return bool(answer.status == wanted)

    await eventually(look, f"health is {Serving.ServingStatus.Name(wanted)}")


async def test_all_data_survives_a_restart(system: Stack, client: httpx.AsyncClient, trader: User) -> None:
    await trader.buy("UNI", "4")
    await trader.sell("UNI", "1.5")
    refused = buy("BTC", "5")
    first = await trader.outcome(refused)
    paths = [
        "auth/me", "balance", "balance/transactions", "assets/balances", "portfolio", "orders",
        "assets/UNI/transactions", "inventory/assets/UNI", "inventory/assets/UNI/prices",
    ]  # fmt: skip

    async def read() -> dict[str, Json]:
        found = {path: await trader.get(f"/api/v1/{path}") for path in paths}
        found["inventory/assets/UNI"] = {
            name: value for name, value in found["inventory/assets/UNI"].items() if name not in MOVING
        }
        return found

    before = await read()
    page = (await trader.get("/api/v1/orders", page_size=1))["next_page_token"]

    await system.stop()
    assert [process.returncode for process in system.processes if process.program.name in SERVICES] == [0, 0, 0]
    await system.start()
    await until_edge_is_healthy(system.settings)

    # The earlier token is still valid, because the keys are kept.
    assert await read() == before
    assert await trader.outcome(refused) == first
    assert len((await trader.get("/api/v1/orders", page_token=page))["orders"]) == 2
    await settled(trader, buy("UNI", "1"))
    assert not await problems(system.settings)
