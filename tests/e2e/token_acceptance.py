"""Where a token is accepted: at the edge and at each service. A revoked token must be refused everywhere in time."""

from __future__ import annotations

import asyncio
import time

import grpc
import httpx

from .rest import refusal
from .rpc import Channels, RpcRefusal, bearer, outcome
from .users import User

SECONDS_MAX = 1.0
BALANCE, ORDERS = "/cnop.user.v1.AccountService/GetBalance", "/cnop.order.v1.OrderService/ListOrders"


async def places_that_accept(user: User, channels: Channels, token: str) -> list[str]:
    """Returns the places that still accept a token."""
    ways = {
        "REST balance": user.http.get("/api/v1/balance", headers={"authorization": f"Bearer {token}"}),
        "REST orders": user.http.get("/api/v1/orders", headers={"authorization": f"Bearer {token}"}),
        "edge user": outcome(channels["edge"], BALANCE, metadata=bearer(token)),
        "edge order": outcome(channels["edge"], ORDERS, metadata=bearer(token)),
        "user": outcome(channels["user"], BALANCE, metadata=bearer(token)),
        "order": outcome(channels["order"], ORDERS, metadata=bearer(token)),
    }
    accepted = []
    for where, ended in zip(ways, await asyncio.gather(*ways.values()), strict=True):
        if isinstance(ended, httpx.Response):
            if ended.status_code == 200:
                accepted.append(where)
            else:
                assert (refusal(ended).status, refusal(ended).reason) == (401, "TOKEN_REVOKED")
        elif isinstance(ended, RpcRefusal):
            assert (ended.code, ended.reason) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_REVOKED")
        else:
            accepted.append(where)
    return accepted


async def assert_refused_in_time(user: User, channels: Channels, token: str) -> None:
    """Asserts that the token of a just revoked session is refused everywhere within a second, and stays refused."""
    end = time.monotonic() + SECONDS_MAX
    while True:
        begin = time.monotonic()
        if not (accepted := await places_that_accept(user, channels, token)):
            break
        assert begin < end, accepted
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    assert await places_that_accept(user, channels, token) == []
