"""The clients of the order service, over real channels to fake services."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
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

from services.auth.user_access import UserAccess
from services.common import settings
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
    overloaded,
)
from services.common.rpc.interceptor import ContractInterceptor
from services.common.rpc.status import as_service_error
from services.order.clients import InventoryClient, UserClient
from services.order.domain import Order
from services.order.price_table import PriceTable
from services.order.ticket import Listing, Quote, Rules, Side, Ticket
from services.prices.frame import AssetPrice, Frame, Source, Status, frame_message

INVENTORY = ("cnop.inventory.v1.InventoryService", "cnop.inventory.v1.StockService")
USER = ("cnop.user.v1.AccountService", "cnop.user.v1.SettlementService")
USER_ID = "11111111-2222-5333-8444-555555555555"
ORDER = Order.accepted(
    Ticket(USER_ID, Side.BUY, "BTC", Decimal("0.50"), request_id="r"), Quote("BTC", Decimal(100), is_active=True), NOON
)


class Others(
    stock_service_pb2_grpc.StockServiceServicer,
    inventory_service_pb2_grpc.InventoryServiceServicer,
    settlement_service_pb2_grpc.SettlementServiceServicer,
    account_service_pb2_grpc.AccountServiceServicer,
    auth_service_pb2_grpc.AuthServiceServicer,
):
    """Fakes the other services: records requests and raises `errors` first."""

    def __init__(self) -> None:
        self.errors: deque[Exception] = deque()
        self.requests: list[Any] = []
        self.request_ids: list[str] = []
        self.hang_seconds = 0.0
        self.quote = stock_service_pb2.Quote(  # of BTC
            asset_id="BTC", name="Bitcoin", price_usd="100.25", is_active=True, quantity_increment="0.001",
            order_value_min="5.00", order_value_max="900.00", catalogue_version=7,
        )  # fmt: skip
        self.frame = stock_service_pb2.GetPriceFrameResponse(seq_min=8)

    async def _serve(self, request: Any, answer: Any) -> Any:
        self.requests.append(request)
        self.request_ids.append(calls.current().request_id)
        await asyncio.sleep(self.hang_seconds)
        if self.errors:
            raise self.errors.popleft()
        return answer

    async def BatchGetQuotes(self, request: Any, context: Any) -> stock_service_pb2.BatchGetQuotesResponse:
        found = [self.quote] if "BTC" in request.asset_ids else []
        return await self._serve(request, stock_service_pb2.BatchGetQuotesResponse(quotes=found))

    async def GetPriceFrame(self, request: Any, context: Any) -> stock_service_pb2.GetPriceFrameResponse:
        return await self._serve(request, self.frame)

    async def GetAsset(self, request: Any, context: Any) -> asset_pb2.Asset:
        return await self._serve(request, asset_pb2.Asset(available_quantity="0.00000001"))

    async def TakeStock(self, request: Any, context: Any) -> stock_service_pb2.TakeStockResponse:
        return await self._serve(request, stock_service_pb2.TakeStockResponse())

    async def ReturnStock(self, request: Any, context: Any) -> stock_service_pb2.ReturnStockResponse:
        return await self._serve(request, stock_service_pb2.ReturnStockResponse())

    async def SettleTrade(self, request: Any, context: Any) -> settlement_service_pb2.SettleTradeResponse:
        return await self._serve(request, settlement_service_pb2.SettleTradeResponse(available_balance="150.50"))

    async def VoidTrade(self, request: Any, context: Any) -> settlement_service_pb2.VoidTradeResponse:
        refusal = settlement_service_pb2.VoidTradeResponse(reason="WHY", message="because", facts={"needed": "2"})
        return await self._serve(request, refusal)

    async def GetBalance(self, request: Any, context: Any) -> account_pb2.Balance:
        balance = account_pb2.Balance(available_balance="12.34", current_balance="99.00")
        return await self._serve(calls.principal().user_id, balance)

    async def GetHolding(self, request: Any, context: Any) -> account_pb2.Holding:
        return await self._serve(request, account_pb2.Holding(available_quantity="1.5", quantity="9"))


@pytest.fixture
def others() -> Others:
    return Others()


@pytest.fixture
async def channel(others: Others, access: UserAccess, mesh: Mesh, certs: Path) -> AsyncIterator[grpc.aio.Channel]:
    """Opens a channel like the order service, with its retries, to a server of all services."""
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
def inventory(channel: grpc.aio.Channel) -> InventoryClient:
    return InventoryClient(channel)


@pytest.fixture
def users(channel: grpc.aio.Channel) -> UserClient:
    return UserClient(channel)


Steps = dict[str, Callable[[], Awaitable[None]]]


@pytest.fixture
def steps(inventory: InventoryClient, users: UserClient) -> Steps:
    return {
        "take": lambda: inventory.take(ORDER),
        "undo_take": lambda: inventory.undo_take(ORDER),
        "add_sold": lambda: inventory.add_sold(ORDER),
        "settle": lambda: users.settle(ORDER),
    }


async def as_user(metadata: tuple[tuple[str, str], ...], call: Callable[[], Awaitable[Any]]) -> Any:
    """Makes a call on behalf of the user of a token."""
    token = metadata[0][1].removeprefix("Bearer ")

    async def serve() -> Any:
        calls.enter(calls.Call("r-42", time.monotonic() + 5, Principal("u-1", "customer", token)))
        return await call()

    return await asyncio.create_task(serve(), context=contextvars.Context())


async def test_a_listing_has_the_rules_of_the_asset(inventory: InventoryClient, others: Others) -> None:
    rules = Rules(quantity_increment=Decimal("0.001"), value_min=Decimal(5), value_max=Decimal(900))
    assert await inventory.listing("BTC", 7) == Listing(is_active=True, rules=rules)
    [request] = others.requests
    assert (request.confirm_inactive, request.catalogue_version_min) == (True, 7)


async def test_rules_that_an_older_replica_does_not_name_are_the_usual_ones(
    inventory: InventoryClient, others: Others
) -> None:
    others.quote = stock_service_pb2.Quote(asset_id="BTC", price_usd="1", is_active=True)
    assert (await inventory.listing("BTC", 0)).rules == Rules()


async def test_a_listing_is_cached_for_one_version_of_the_catalogue(inventory: InventoryClient, others: Others) -> None:
    assert (await inventory.listing("BTC", 7)).is_active
    others.quote.is_active, others.quote.catalogue_version = False, 8
    assert (await inventory.listing("BTC", 7)).is_active
    assert not (await inventory.listing("BTC", 8)).is_active
    assert not (await inventory.listing("BTC", 8)).is_active
    assert len(others.requests) == 2


async def test_a_listing_of_an_older_version_is_not_cached(inventory: InventoryClient, others: Others) -> None:
    assert (await inventory.listing("BTC", 8)).is_active
    others.quote.is_active, others.quote.catalogue_version = False, 8
    assert not (await inventory.listing("BTC", 8)).is_active


async def test_an_asset_without_a_quote_is_not_found(inventory: InventoryClient) -> None:
    with pytest.raises(NotFound) as refusal:
        await inventory.listing("NONE", 7)
    assert refusal.value.reason == "ASSET_NOT_FOUND"


async def test_the_frame_of_the_table_is_read_with_the_least_valid_number(
    channel: grpc.aio.Channel, others: Others
) -> None:
    table = PriceTable(channel)
    assert await table.latest() == (None, 8)
    price = AssetPrice(Decimal(2), Decimal("1.99"), Decimal("2.01"), Status.SELL_ONLY)
    frame = Frame(9, NOON, Source.FIXED, is_halted=True, catalogue_version=3, prices={"BTC": price})
    others.frame.frame.CopyFrom(frame_message(frame))
    assert await table.latest() == (frame, 8)


async def test_the_stock_of_an_unknown_asset_is_not_found(inventory: InventoryClient, others: Others) -> None:
    others.errors = deque([NotFound("ASSET_NOT_FOUND", "no")])
    with pytest.raises(NotFound) as refusal:
        await inventory.available("NONE")
    assert (refusal.value.reason, refusal.value.metadata) == ("ASSET_NOT_FOUND", {"asset_id": "NONE"})


async def test_each_step_sends_the_values_of_the_order(steps: Steps, others: Others) -> None:
    for step in steps.values():
        await step()
    take, undo, sold, settle = others.requests
    reasons = stock_service_pb2.ReturnStockRequest
    assert (undo.reason, sold.reason) == (reasons.UNDO_TAKE, reasons.SALE)
    for request in (take, undo, sold, settle):
        assert (request.order_id, request.asset_id, request.quantity) == (ORDER.order_id, "BTC", "0.5")
        assert (request.amount, request.fee) == ("50.00", "")
    assert (settle.user_id, settle.side) == (USER_ID, settlement_service_pb2.SettleTradeRequest.BUY)


async def test_the_steps_of_an_order_with_a_fee_send_it(
    inventory: InventoryClient, users: UserClient, others: Others
) -> None:
    with_fee = replace(ORDER, fee=Decimal("0.05"))
    for step in (inventory.take, inventory.undo_take, inventory.add_sold, users.settle, users.void):
        await step(with_fee)
    assert [(request.amount, request.fee) for request in others.requests] == [("50.00", "0.05")] * 5


async def test_selling_a_worthless_rest_is_a_valid_step(
    inventory: InventoryClient, users: UserClient, others: Others
) -> None:
    dust = replace(ORDER, side=Side.SELL, amount=Decimal("0.00"))
    for step in (users.settle, inventory.add_sold, users.void):
        await step(dust)
    assert [request.amount for request in others.requests] == ["0.00"] * 3


async def test_a_user_has_what_was_left_after_the_last_trade(users: UserClient, others: Others, sign_in: Any) -> None:
    assert users.last_cash(USER_ID) is None
    await users.settle(ORDER)
    assert users.last_cash(USER_ID) == Decimal("150.50")
    others.errors = deque([FailedPrecondition("INSUFFICIENT_FUNDS", "no")])
    with pytest.raises(FailedPrecondition):
        await users.settle(ORDER)
    assert users.last_cash(USER_ID) is None
    await as_user(sign_in(), users.cash)
    assert users.last_cash("u-1") == Decimal("12.34")


async def test_a_sale_settles_as_a_sale(users: UserClient, others: Others) -> None:
    await users.settle(replace(ORDER, side=Side.SELL))
    assert others.requests[0].side == settlement_service_pb2.SettleTradeRequest.SELL


async def test_voiding_sends_the_trade_and_returns_its_refusal(users: UserClient, others: Others) -> None:
    refusal = await users.void(ORDER)
    assert (refusal.reason, refusal.message, refusal.metadata) == ("WHY", "because", {"needed": "2"})
    await users.settle(ORDER)
    voided, settled = others.requests
    assert [(field.name, value) for field, value in voided.ListFields()] == [
        (field.name, value) for field, value in settled.ListFields()
    ]


async def test_voiding_a_settled_trade_is_refused(users: UserClient, others: Others) -> None:
    others.errors = deque([FailedPrecondition("TRADE_SETTLED", "no")])
    with pytest.raises(FailedPrecondition) as refusal:
        await users.void(ORDER)
    assert (refusal.value.reason, refusal.value.metadata) == ("ORDER_SETTLED", {"order_id": ORDER.order_id})


@pytest.mark.parametrize("step", ["take", "settle"])
async def test_a_final_refusal_keeps_its_reason_and_its_facts(steps: Steps, others: Others, step: str) -> None:
    error = FailedPrecondition("OUT", "none left", needed="2", available="1")
    others.errors = deque([error])
    with pytest.raises(FailedPrecondition) as refusal:
        await steps[step]()
    assert (refusal.value.reason, refusal.value.message) == (error.reason, error.message)
    assert refusal.value.metadata == error.metadata
    assert len(others.requests) == 1, "a refusal must not be retried"


@pytest.mark.parametrize("step", ["take", "undo_take", "add_sold", "settle"])
@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("bug"),
        ResourceExhausted("RATE_LIMITED", "busy"),
        AlreadyExists("IDEMPOTENCY_KEY_REUSED", "other values"),
        NotFound("ASSET_NOT_FOUND", "a replica with an old catalogue"),
        InvalidArgument(("quantity", "no")),
    ],
    ids=repr,
)
async def test_an_error_that_is_not_final_is_not_a_refusal(
    steps: Steps, others: Others, step: str, error: Exception
) -> None:
    others.errors = deque([error])
    with pytest.raises(grpc.aio.AioRpcError):
        await steps[step]()


@pytest.mark.parametrize("step", ["take", "undo_take", "add_sold", "settle"])
async def test_a_short_outage_is_retried(steps: Steps, others: Others, step: str) -> None:
    others.errors = deque([Unavailable("DEPENDENCY_UNAVAILABLE", "unavailable")] * 2)
    await steps[step]()
    assert len(others.requests) == 3
    assert others.requests[0] == others.requests[1] == others.requests[2]


@pytest.mark.parametrize("step", ["take", "undo_take", "add_sold", "settle"])
async def test_what_a_service_has_shed_is_not_retried(steps: Steps, others: Others, step: str) -> None:
    others.errors = deque([overloaded()] * 10)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await steps[step]()
    assert len(others.requests) == 1
    assert as_service_error(error.value).reason == "OVERLOADED"


async def test_a_long_outage_is_an_error(steps: Steps, others: Others) -> None:
    others.errors = deque([Unavailable("DEPENDENCY_UNAVAILABLE", "unavailable")] * 10)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await steps["take"]()
    assert error.value.code() is grpc.StatusCode.UNAVAILABLE
    assert len(others.requests) == 4


async def test_the_balance_is_that_of_the_calling_user(users: UserClient, others: Others, sign_in: Any) -> None:
    assert await as_user(sign_in("u-7"), users.cash) == Decimal("12.34")
    assert others.requests == ["u-7"]
    assert others.request_ids == ["r-42"], "the request id must be passed on"


async def test_the_holding_is_the_available_quantity(users: UserClient, others: Others, sign_in: Any) -> None:
    assert await as_user(sign_in(), lambda: users.holding("BTC")) == Decimal("1.5")
    others.errors = deque([NotFound("HOLDING_NOT_FOUND", "none")])
    assert await as_user(sign_in(), lambda: users.holding("BTC")) == 0
    others.errors = deque([RuntimeError("bug")])
    with pytest.raises(grpc.aio.AioRpcError):
        await as_user(sign_in(), lambda: users.holding("BTC"))


async def test_a_read_ends_at_the_deadline_of_its_call(users: UserClient, others: Others, sign_in: Any) -> None:
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


async def test_the_stock_is_read(inventory: InventoryClient) -> None:
    assert await inventory.available("BTC") == Decimal("0.00000001")
