"""No user sees the data of another user, on any route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import grpc
import pytest
from cnop.order.v1 import order_service_pb2, order_service_pb2_grpc
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc, user_service_pb2, user_service_pb2_grpc

from .contract import BINDINGS, Binding, Method, Policy
from .rest import Json
from .rpc import Channels, bearer, refused
from .users import User, request_id

READS = [(method, binding) for method, binding in BINDINGS if method.caller == Policy.USER and binding.verb == "GET"]


@pytest.fixture(scope="module")
async def ada(new_user: Callable[[], Awaitable[User]]) -> User:
    """Registers a user with cash, a holding, orders and ledger entries."""
    ada = await new_user()
    await ada.deposit("7654.32")
    await ada.buy("BTC", "0.01234567")
    await ada.sell("BTC", "0.00234567")
    return ada


@pytest.fixture(scope="module")
async def traces(ada: User) -> set[str]:
    """Returns the texts that no response to another user may contain."""
    orders = (await ada.get("/api/v1/orders"))["orders"]
    transactions = (await ada.get("/api/v1/balance/transactions"))["transactions"]
    balance = await ada.get("/api/v1/balance")
    return {
        ada.user_id, ada.username, "7654.32", "0.01234567", "0.00234567", balance["current_balance"],
        *(order["order_id"] for order in orders), *(one["transaction_id"] for one in transactions),
    }  # fmt: skip


@pytest.fixture
def bob(user: User) -> User:
    """Returns a user with an empty account."""
    return user


@pytest.mark.parametrize(("method", "binding"), READS, ids=str)
async def test_no_route_shows_anything_of_another_user(
    ada: User, bob: User, traces: set[str], method: Method, binding: Binding
) -> None:
    for order in (await ada.get("/api/v1/orders"))["orders"]:
        response = await bob.send("GET", binding.url(order_id=order["order_id"]))
        assert not [trace for trace in traces if trace in response.text]


@pytest.mark.parametrize(("method", "binding"), READS, ids=str)
async def test_no_query_parameter_or_header_names_another_user(
    ada: User, bob: User, traces: set[str], method: Method, binding: Binding
) -> None:
    response = await bob.send("GET", binding.url(), params={"user_id": ada.user_id})
    assert response.status_code == 400
    claims = {"x-user-id": ada.user_id, "x-mesh-identity": "order", "sub": ada.user_id}
    response = await bob.send("GET", binding.url(), headers=claims)
    assert not [trace for trace in traces if trace in response.text]


async def test_an_empty_account_stays_empty_while_another_user_trades(ada: User, bob: User) -> None:
    assert (await bob.get("/api/v1/balance"))["current_balance"] == "0.00"
    assert (await bob.get("/api/v1/orders"))["orders"] == []
    assert (await bob.get("/api/v1/balance/transactions"))["transactions"] == []
    assert (await bob.get("/api/v1/assets/balances"))["holdings"] == []
    assert (await bob.get("/api/v1/assets/BTC/transactions"))["transactions"] == []
    assert (await bob.get("/api/v1/portfolio"))["total_value"] == "0.00"
    holding = await bob.refused("GET", "/api/v1/balance/asset/BTC")
    assert (holding.status, holding.reason) == (404, "HOLDING_NOT_FOUND")
    sale = await bob.refused("POST", "/api/v1/orders", {"side": "SELL", "asset_id": "BTC", "quantity": "0.001"})
    assert sale.reason == "INSUFFICIENT_HOLDINGS"
    assert str(await ada.quantity("BTC")) == "0.01"


async def test_an_order_of_another_user_is_not_found_like_an_unknown_one(ada: User, bob: User) -> None:
    for order in (await ada.get("/api/v1/orders"))["orders"]:
        of_another = await bob.refused("GET", f"/api/v1/orders/{order['order_id']}")
        unknown = await bob.refused("GET", "/api/v1/orders/00000000-0000-4000-8000-000000000000")
        assert of_another == unknown
        assert (of_another.status, of_another.reason) == (404, "ORDER_NOT_FOUND")


@pytest.mark.parametrize("where", ["edge", "services"])
async def test_native_grpc_shows_nothing_of_another_user(ada: User, bob: User, channels: Channels, where: str) -> None:
    users, orders = (channels["edge"],) * 2 if where == "edge" else (channels["user"], channels["order"])
    accounts = account_service_pb2_grpc.AccountServiceStub(users)
    metadata = bearer(bob.token)
    profile = await user_service_pb2_grpc.UserServiceStub(users).GetProfile(
        user_service_pb2.GetProfileRequest(), metadata=metadata
    )
    assert profile.user_id == bob.user_id
    balance = await accounts.GetBalance(account_service_pb2.GetBalanceRequest(), metadata=metadata)
    assert balance.current_balance == "0.00"
    ledger = await accounts.ListTransactions(account_service_pb2.ListTransactionsRequest(), metadata=metadata)
    assert not ledger.transactions
    holdings = await accounts.ListHoldings(account_service_pb2.ListHoldingsRequest(), metadata=metadata)
    assert not holdings.holdings
    holding = accounts.GetHolding(account_service_pb2.GetHoldingRequest(asset_id="BTC"), metadata=metadata)
    assert (await refused(holding)).reason == "HOLDING_NOT_FOUND"
    stub = order_service_pb2_grpc.OrderServiceStub(orders)
    assert not (await stub.ListOrders(order_service_pb2.ListOrdersRequest(), metadata=metadata)).orders
    fills = order_service_pb2.ListAssetTransactionsRequest(asset_id="BTC")
    assert not (await stub.ListAssetTransactions(fills, metadata=metadata)).transactions
    for order in (await ada.get("/api/v1/orders"))["orders"]:
        wanted = order_service_pb2.GetOrderRequest(order_id=order["order_id"])
        not_found = await refused(stub.GetOrder(wanted, metadata=metadata))
        assert (not_found.code, not_found.reason) == (grpc.StatusCode.NOT_FOUND, "ORDER_NOT_FOUND")


async def test_request_ids_of_different_users_are_independent(new_user: Callable[[], Awaitable[User]]) -> None:
    first, second = await new_user(), await new_user()
    same = request_id()

    async def trade(user: User, amount: str, asset_id: str) -> list[Json]:
        deposit = await user.deposit(amount, request_id=same)
        return [deposit, await user.buy(asset_id, "1", request_id=same)]

    [deposit, order], [other_deposit, other_order] = [
        await trade(first, "10.00", "DOT"),
        await trade(second, "20.00", "XRP"),
    ]
    assert deposit["transaction_id"] != other_deposit["transaction_id"]
    assert order["order_id"] != other_order["order_id"]
    assert (other_deposit["amount"], other_order["asset_id"]) == ("20.00", "XRP")
