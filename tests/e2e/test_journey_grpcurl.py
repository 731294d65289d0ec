"""A user journey with grpcurl: at the edge, and at the services' own ports by reflection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from local.stack import Stack

from .grpcurl import Grpcurl, GrpcurlError
from .users import registration, request_id

At = Callable[[str], Grpcurl]

AUTH = "cnop.user.v1.AuthService"
USERS = "cnop.user.v1.UserService"
ACCOUNTS = "cnop.user.v1.AccountService"
INVENTORY = "cnop.inventory.v1.InventoryService"
ORDERS = "cnop.order.v1.OrderService"


@pytest.fixture(params=["edge", "services"])
def at(request: pytest.FixtureRequest, stack: Stack) -> At:
    """Returns a function that makes a grpcurl for a service, at the edge or at the service's own port."""
    if request.param == "edge":
        edge = Grpcurl(f"127.0.0.1:{stack.settings.edge_port}")
        return lambda service: edge
    return lambda service: at_port(stack, service.split(".")[1])


def at_port(stack: Stack, service: str) -> Grpcurl:
    """Returns a grpcurl for a service's own port, with the operator's certificate."""
    return Grpcurl(stack.settings.addresses(service)[0], service, stack.mesh / "operator")


async def test_a_user_trades_with_grpcurl_and_every_sum_is_exact(at: At) -> None:
    details = registration()
    as_json = {
        "username": details["username"],
        "email": details["email"],
        "password": details["password"],
        "firstName": "Ada",
        "lastName": "Lovelace",
    }
    profile = await at(AUTH).call(f"{AUTH}/Register", as_json)
    credentials = {"username": details["username"], "password": details["password"]}
    token = (await at(AUTH).call(f"{AUTH}/Login", credentials))["accessToken"]

    def signed_in(service: str) -> Grpcurl:
        return replace(at(service), token=token)

    assert await signed_in(USERS).call(f"{USERS}/GetProfile") == profile
    await signed_in(ACCOUNTS).call(f"{ACCOUNTS}/Deposit", {"amount": "10000.00"})
    assert (await at(INVENTORY).call(f"{INVENTORY}/ListAssets", {"pageSize": 200}))["totalSize"] >= 100

    wanted = {"side": "BUY", "assetId": "BTC", "quantity": "0.05"}
    preview = await signed_in(ORDERS).call(f"{ORDERS}/PreviewOrder", wanted)
    assert preview["obstacles"] == []
    before = await at(INVENTORY).call(f"{INVENTORY}/GetAsset", {"assetId": "BTC"})
    bought = await signed_in(ORDERS).call(f"{ORDERS}/CreateOrder", {**wanted, "requestId": request_id()})
    assert (bought["status"], bought["totalAmount"]) == ("COMPLETED", preview["totalAmount"])
    after = await at(INVENTORY).call(f"{INVENTORY}/GetAsset", {"assetId": "BTC"})
    assert Decimal(after["availableQuantity"]) == Decimal(before["availableQuantity"]) - Decimal("0.05")

    sold = await signed_in(ORDERS).call(f"{ORDERS}/CreateOrder", {"side": "SELL", "assetId": "BTC", "quantity": "0.02"})
    cash = 10_000 - Decimal(bought["totalAmount"]) + Decimal(sold["totalAmount"])
    balance = await signed_in(ACCOUNTS).call(f"{ACCOUNTS}/GetBalance")
    assert Decimal(balance["currentBalance"]) == Decimal(balance["availableBalance"]) == cash
    holding = await signed_in(ACCOUNTS).call(f"{ACCOUNTS}/GetHolding", {"assetId": "BTC"})
    assert holding["quantity"] == "0.03"
    portfolio = await signed_in(ACCOUNTS).call(f"{ACCOUNTS}/GetPortfolio")
    assert Decimal(portfolio["totalValue"]) == cash + Decimal(holding["marketValue"])

    orders = await signed_in(ORDERS).call(f"{ORDERS}/ListOrders")
    assert orders["orders"] == [sold, bought]
    assert await signed_in(ORDERS).call(f"{ORDERS}/GetOrder", {"orderId": bought["orderId"]}) == bought
    transactions = await signed_in(ACCOUNTS).call(f"{ACCOUNTS}/ListTransactions")
    assert [one["orderId"] for one in transactions["transactions"]] == [sold["orderId"], bought["orderId"], ""]
    fills = await signed_in(ORDERS).call(f"{ORDERS}/ListAssetTransactions", {"assetId": "BTC"})
    assert [fill["orderId"] for fill in fills["transactions"]] == [sold["orderId"], bought["orderId"]]
    withdrawn = await signed_in(ACCOUNTS).call(f"{ACCOUNTS}/Withdraw", {"amount": f"{cash:.2f}"})
    assert withdrawn["balanceAfter"] == "0.00"


async def test_grpcurl_shows_the_reason_of_an_error(at: At) -> None:
    with pytest.raises(GrpcurlError) as unknown:
        await at(INVENTORY).call(f"{INVENTORY}/GetAsset", {"assetId": "NOPE"})
    assert (unknown.value.code, unknown.value.reasons) == (5, ["ASSET_NOT_FOUND"])
    with pytest.raises(GrpcurlError) as missing:
        await at(ACCOUNTS).call(f"{ACCOUNTS}/GetBalance")
    assert (missing.value.code, missing.value.reasons) == (16, ["TOKEN_MISSING"])
    with pytest.raises(GrpcurlError) as invalid:
        await replace(at(AUTH), token="").call(f"{AUTH}/Login", {"username": "", "password": "x"})
    assert (invalid.value.code, invalid.value.reasons) == (3, ["INVALID_FIELD"])


async def test_each_service_lists_its_methods_by_reflection(stack: Stack) -> None:
    for service in (AUTH, INVENTORY, ORDERS):
        grpcurl = at_port(stack, service.split(".")[1])
        assert {service, "grpc.health.v1.Health"} <= set(await grpcurl.list())
        assert await grpcurl.list(service)
        assert await grpcurl.call("grpc.health.v1.Health/Check") == {"status": "SERVING"}
        assert await grpcurl.call("grpc.health.v1.Health/Check", {"service": service}) == {"status": "SERVING"}
