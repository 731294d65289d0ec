"""Rate limits of the whole system, for orders, money and sign-in, with and without Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from signal import SIGKILL
from typing import Any

import grpc
import httpx
import pytest
from cnop.order.v1 import order_pb2, order_service_pb2, order_service_pb2_grpc

from local.readiness import plain_http
from local.stack import Stack, StackSettings, running

from .conftest import CHEAP_PASSWORDS, client_of
from .rest import refusal
from .rpc import Channels, bearer
from .users import User, register, registration
from .waiting import eventually

LIMITS = """
[FLOOD]
address = "10000/second"
[ALL]
address = "1000/second"
[DOCS]
address = "100/day"
[WEB]
address = "100/day"
[READ]
user = "20/day"
address = "1000/day"
[HISTORY]
address = "1000/day"
[SESSION]
user = "20/day"
address = "100/day"
[AUTH]
address = "20/day"
fallback_address = "2/day"
[MONEY]
user = "3/day"
address = "1000/day"
fallback_user = "2/day"
fallback_address = "1000/day"
[TRADE]
user = "3/day"
address = "1000/day"
fallback_user = "2/day"
fallback_address = "1000/day"
"""
BUY = {"side": "BUY", "asset_id": "DOT", "quantity": "1"}


@pytest.fixture(scope="module")
async def limited(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    folder = tmp_path_factory.mktemp("limited")
    (folder / "limits.toml").write_text(LIMITS)
    settings = StackSettings.on_free_ports(
        log_dir=folder, service_env=CHEAP_PASSWORDS, limits_file=folder / "limits.toml", trusted_hops=1
    )
    async with running(settings) as stack:
        yield stack


@pytest.fixture(scope="module")
async def http(limited: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(limited.settings) as client:
        yield client


async def deposits(user: User, times: int) -> list[int]:
    sent = [await user.send("POST", "/api/v1/balance/deposit", {"amount": "100.00"}) for _ in range(times)]
    return [response.status_code for response in sent]


async def test_limits_of_a_user_cover_rest_and_grpc_together(limited: Stack, http: httpx.AsyncClient) -> None:
    first, second = await register(http), await register(http)
    assert await deposits(first, 4) == [200, 200, 200, 429]
    assert await deposits(second, 1) == [200]

    channels = Channels(limited)
    create: Any = order_service_pb2_grpc.OrderServiceStub(channels["edge"]).CreateOrder
    order = order_service_pb2.CreateOrderRequest(side=order_pb2.Order.BUY, asset_id="DOT", quantity="1")
    assert (await first.send("POST", "/api/v1/orders", BUY)).headers["x-ratelimit-remaining"] == "2"
    await create(order, metadata=bearer(first.token))
    assert (await first.send("POST", "/api/v1/orders", BUY)).headers["x-ratelimit-remaining"] == "0"
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await create(order, metadata=bearer(first.token))
    assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    refused = await first.refused("POST", "/api/v1/orders", BUY)
    assert (refused.status, refused.reason) == (429, "RATE_LIMITED")
    await channels.close()
    # A refused request has no effect: nothing is bought.
    assert await first.quantity("DOT") == 3


async def test_reads_succeed_while_money_is_limited(http: httpx.AsyncClient) -> None:
    user = await register(http)
    assert await deposits(user, 4) == [200, 200, 200, 429]
    assert await user.cash() == 300


async def test_failed_registrations_at_an_address_limit_nobody_who_has_a_token(limited: Stack) -> None:
    async with client_of(limited.settings) as office:
        office.headers["x-forwarded-for"] = "192.0.2.7"
        user = await register(office)
        login = {"username": user.username, "password": user.password}
        first = (await office.post("/api/v1/auth/login", json=login)).json()
        failed = [await office.post("/api/v1/auth/register", json={"username": "x"}) for _ in range(30)]
        assert {answer.status_code for answer in failed} == {400, 429}
        assert failed[-1].status_code == 429

        refreshed = await user.post("/api/v1/auth/refresh", {"refresh_token": first["refresh_token"]})
        user = replace(user, token=refreshed["access_token"])
        assert (await user.patch("/api/v1/auth/me", {"first_name": "Grace"}))["first_name"] == "Grace"
        assert (await user.get("/api/v1/auth/me"))["first_name"] == "Grace"
        sessions = (await user.get("/api/v1/auth/sessions"))["sessions"]
        other = next(one["session_id"] for one in sessions if not one["is_current"])
        assert (await user.send("DELETE", f"/api/v1/auth/sessions/{other}")).status_code == 200
        await user.post("/api/v1/auth/logout", {})


async def test_a_session_is_refreshed_30_times_a_minute(http: httpx.AsyncClient) -> None:
    user = await register(http)
    login = await user.post("/api/v1/auth/login", {"username": user.username, "password": user.password})
    token = login["refresh_token"]
    refusals = []
    for _ in range(40):
        answer = await user.send("POST", "/api/v1/auth/refresh", {"refresh_token": token})
        if answer.status_code == 200:
            token = answer.json()["refresh_token"]
        else:
            refusals.append(refusal(answer))
            break
    [refused] = refusals
    assert (refused.status, refused.reason) == (429, "RATE_LIMITED")
    await asyncio.sleep(int(refused.metadata["retry_after_seconds"]))
    assert await user.post("/api/v1/auth/refresh", {"refresh_token": token}), "a refused token must stay good"


async def test_without_redis_calls_succeed_and_sign_in_has_a_stricter_limit(
    limited: Stack, http: httpx.AsyncClient
) -> None:
    user = await register(http)
    limited["valkey"].signal(SIGKILL)

    async def is_known() -> bool:
        async with plain_http() as client:
            metrics = await client.get(f"http://127.0.0.1:{limited.settings.ratelimit_metrics_port}/metrics")
            stats = await client.get(
                f"{limited.settings.edge_admin_url}/stats",
                params={"filter": r"^cluster\.ratelimit\.membership_healthy$"},
            )
        return "cnop_ratelimit_counters_up 0.0" in metrics.text and stats.text.strip().endswith(": 0")

    await eventually(is_known, "the edge knows that calls are not counted")
    assert await deposits(user, 3) == [200, 200, 429]
    assert await user.cash() == 200
    assert (await user.send("GET", "/health")).status_code == 200
    logins = {"username": registration()["username"], "password": "wrong wrong wrong"}
    answers = [await http.post("/api/v1/auth/login", json=logins) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
