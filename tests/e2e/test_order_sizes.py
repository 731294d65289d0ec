"""Orders for an amount of dollars, of a whole position, and within the bounds of a preview."""

from __future__ import annotations

from decimal import Decimal

from .rest import Json, Refusal
from .users import User, request_id

PREVIEW, ORDERS = "/api/v1/orders:preview", "/api/v1/orders"


async def test_a_buy_for_an_amount_pays_at_most_that(user: User) -> None:
    await user.deposit("1000.00")
    order = await user.outcome({"side": "BUY", "asset_id": "ETH", "quote_amount": "100"})
    assert isinstance(order, dict)
    assert (order["status"], order["quote_amount"]) == ("COMPLETED", "100.00")
    assert Decimal("99.99") <= Decimal(order["net_amount"]) <= 100
    assert await user.cash() == 1000 - Decimal(order["net_amount"])
    assert await user.quantity("ETH") == Decimal(order["quantity"])


async def test_a_position_is_closed_and_a_replay_returns_what_was_sold(user: User) -> None:
    await user.deposit("1000.00")
    await user.buy("ETH", "0.12345678")
    everything = {"side": "SELL", "asset_id": "ETH", "sell_all": True, "request_id": request_id()}
    sold = await user.outcome(everything)
    assert isinstance(sold, dict)
    assert (sold["quantity"], sold["sell_all"]) == ("0.12345678", True)
    await user.buy("ETH", "0.01")
    assert await user.outcome(everything) == sold
    assert await user.quantity("ETH") == Decimal("0.01")
    assert (await user.get(f"{ORDERS}/{sold['order_id']}")) == sold


async def test_nothing_is_sold_without_a_position(user: User) -> None:
    refused = await user.outcome({"side": "SELL", "asset_id": "ETH", "sell_all": True})
    assert isinstance(refused, Refusal)
    assert refused.reason == "INSUFFICIENT_HOLDINGS"
    stored = await user.get(f"{ORDERS}/{refused.metadata['order_id']}")
    assert (stored["status"], stored["quantity"]) == ("FAILED", "0")


async def test_an_order_of_a_preview_is_what_was_shown(user: User) -> None:
    await user.deposit("1000.00")
    wanted: Json = {"side": "BUY", "asset_id": "ETH", "quote_amount": "50.00"}
    preview = await user.post(PREVIEW, wanted)
    assert preview["obstacles"] == []
    assert Decimal(preview["worst_price"]) == Decimal(preview["price"]) * Decimal("1.05")
    order = await user.outcome({**wanted, "preview_id": preview["preview_id"]})
    assert isinstance(order, dict)
    shown = ("price", "quantity", "total_amount", "fee", "net_amount", "price_source")
    assert {name: order[name] for name in shown} == {name: preview[name] for name in shown}
    assert int(order["price_seq"]) >= int(preview["price_seq"])


async def test_an_expected_price_alone_allows_five_percent(user: User) -> None:
    await user.deposit("1000.00")
    price = Decimal((await user.get("/api/v1/inventory/assets/ETH"))["price_usd"])
    order: Json = {"side": "BUY", "asset_id": "ETH", "quantity": "0.01"}
    near, far = price / Decimal("1.04"), price / Decimal("1.06")
    assert isinstance(await user.outcome({**order, "expected_price": f"{near:.2f}"}), dict)
    refused = await user.outcome({**order, "expected_price": f"{far:.2f}"})
    assert isinstance(refused, Refusal)
    assert refused.reason == "PRICE_OUT_OF_BOUNDS"
