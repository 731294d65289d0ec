"""What the order service makes of the answers of the others: over real channels, to services made by hand."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.inventory.v1 import (
    asset_pb2,
    inventory_service_pb2_grpc,
    stock_service_pb2,
    stock_service_pb2_grpc,
)
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2_grpc,
    auth_service_pb2_grpc,
    settlement_service_pb2,
    settlement_service_pb2_grpc,
)
from order_fakes import NOON

from services.common import settings
from services.common.auth.user_access import UserAccess
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc import call as calls
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.call import Principal
from services.common.rpc.errors import (
    AlreadyExists,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    ResourceExhausted,
    Unavailable,
)
from services.common.rpc.interceptor import ContractInterceptor
from services.order.clients import Inventory, Refused, Users
from services.order.domain import Quote, Side, Ticket, accept

INVENTORY = ("cnop.inventory.v1.InventoryService", "cnop.inventory.v1.StockService")
USER = ("cnop.user.v1.AccountService", "cnop.user.v1.SettlementService")
USER_ID = "11111111-2222-5333-8444-555555555555"
ORDER = accept(
    Ticket(USER_ID, Side.BUY, "BTC", Decimal("0.50"), request_id="r"), Quote("BTC", Decimal(100), is_active=True), NOON
)


class Others(
    stock_service_pb2_grpc.StockServiceServicer,
    inventory_service_pb2_grpc.InventoryServiceServicer,
    settlement_service_pb2_grpc.SettlementServiceServicer,
    account_service_pb2_grpc.AccountServiceServicer,
    auth_service_pb2_grpc.AuthServiceServicer,
):
    """The other services: what they were asked, and the errors that they answer first."""

    def __init__(self) -> None:
        self.errors: deque[Exception] = deque()
        self.asked: list[Any] = []
        self.request_ids: list[str] = []
        self.hang_seconds = 0.0

    async def _serve(self, asked: Any, answer: Any) -> Any:
        self.asked.append(asked)
        self.request_ids.append(calls.current().request_id)
        await asyncio.sleep(self.hang_seconds)
        if self.errors:
            raise self.errors.popleft()
        return answer

    async def BatchGetQuotes(self, asked: Any, context: Any) -> stock_service_pb2.BatchGetQuotesResponse:
        known = {"BTC": stock_service_pb2.Quote(asset_id="BTC", name="Bitcoin", price_usd="100.25", is_active=True)}
        found = [known[asset_id] for asset_id in asked.asset_ids if asset_id in known]
        return await self._serve(asked, stock_service_pb2.BatchGetQuotesResponse(quotes=found))

    async def GetAsset(self, asked: Any, context: Any) -> asset_pb2.Asset:
        return await self._serve(asked, asset_pb2.Asset(available_quantity="0.00000001"))

    async def TakeStock(self, asked: Any, context: Any) -> stock_service_pb2.TakeStockResponse:
        return await self._serve(asked, stock_service_pb2.TakeStockResponse())

    async def ReturnStock(self, asked: Any, context: Any) -> stock_service_pb2.ReturnStockResponse:
        return await self._serve(asked, stock_service_pb2.ReturnStockResponse())

    async def SettleTrade(self, asked: Any, context: Any) -> settlement_service_pb2.SettleTradeResponse:
        return await self._serve(asked, settlement_service_pb2.SettleTradeResponse())

    async def GetBalance(self, asked: Any, context: Any) -> account_pb2.Balance:
        balance = account_pb2.Balance(available_balance="12.34", current_balance="99.00")
        return await self._serve(calls.principal().user_id, balance)

    async def GetHolding(self, asked: Any, context: Any) -> account_pb2.Holding:
        return await self._serve(asked, account_pb2.Holding(available_quantity="1.5", quantity="9"))


@pytest.fixture
def others() -> Others:
    return Others()


@pytest.fixture
async def channel(others: Others, access: UserAccess, mesh: Mesh, certs: Path) -> AsyncIterator[grpc.aio.Channel]:
    """A channel as the order service makes it, with its retries. What it leads to is all services in one."""
    made = server.build(ContractInterceptor(read_policies(INVENTORY + USER), access, mesh), settings.Server())
    stock_service_pb2_grpc.add_StockServiceServicer_to_server(others, made)
    inventory_service_pb2_grpc.add_InventoryServiceServicer_to_server(others, made)
    settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server(others, made)
    account_service_pb2_grpc.add_AccountServiceServicer_to_server(others, made)
    port = made.add_secure_port("127.0.0.1:0", Certificates(certs / "user").for_server())
    await made.start()
    async with channels.connect(f"127.0.0.1:{port}", Certificates(certs / "order"), *USER, *INVENTORY) as connected:
        yield connected
    await made.stop(0)


@pytest.fixture
def inventory(channel: grpc.aio.Channel) -> Inventory:
    return Inventory(channel, 0.3)


@pytest.fixture
def users(channel: grpc.aio.Channel) -> Users:
    return Users(channel)


Steps = dict[str, Callable[[], Awaitable[None]]]


@pytest.fixture
def steps(inventory: Inventory, users: Users) -> Steps:
    return {
        "take": lambda: inventory.take(ORDER),
        "undo_take": lambda: inventory.undo_take(ORDER),
        "add_sold": lambda: inventory.add_sold(ORDER),
        "settle": lambda: users.settle(ORDER),
    }


async def as_user(metadata: tuple[tuple[str, str], ...], call: Callable[[], Awaitable[Any]]) -> Any:
    """Makes a call as a task that serves the user of a token does."""
    token = metadata[0][1].removeprefix("Bearer ")

    async def serve() -> Any:
        calls.enter(calls.Call("r-42", time.monotonic() + 5, Principal("u-1", "customer", token)))
        return await call()

    return await asyncio.create_task(serve(), context=contextvars.Context())


async def test_a_quote_tells_price_and_whether_it_is_for_trade(inventory: Inventory) -> None:
    assert await inventory.quote("BTC") == Quote("BTC", Decimal("100.25"), is_active=True)


async def test_a_quote_is_asked_for_again_when_it_is_old(inventory: Inventory, others: Others) -> None:
    await inventory.quote("BTC")
    await inventory.quote("BTC")
    assert len(others.asked) == 1
    await asyncio.sleep(0.35)
    await inventory.quote("BTC")
    assert len(others.asked) == 2


async def test_an_asset_without_a_quote_is_not_there(inventory: Inventory) -> None:
    with pytest.raises(NotFound) as refusal:
        await inventory.quote("NONE")
    assert refusal.value.reason == "ASSET_NOT_FOUND"


async def test_an_asset_without_stock_to_ask_for_is_not_there(inventory: Inventory, others: Others) -> None:
    others.errors = deque([NotFound("ASSET_NOT_FOUND", "no")])
    with pytest.raises(NotFound) as refusal:
        await inventory.available("NONE")
    assert (refusal.value.reason, refusal.value.metadata) == ("ASSET_NOT_FOUND", {"asset_id": "NONE"})


async def test_each_step_says_what_the_order_says(steps: Steps, others: Others) -> None:
    for step in steps.values():
        await step()
    take, undo, sold, settle = others.asked
    reasons = stock_service_pb2.ReturnStockRequest
    assert (undo.reason, sold.reason) == (reasons.UNDO_TAKE, reasons.SALE)
    for asked in (take, undo, sold, settle):
        assert (asked.order_id, asked.asset_id, asked.quantity) == (ORDER.order_id, "BTC", "0.5")
    assert (settle.user_id, settle.side, settle.amount) == (
        USER_ID,
        settlement_service_pb2.SettleTradeRequest.BUY,
        "50.00",
    )


async def test_a_sale_settles_as_a_sale(users: Users, others: Others) -> None:
    await users.settle(replace(ORDER, side=Side.SELL))
    assert others.asked[0].side == settlement_service_pb2.SettleTradeRequest.SELL


@pytest.mark.parametrize("step", ["take", "settle"])
async def test_a_definite_refusal_is_told_with_its_reason(steps: Steps, others: Others, step: str) -> None:
    error = FailedPrecondition("OUT", "none left")
    others.errors = deque([error])
    with pytest.raises(Refused) as refused:
        await steps[step]()
    assert (refused.value.reason, refused.value.message) == (error.reason, error.message)
    assert len(others.asked) == 1, "a refusal is not tried again"


@pytest.mark.parametrize("step", ["take", "undo_take", "add_sold", "settle"])
@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("bug"),
        ResourceExhausted("RATE_LIMITED", "busy"),
        AlreadyExists("IDEMPOTENCY_KEY_REUSED", "other values"),
        NotFound("ASSET_NOT_FOUND", "a replica that is behind"),
        InvalidArgument(("quantity", "no")),
    ],
    ids=repr,
)
async def test_whatever_is_not_definite_is_no_refusal(
    steps: Steps, others: Others, step: str, error: Exception
) -> None:
    others.errors = deque([error])
    with pytest.raises(grpc.aio.AioRpcError):
        await steps[step]()


@pytest.mark.parametrize("step", ["take", "undo_take", "add_sold", "settle"])
async def test_a_short_outage_is_ridden_out(steps: Steps, others: Others, step: str) -> None:
    others.errors = deque([Unavailable("DEPENDENCY_UNAVAILABLE", "away")] * 2)
    await steps[step]()
    assert len(others.asked) == 3
    assert others.asked[0] == others.asked[1] == others.asked[2]


async def test_an_outage_that_stays_is_given_up(steps: Steps, others: Others) -> None:
    others.errors = deque([Unavailable("DEPENDENCY_UNAVAILABLE", "away")] * 10)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await steps["take"]()
    assert error.value.code() is grpc.StatusCode.UNAVAILABLE
    assert len(others.asked) == 4


async def test_balances_are_asked_for_in_the_name_of_the_user(users: Users, others: Others, sign_in: Any) -> None:
    assert await as_user(sign_in("u-7"), users.cash) == Decimal("12.34")
    assert others.asked == ["u-7"]
    assert others.request_ids == ["r-42"], "the id of the request goes along"


async def test_what_is_held_is_what_can_be_sold(users: Users, others: Others, sign_in: Any) -> None:
    assert await as_user(sign_in(), lambda: users.held("BTC")) == Decimal("1.5")
    others.errors = deque([NotFound("HOLDING_NOT_FOUND", "none")])
    assert await as_user(sign_in(), lambda: users.held("BTC")) == 0
    others.errors = deque([RuntimeError("bug")])
    with pytest.raises(grpc.aio.AioRpcError):
        await as_user(sign_in(), lambda: users.held("BTC"))


async def test_a_question_does_not_outlive_the_call_that_asks(users: Users, others: Others, sign_in: Any) -> None:
    others.hang_seconds = 30
    token = sign_in()[0][1].removeprefix("Bearer ")

    async def serve() -> None:
        calls.enter(calls.Call("r", time.monotonic() + 0.2, Principal("u-1", "customer", token)))
        await users.cash()

    started = time.monotonic()
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await asyncio.create_task(serve())
    assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert time.monotonic() - started < 2


async def test_stock_is_read(inventory: Inventory) -> None:
    assert await inventory.available("BTC") == Decimal("0.00000001")


async def test_a_refusal_passes_through_a_context_manager() -> None:
    @asynccontextmanager
    async def around() -> AsyncIterator[None]:
        yield

    async def refuse() -> None:
        async with around():
            raise Refused("OUT_OF_STOCK", "none left")

    with pytest.raises(Refused):
        await refuse()
