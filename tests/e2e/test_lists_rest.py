"""The lists of a user over REST: pages, filters, and the tokens of pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from .rest import Json, Refusal, Rest
from .users import User, request_id

NewUser = Callable[..., Awaitable[User]]


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
