"""Orders that time alone does not finish: the account is gone, or only an admin can decide."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import boto3
import pytest

from local.programs import TABLES
from local.stack import Stack
from services.order.domain import Order, Quote, Side, Ticket
from services.order.items import item_of
from services.order.schema import QUARANTINE
from services.prices.frame import Source

from .rest import Json, Refusal
from .test_admin import new_admin
from .users import User, request_id

ADMIN = "/api/v1/admin/orders"


@pytest.fixture(scope="module")
async def admin(stack: Stack, new_user: Callable[[], Awaitable[User]]) -> User:
    return await new_admin(stack.settings, await new_user())


@pytest.fixture(scope="module")
def dynamodb(stack: Stack) -> Any:
    return boto3.resource(
        "dynamodb",
        endpoint_url=stack.settings.dynamodb_url,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )


async def stock(user: User, asset_id: str) -> str:
    asset: Json = await user.get(f"/api/v1/inventory/assets/{asset_id}")
    return str(asset["available_quantity"])


async def test_an_order_of_an_account_that_is_gone_fails_for_good_and_returns_its_stock(
    user: User, dynamodb: Any
) -> None:
    await user.deposit("1000.00")
    accounts, key = dynamodb.Table(TABLES["user"]), {"pk": f"USER#{user.user_id}", "sk": "ACCOUNT"}
    before = await stock(user, "SOL")
    order = {"side": "BUY", "asset_id": "SOL", "quantity": "1", "request_id": request_id()}
    account = (await asyncio.to_thread(accounts.get_item, Key=key))["Item"]
    await asyncio.to_thread(accounts.delete_item, Key=key)
    try:
        lost = await user.outcome(order)
    finally:
        await asyncio.to_thread(accounts.put_item, Item=account)
    assert isinstance(lost, Refusal)
    assert (lost.status, lost.reason) == (400, "ACCOUNT_NOT_FOUND")
    assert await stock(user, "SOL") == before
    again = await user.outcome(order)
    assert isinstance(again, Refusal)
    assert again.reason == "ACCOUNT_NOT_FOUND", "the account is back, but the outcome is final"
    assert await user.cash() == 1000


async def quarantined(user: User, dynamodb: Any) -> Order:
    """Stores an order in quarantine, as recovery leaves it."""
    shown = await user.get("/api/v1/inventory/assets/SOL")
    quote = Quote("SOL", Decimal(shown["price_usd"]), seq=int(shown["price_seq"]), source=Source.FIXED)
    ticket = Ticket(user.user_id, Side.BUY, "SOL", Decimal(1), request_id=request_id())
    now = datetime.now(UTC)
    order = Order.accepted(ticket, quote, now)
    item = {**item_of(order), "pending_shard": QUARANTINE, "quarantine_reason": "a bug", "due_at": now.isoformat()}
    await asyncio.to_thread(dynamodb.Table(TABLES["order"]).put_item, Item=item)
    return order


async def test_an_admin_fails_an_order_in_quarantine_which_then_has_no_effect(
    user: User, admin: User, dynamodb: Any
) -> None:
    await user.deposit("1000.00")
    before = await stock(user, "SOL")
    order = await quarantined(user, dynamodb)
    listed = (await admin.get(f"{ADMIN}:quarantined"))["orders"]
    assert order.order_id in {one["order"]["order_id"] for one in listed}

    body = {"user_id": user.user_id}
    for _ in range(2):
        failed = await admin.post(f"{ADMIN}/{order.order_id}:fail", body)
        assert (failed["status"], failed["failure_reason"]) == ("FAILED", "TRADE_VOIDED")
    listed = (await admin.get(f"{ADMIN}:quarantined"))["orders"]
    assert order.order_id not in {one["order"]["order_id"] for one in listed}

    replay = await user.outcome({"side": "BUY", "asset_id": "SOL", "quantity": "1", "request_id": order.request_id})
    assert isinstance(replay, Refusal)
    assert replay.reason == "TRADE_VOIDED"
    assert await user.cash() == 1000
    assert await stock(user, "SOL") == before
    events = await admin.get("/api/v1/admin/audit", user_id=user.user_id)
    assert [event["event"] for event in events["events"]].count("ORDER_FAILED") == 4  # intent and outcome, twice


async def test_an_admin_cannot_fail_an_order_that_has_settled(user: User, admin: User, dynamodb: Any) -> None:
    await user.deposit("1000.00")
    order = await quarantined(user, dynamodb)
    released = await admin.post(f"{ADMIN}/{order.order_id}:release", {"user_id": user.user_id})
    assert released["status"] == "COMPLETED"
    refused = await admin.refused("POST", f"{ADMIN}/{order.order_id}:fail", {"user_id": user.user_id})
    assert (refused.status, refused.reason) == (400, "ORDER_NOT_QUARANTINED")
    assert await user.quantity("SOL") == 1
