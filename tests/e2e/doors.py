"""Where a token is accepted: by the edge and by each service. A revoked one must be refused everywhere in time."""

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


async def open_doors(user: User, channels: Channels, token: str) -> list[str]:
    """Returns the places that still accept a token."""
    ways = {
        "REST balance": user.http.get("/api/v1/balance", headers={"authorization": f"Bearer {token}"}),
        "REST orders": user.http.get("/api/v1/orders", headers={"authorization": f"Bearer {token}"}),
        "edge user": outcome(channels["edge"], BALANCE, metadata=bearer(token)),
        "edge order": outcome(channels["edge"], ORDERS, metadata=bearer(token)),
        "user": outcome(channels["user"], BALANCE, metadata=bearer(token)),
        "order": outcome(channels["order"], ORDERS, metadata=bearer(token)),
    }
    taken = []
    for where, ended in zip(ways, await asyncio.gather(*ways.values()), strict=True):
        if isinstance(ended, httpx.Response):
            if ended.status_code == 200:
                taken.append(where)
            else:
                assert (refusal(ended).status, refusal(ended).reason) == (401, "TOKEN_REVOKED")
        elif isinstance(ended, RpcRefusal):
            assert (ended.code, ended.reason) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_REVOKED")
        else:
            taken.append(where)
    return taken


async def is_closed_in_time(user: User, channels: Channels, token: str) -> None:
    """Asserts that the token of a session that has just ended is refused everywhere within a second, and stays so."""
    end = time.monotonic() + SECONDS_MAX
    while True:
        begin = time.monotonic()
        if not (taken := await open_doors(user, channels, token)):
            break
        assert begin < end, taken
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    assert await open_doors(user, channels, token) == []
