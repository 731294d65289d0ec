"""A user deposits, trades and withdraws over REST, with consistent amounts throughout."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .rest import Json, Refusal
from .users import User


async def test_a_new_user_deposits_buys_and_sells_and_every_sum_is_exact(user: User) -> None:
    await user.deposit("10000.00")
    bought = await user.buy("BTC", "0.05")
    assert bought["status"] == "COMPLETED"
    assert Decimal(bought["total_amount"]) == Decimal(bought["price"]) * Decimal("0.05")

    cash = Decimal("10000.00") - Decimal(bought["total_amount"])
    balance = await user.get("/api/v1/balance")
    assert Decimal(balance["current_balance"]) == Decimal(balance["available_balance"]) == cash
    assert (balance["held_balance"], balance["currency"]) == ("0.00", "USD")

    holding = await user.get("/api/v1/balance/asset/BTC")
    assert (holding["asset_name"], holding["quantity"], holding["available_quantity"]) == ("Bitcoin", "0.05", "0.05")
    assert holding["average_cost"] == holding["current_price"] == bought["price"]
    assert holding["cost_basis"] == holding["market_value"] == bought["total_amount"]
    assert holding["unrealized_pnl"] == "0.00"

    portfolio = await user.get("/api/v1/portfolio")
    assert Decimal(portfolio["cash"]) == cash
    assert portfolio["holdings_value"] == holding["market_value"]
    assert Decimal(portfolio["total_value"]) == cash + Decimal(holding["market_value"]) == 10_000
    assert [one["asset_id"] for one in portfolio["holdings"]] == ["BTC"]
    assert portfolio["holdings"][0]["percentage"] == "50.00"

    sold = await user.sell("BTC", "0.02")
    assert await user.cash() == cash + Decimal(sold["total_amount"])
    assert await user.quantity("BTC") == Decimal("0.03")

    orders = (await user.get("/api/v1/orders"))["orders"]
    assert orders == [sold, bought]
    assert await user.get(f"/api/v1/orders/{bought['order_id']}") == bought

    transactions = (await user.get("/api/v1/balance/transactions"))["transactions"]
    assert [(one["transaction_type"], one["order_id"]) for one in transactions] == [
        ("ORDER_SALE", sold["order_id"]),
        ("ORDER_PAYMENT", bought["order_id"]),
        ("DEPOSIT", ""),
    ]
    assert [one["quantity"] for one in transactions] == ["-0.02", "0.05", ""]
    assert transactions[0]["balance_after"] == (await user.get("/api/v1/balance"))["current_balance"]
    assert sum(Decimal(one["amount"]) for one in transactions) == await user.cash()

    fills = (await user.get("/api/v1/assets/BTC/transactions"))["transactions"]
    assert [(fill["side"], fill["quantity"], fill["order_id"]) for fill in fills] == [
        ("SELL", "0.02", sold["order_id"]),
        ("BUY", "0.05", bought["order_id"]),
    ]
    assert (await user.get("/api/v1/assets/ETH/transactions"))["transactions"] == []


async def test_an_asset_that_is_sold_out_is_no_longer_a_holding(user: User) -> None:
    await user.deposit("1000.00")
    await user.buy("SOL", "2.5")
    await user.buy("ADA", "10")
    assert [one["asset_id"] for one in (await user.get("/api/v1/assets/balances"))["holdings"]] == ["ADA", "SOL"]
    await user.sell("SOL", "2.5")
    assert [one["asset_id"] for one in (await user.get("/api/v1/assets/balances"))["holdings"]] == ["ADA"]
    assert (await user.refused("GET", "/api/v1/balance/asset/SOL")).reason == "HOLDING_NOT_FOUND"
    assert [one["asset_id"] for one in (await user.get("/api/v1/portfolio"))["holdings"]] == ["ADA"]


async def test_the_stock_falls_with_purchases_and_rises_with_sales(user: User) -> None:
    async def stock() -> Decimal:
        return Decimal((await user.get("/api/v1/inventory/assets/LTC"))["available_quantity"])

    await user.deposit("1000.00")
    before = await stock()
    await user.buy("LTC", "1.25")
    assert await stock() == before - Decimal("1.25")
    await user.sell("LTC", "0.25")
    assert await stock() == before - 1


async def test_quantities_of_eight_decimals_are_traded_exactly_and_rounded_against_the_user(user: User) -> None:
    await user.deposit("1000000.00")
    await user.buy("BTC", "0.00001001")  # worth 1.001 dollars, paid with 1.01
    await user.buy("BTC", "0.12345678")  # worth 12345.678, paid with 12345.68
    await user.sell("BTC", "0.00001009")  # worth 1.009, sold for 1.00
    assert await user.cash() == Decimal("1000000.00") - Decimal("1.01") - Decimal("12345.68") + 1
    assert await user.quantity("BTC") == Decimal("0.12345670")


async def test_a_preview_returns_the_cost_and_the_reasons_and_has_no_effect(user: User) -> None:
    async def preview(side: str, asset_id: str, quantity: str) -> Json:
        return await user.post("/api/v1/orders:preview", {"side": side, "asset_id": asset_id, "quantity": quantity})

    price = (await user.get("/api/v1/inventory/assets/ETH"))["price_usd"]
    shown = await preview("BUY", "ETH", "2")
    assert (shown["price"], shown["total_amount"]) == (price, f"{2 * Decimal(price):.2f}")
    assert (shown["quantity"], shown["obstacles"]) == ("2", ["INSUFFICIENT_FUNDS"])
    assert (await preview("SELL", "ETH", "2"))["obstacles"] == ["INSUFFICIENT_HOLDINGS"]
    assert set((await preview("BUY", "ETH", "100000000"))["obstacles"]) == {
        "ORDER_VALUE_OUT_OF_RANGE", "OUT_OF_STOCK", "INSUFFICIENT_FUNDS",
    }  # fmt: skip
    await user.deposit("10000.00")
    assert (await preview("BUY", "ETH", "2"))["obstacles"] == []
    assert await user.cash() == 10_000
    assert (await user.get("/api/v1/orders"))["orders"] == []
    nope = await user.refused("POST", "/api/v1/orders:preview", {"side": "BUY", "asset_id": "NOPE", "quantity": "1"})
    assert (nope.status, nope.reason) == (404, "ASSET_NOT_FOUND")


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"side": "BUY", "asset_id": "ETH", "quantity": "100"}, "INSUFFICIENT_FUNDS"),
        ({"side": "SELL", "asset_id": "ETH", "quantity": "0.1"}, "INSUFFICIENT_HOLDINGS"),
        ({"side": "BUY", "asset_id": "ETH", "quantity": "1000"}, "ORDER_VALUE_OUT_OF_RANGE"),
        ({"side": "BUY", "asset_id": "MOG", "quantity": "1"}, "ORDER_VALUE_OUT_OF_RANGE"),
        ({"side": "BUY", "asset_id": "ETH", "quantity": "0.1", "limit_price": "1.00"}, "PRICE_OUT_OF_BOUNDS"),
        ({"side": "SELL", "asset_id": "ETH", "quantity": "0.1", "limit_price": "999999"}, "PRICE_OUT_OF_BOUNDS"),
        (
            {"side": "BUY", "asset_id": "ETH", "quantity": "0.1", "expected_price": "100", "max_slippage": "0.5"},
            "PRICE_OUT_OF_BOUNDS",
        ),
    ],
)
async def test_an_order_that_cannot_be_filled_is_refused_with_its_reason_and_has_no_effect(
    user: User, order: Json, reason: str
) -> None:
    await user.deposit("1000.00")
    refused = await user.outcome(order)
    assert isinstance(refused, Refusal)
    assert (refused.status, refused.reason) == (400, reason)
    assert await user.cash() == 1000
    assert await user.quantity("ETH") == 0
    stored = await user.get(f"/api/v1/orders/{refused.metadata['order_id']}")
    assert (stored["status"], stored["failure_reason"]) == ("FAILED", reason)
    assert [one["transaction_type"] for one in (await user.get("/api/v1/balance/transactions"))["transactions"]] == [
        "DEPOSIT"
    ]


async def test_an_order_within_its_limits_is_filled_at_the_current_price(user: User) -> None:
    await user.deposit("1000.00")
    price = (await user.get("/api/v1/inventory/assets/ETH"))["price_usd"]
    limited = await user.buy("ETH", "0.1", limit_price=price)
    assert (limited["price"], limited["limit_price"]) == (price, price)
    slipping = await user.sell("ETH", "0.1", expected_price=price, max_slippage="0")
    assert slipping["price"] == price


async def test_a_user_can_withdraw_the_whole_balance_and_no_more(user: User) -> None:
    await user.deposit("100.00")
    withdrawn = await user.withdraw("40.01")
    assert (withdrawn["transaction_type"], withdrawn["amount"]) == ("WITHDRAWAL", "-40.01")
    assert withdrawn["balance_after"] == "59.99"
    refused = await user.refused("POST", "/api/v1/balance/withdraw", {"amount": "60.00"})
    assert (refused.status, refused.reason) == (400, "INSUFFICIENT_FUNDS")
    assert refused.metadata == {"needed": "60.00", "available": "59.99"}
    await user.withdraw("59.99")
    assert await user.cash() == 0


async def test_the_daily_limits_are_a_million_in_and_half_a_million_out(user: User) -> None:
    await user.deposit("1000000.00")
    assert (await user.refused("POST", "/api/v1/balance/deposit", {"amount": "0.01"})).reason == "DAILY_LIMIT_REACHED"
    await user.withdraw("500000.00")
    refused = await user.refused("POST", "/api/v1/balance/withdraw", {"amount": "0.01"})
    assert (refused.status, refused.reason) == (400, "DAILY_LIMIT_REACHED")
    assert await user.cash() == 500_000
