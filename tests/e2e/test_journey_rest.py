"""User journeys over REST, with consistent amounts throughout."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests import cultures
from tests.keyboards import decomposed, full_width

from .rest import Json, Refusal, Rest, answer
from .users import User, registration, request_id

NewUser = Callable[..., Awaitable[User]]


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


async def test_the_profile_is_what_was_registered_and_can_be_changed(new_user: NewUser) -> None:
    details = registration() | {
        "first_name": "Zoë",
        "last_name": "O’Neill-Ørsted",  # noqa: RUF001 - a typographic apostrophe
        "phone": "+14155550100",
        "date_of_birth": "1990-12-31",
        "marketing_emails_consent": True,
    }
    user = await new_user(details)
    profile = await user.get("/api/v1/auth/me")
    assert profile == await user.get("/api/v1/auth/profile")
    assert "password" not in profile
    assert {name: profile[name] for name in details if name != "password"} == {
        name: value for name, value in details.items() if name != "password"
    }
    assert profile["role"] == "CUSTOMER"

    changed = await user.patch("/api/v1/auth/me", {"first_name": "Ada", "phone": "", "marketing_emails_consent": False})
    assert changed == profile | {
        "first_name": "Ada",
        "phone": "",
        "marketing_emails_consent": False,
        "updated_at": changed["updated_at"],
    }
    assert changed["updated_at"] > profile["updated_at"]
    assert await user.patch("/api/v1/auth/profile", {}) == await user.get("/api/v1/auth/me")


async def test_names_and_numbers_of_many_cultures_are_accepted(user: User) -> None:
    for typed, stored in cultures.NAMES.items():
        assert (await user.patch("/api/v1/auth/me", {"last_name": typed}))["last_name"] == stored
    for typed, stored in cultures.PHONES.items():
        assert (await user.patch("/api/v1/auth/me", {"phone": typed}))["phone"] == stored


@pytest.mark.parametrize("path", ["/api/v1/auth/me", "/api/v1/auth/profile"])
async def test_put_changes_the_given_fields_like_patch(user: User, path: str) -> None:
    before = await user.get(path)
    after = answer(await user.send("PUT", path, {"first_name": "Grace", "phone": "+1 415 555 0100"}))
    assert after == before | {"first_name": "Grace", "phone": "+14155550100", "updated_at": after["updated_at"]}


async def test_a_password_opens_its_account_however_the_keyboard_composes_its_letters(
    guest: Rest, new_user: NewUser
) -> None:
    composed = "ein schöner Käse für " + secrets.token_hex(8)
    user = await new_user(registration() | {"password": composed})
    signing_in = {"username": full_width(user.username), "password": decomposed(composed)}
    assert (await guest.post("/api/v1/auth/login", signing_in))["access_token"]


async def test_another_email_address_needs_the_current_password(user: User) -> None:
    path, changed = "/api/v1/auth/me", {"email": f"new_{user.username}@example.com"}
    refused = await user.refused("PATCH", path, changed)
    assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", ("current_password",))
    refused = await user.refused("PUT", path, {**changed, "current_password": "not this one"})
    assert (refused.status, refused.reason) == (401, "BAD_CREDENTIALS")
    assert (await user.get(path))["email"] != changed["email"]
    assert (await user.patch(path, {**changed, "current_password": user.password}))["email"] == changed["email"]
    events = await user.get("/api/v1/auth/audit")
    outcomes = [(event["event"], event["outcome"]) for event in events["events"][:2]]
    assert outcomes == [("PROFILE_CHANGE", "DONE"), ("PROFILE_CHANGE", "BAD_CREDENTIALS")]


async def test_a_changed_email_address_is_taken_and_the_old_one_is_free(new_user: NewUser) -> None:
    first, second = await new_user(), await new_user()
    old, new = f"{first.username}@example.com", f"new_{first.username}@example.com"
    await first.patch("/api/v1/auth/me", {"email": new, "current_password": first.password})
    proof = {"current_password": second.password}
    taken = await second.refused("PATCH", "/api/v1/auth/me", {"email": new.upper(), **proof})
    assert (taken.status, taken.reason) == (409, "EMAIL_TAKEN")
    assert (await second.patch("/api/v1/auth/me", {"email": old, **proof}))["email"] == old


async def test_names_and_addresses_are_taken_in_any_case(guest: Rest, user: User) -> None:
    details = registration()
    refused = await guest.refused("POST", "/api/v1/auth/register", details | {"username": user.username.upper()})
    assert (refused.status, refused.reason) == (409, "USERNAME_TAKEN")
    refused = await guest.refused(
        "POST", "/api/v1/auth/register", details | {"email": f"{user.username.upper()}@EXAMPLE.COM"}
    )
    assert (refused.status, refused.reason) == (409, "EMAIL_TAKEN")
    signed_in = await guest.post("/api/v1/auth/login", {"username": user.username.upper(), "password": user.password})
    assert (signed_in["token_type"], signed_in["expires_in"] > 0) == ("Bearer", True)


async def test_a_wrong_password_and_an_unknown_name_get_the_same_response(guest: Rest, user: User) -> None:
    wrong = await guest.refused("POST", "/api/v1/auth/login", {"username": user.username, "password": "wrong"})
    unknown = await guest.refused("POST", "/api/v1/auth/login", {"username": "nobody_here", "password": user.password})
    assert wrong == unknown
    assert (wrong.status, wrong.reason) == (401, "BAD_CREDENTIALS")


async def test_a_guest_finds_assets_by_symbol_name_and_category(guest: Rest) -> None:
    everything = await guest.get("/api/v1/inventory/assets", page_size=200)
    pages = await guest.pages("/api/v1/inventory/assets", "assets", page_size=200)
    ranks = [asset["market_cap_rank"] for page in pages for asset in page]
    assert everything["total_size"] == len(ranks) >= 100
    assert ranks == sorted(ranks)
    by_name = await guest.get("/api/v1/inventory/assets", search="bItCoIn")
    assert "BTC" in [asset["asset_id"] for asset in by_name["assets"]]
    assert by_name["total_size"] == len(by_name["assets"]) < everything["total_size"]
    by_symbol = await guest.get("/api/v1/inventory/assets", search="btc")
    assert "BTC" in [asset["asset_id"] for asset in by_symbol["assets"]]
    memes = await guest.get("/api/v1/inventory/assets", category="meme", search="dog")
    assert {asset["category"] for asset in memes["assets"]} == {"meme"}
    assert "DOGE" in [asset["asset_id"] for asset in memes["assets"]]
    for query in ("search=Bitcoin+Cash", "search=Bitcoin%20Cash"):
        page = answer(await guest.send("GET", f"/api/v1/inventory/assets?{query}"))
        assert [asset["asset_id"] for asset in page["assets"]] == ["BCH"], query
    nothing = await guest.get("/api/v1/inventory/assets", search="no such asset")
    assert nothing == {"assets": [], "next_page_token": "", "total_size": 0}


@pytest.mark.parametrize("sort", ["RANK", "NAME", "PRICE", "CHANGE"])
async def test_assets_are_listed_in_the_requested_order_and_the_pages_are_complete(guest: Rest, sort: str) -> None:
    def key(asset: Json) -> tuple[Decimal | str, str]:
        place: dict[str, Decimal | str] = {
            "RANK": Decimal(asset["market_cap_rank"]),
            "NAME": asset["name"].casefold(),
            "PRICE": -Decimal(asset["price_usd"]),
            "CHANGE": -Decimal(asset["price_change_percentage_24h"]),
        }
        return place[sort], asset["asset_id"]

    large = await guest.pages("/api/v1/inventory/assets", "assets", sort=sort, page_size=200)
    everything = [asset for page in large for asset in page]
    pages = await guest.pages("/api/v1/inventory/assets", "assets", sort=sort, page_size=33)
    found = [asset["asset_id"] for page in pages for asset in page]
    assert {len(page) for page in pages[:-1]} == {33}
    assert found == [asset["asset_id"] for asset in sorted(everything, key=key)]


async def test_an_asset_has_all_its_fields(guest: Rest) -> None:
    asset = await guest.get("/api/v1/inventory/assets/BTC")
    assert (asset["name"], asset["category"], asset["is_active"]) == ("Bitcoin", "layer-1", True)
    assert Decimal(asset["market_cap"]) == Decimal(asset["price_usd"]) * Decimal(asset["circulating_supply"])
    assert (asset["market_cap_rank"], asset["max_supply"]) == (1, "21000000")
    assert Decimal(asset["available_quantity"]) > 0
    assert asset["description"]
    unknown = await guest.refused("GET", "/api/v1/inventory/assets/NOPE")
    assert (unknown.status, unknown.reason, unknown.metadata) == (404, "ASSET_NOT_FOUND", {"asset_id": "NOPE"})


async def test_an_asset_has_a_history_of_prices_newest_first(guest: Rest) -> None:
    history = (await guest.get("/api/v1/inventory/assets/BTC/prices"))["prices"]
    times = [datetime.fromisoformat(price["effective_at"]) for price in history]
    assert times == sorted(times, reverse=True)
    assert times[0] <= datetime.now(UTC)
    assert history[0]["price_usd"] == (await guest.get("/api/v1/inventory/assets/BTC"))["price_usd"]
    assert (await guest.refused("GET", "/api/v1/inventory/assets/NOPE/prices")).reason == "ASSET_NOT_FOUND"


async def test_the_pages_of_orders_transactions_and_holdings_are_complete(user: User) -> None:
    await user.deposit("1000.00")
    bought = [await user.buy(asset_id, "3") for asset_id in ("ADA", "DOT", "LINK", "XRP", "USDC")]
    sold = [await user.sell(asset_id, "2") for asset_id in ("ADA", "XRP")]
    newest_first = [order["order_id"] for order in reversed(bought + sold)]

    orders = await user.pages("/api/v1/orders", "orders", page_size=3)
    assert [order["order_id"] for page in orders for order in page] == newest_first
    transactions = await user.pages("/api/v1/balance/transactions", "transactions", page_size=3)
    assert [one["order_id"] for page in transactions for one in page] == [*newest_first, ""]
    holdings = await user.pages("/api/v1/assets/balances", "holdings", page_size=2)
    assert [one["asset_id"] for page in holdings for one in page] == ["ADA", "DOT", "LINK", "USDC", "XRP"]
    fills = await user.pages("/api/v1/assets/XRP/transactions", "transactions", page_size=1)
    assert [fill["side"] for page in fills for fill in page] == ["SELL", "BUY"]


async def test_orders_are_found_by_status_asset_and_side(user: User) -> None:
    await user.deposit("100.00")
    bought = await user.buy("XRP", "10")
    sold = await user.sell("XRP", "4")
    other = await user.buy("ADA", "2")
    refused = await user.outcome({"side": "BUY", "asset_id": "BTC", "quantity": "1"})
    assert isinstance(refused, Refusal)

    async def found(**wanted: str) -> list[str]:
        pages = await user.pages("/api/v1/orders", "orders", page_size=1, **wanted)
        return [order["order_id"] for page in pages for order in page]

    newest_first = [refused.metadata["order_id"], other["order_id"], sold["order_id"], bought["order_id"]]
    assert await found() == newest_first
    assert await found(status="COMPLETED") == newest_first[1:]
    assert await found(status="FAILED") == newest_first[:1]
    assert await found(status="PENDING") == []
    assert await found(asset_id="XRP") == newest_first[2:]
    assert await found(side="SELL") == [sold["order_id"]]
    assert await found(asset_id="XRP", side="BUY", status="COMPLETED") == [bought["order_id"]]


async def test_an_order_is_found_by_its_request_id(user: User, guest: Rest) -> None:
    await user.deposit("100.00")
    key = request_id()
    order = await user.buy("XRP", "10", request_id=key)
    path = "/api/v1/orders:byRequestId"
    assert await user.get(path, request_id=key) == order
    assert (await user.refused("GET", path, params={"request_id": "another"})).reason == "ORDER_NOT_FOUND"
    assert (await user.refused("GET", path)).fields == ("request_id",)
    assert (await guest.refused("GET", path, params={"request_id": key})).status == 401


async def test_orders_and_ledger_entries_are_found_by_time_and_type(user: User) -> None:
    await user.deposit("100.00")
    orders = [await user.buy("XRP", "10"), await user.sell("XRP", "4"), await user.buy("ADA", "2")]
    await user.withdraw("1.00")
    entries = (await user.get("/api/v1/balance/transactions"))["transactions"][::-1]
    types = ["DEPOSIT", "ORDER_PAYMENT", "ORDER_SALE", "ORDER_PAYMENT", "WITHDRAWAL"]
    assert [entry["transaction_type"] for entry in entries] == types

    async def found(path: str, name: str, **wanted: str) -> list[Json]:
        pages = await user.pages(path, name, page_size=1, **wanted)
        return [one for page in pages for one in page][::-1]

    async def transactions(**wanted: str) -> list[Json]:
        return await found("/api/v1/balance/transactions", "transactions", **wanted)

    second = orders[1]["created_at"]
    assert await found("/api/v1/orders", "orders", start_time=second) == orders[1:]
    assert await found("/api/v1/orders", "orders", end_time=second) == orders[:1]
    window = {"start_time": second, "end_time": orders[2]["created_at"]}
    assert await found("/api/v1/orders", "orders", **window) == orders[1:2]
    assert await found("/api/v1/orders", "orders", **window, asset_id="XRP") == orders[1:2]
    assert await found("/api/v1/orders", "orders", **window, side="BUY") == []
    assert await found("/api/v1/orders", "orders", start_time="2100-01-01T00:00:00Z") == []
    third = entries[2]["created_at"]
    assert await transactions(start_time=third) == entries[2:]
    assert await transactions(end_time=third, transaction_type="ORDER_PAYMENT") == entries[1:2]
    assert await transactions(transaction_type="ORDER_PAYMENT") == [entries[1], entries[3]]
    assert await transactions(start_time=third, end_time=entries[3]["created_at"]) == entries[2:3]


@pytest.mark.parametrize("path", ["/api/v1/orders", "/api/v1/balance/transactions"])
async def test_a_window_that_makes_no_sense_is_refused(user: User, path: str) -> None:
    late, early = "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"
    backwards = await user.refused("GET", path, params={"start_time": late, "end_time": early})
    assert (backwards.status, "start_time must be before end_time" in backwards.message) == (400, True)
    for wrong in ("yesterday", "2026-03-01", "1969-12-31T23:59:59Z", "1772323200", ""):
        assert (await user.refused("GET", path, params={"start_time": wrong})).status == 400, wrong


async def test_a_uuid_in_upper_case_names_the_same_and_is_no_new_idempotency_key(user: User, guest: Rest) -> None:
    await user.deposit("100.00")
    order = await user.buy("XRP", "10", request_id="0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f")
    assert await user.get(f"/api/v1/orders/{order['order_id'].upper()}") == order
    assert await user.get("/api/v1/orders:byRequestId", request_id=order["request_id"].upper()) == order
    body = {"side": "BUY", "asset_id": "XRP", "quantity": "10", "request_id": order["request_id"].upper()}
    refused = await user.refused("POST", "/api/v1/orders", body)
    assert (refused.status, refused.fields) == (400, ("request_id",))
    await guest.post("/api/v1/auth/login", {"username": user.username, "password": user.password})
    sessions = (await user.get("/api/v1/auth/sessions"))["sessions"]
    [other] = [session["session_id"] for session in sessions if not session["is_current"]]
    assert (await user.send("DELETE", f"/api/v1/auth/sessions/{other.upper()}")).status_code == 200
    assert len((await user.get("/api/v1/auth/sessions"))["sessions"]) == 1


@pytest.fixture
async def trader(user: User) -> User:
    """Returns a user with a second page in every list."""
    await user.deposit("100.00")
    for asset_id in ("ADA", "XLM", "ADA"):
        await user.buy(asset_id, "3", request_id=request_id())
    return user


LISTS = [
    ("/api/v1/orders", "/api/v1/orders?status=COMPLETED"),
    ("/api/v1/balance/transactions", "/api/v1/assets/balances"),
    ("/api/v1/assets/balances", "/api/v1/balance/transactions"),
    ("/api/v1/assets/ADA/transactions", "/api/v1/assets/XLM/transactions"),
    ("/api/v1/inventory/assets", "/api/v1/inventory/assets?sort=NAME"),
]


@pytest.mark.parametrize(("path", "another"), LISTS)
async def test_a_changed_page_token_or_one_of_another_list_is_refused(trader: User, path: str, another: str) -> None:
    token = (await trader.get(path, page_size=1))["next_page_token"]
    assert token
    assert (await trader.send("GET", path, params={"page_token": token})).status_code == 200
    middle = len(token) // 2
    changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
    for wrong in (changed, token[:-4], token + "AAAA", "AAAA", "!", "é", token * 2):
        refused = await trader.refused("GET", path, params={"page_token": wrong})
        assert (refused.status, refused.fields) == (400, ("page_token",)), wrong
    separator = "&" if "?" in another else "?"
    refused = await trader.refused("GET", f"{another}{separator}page_token={token}")
    assert (refused.status, refused.fields) == (400, ("page_token",))


@pytest.mark.parametrize("path", [path for path, _ in LISTS if "inventory" not in path])
async def test_a_page_token_of_another_user_is_refused(trader: User, new_user: NewUser, path: str) -> None:
    token = (await trader.get(path, page_size=1))["next_page_token"]
    refused = await (await new_user()).refused("GET", path, params={"page_token": token})
    assert (refused.status, refused.fields) == (400, ("page_token",))
