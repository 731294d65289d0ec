"""Where a token is taken, on each way and by each service, and until when one of a session that has ended is."""

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
    """Where a token is still taken."""
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
    """Calls with the token of a session that has just ended are refused everywhere after a second, if not before."""
    end = time.monotonic() + SECONDS_MAX
    while True:
        begin = time.monotonic()
        if not (taken := await open_doors(user, channels, token)):
            break
        assert begin < end, taken
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)
    assert await open_doors(user, channels, token) == []
