"""The order use cases over fakes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from order_fakes import World

from services.common import money
from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, FailedPrecondition, NotFound, Unavailable
from services.order.domain import Order, Status
from services.order.ticket import Side, Ticket

BUY = Ticket("u-1", Side.BUY, "BTC", Decimal(1), request_id="r-1")
SELL = replace(BUY, side=Side.SELL)


@pytest.fixture
def world() -> World:
    return World()


async def reason(world: World, ticket: Ticket) -> str:
    with pytest.raises((FailedPrecondition, NotFound, AlreadyExists)) as refusal:
        await world.orders().create(ticket)
    return refusal.value.reason


@pytest.mark.parametrize(("ticket", "cash"), [(BUY, 900), (SELL, 1100)], ids=["buy", "sell"])
async def test_an_order_is_created_and_filled(world: World, ticket: Ticket, cash: int) -> None:
    order = await world.orders().create(ticket)
    assert (order.status, order.price, order.amount) == (Status.COMPLETED, 100, 100)
    assert await world.orders().get("u-1", order.order_id) == order
    assert world.users.dollars["u-1"] == cash


async def test_a_replay_returns_the_same_order_at_any_price(world: World) -> None:
    first = await world.orders().create(BUY)
    for price, is_active in ((1, True), (500, False)):
        world.list("BTC", price, is_active=is_active)
        assert await world.orders().create(BUY) == first
    assert world.users.dollars["u-1"] == 900


async def test_a_replay_gets_its_response_while_prices_are_unavailable(world: World) -> None:
    first = await world.orders().create(BUY)
    world.faults.before["prices"] = 1
    assert await world.orders().create(BUY) == first


async def test_concurrent_replays_create_one_order(world: World) -> None:
    replicas = [world.orders(), world.orders()]
    answers = await asyncio.gather(*(replicas[n % 2].create(BUY) for n in range(20)))
    assert {answer.order_id for answer in answers} == {answers[0].order_id}
    assert {answer.status for answer in answers} == {Status.COMPLETED}
    assert world.users.dollars["u-1"] == 900
    assert len(world.repository.orders) == 1


@pytest.mark.parametrize(
    "other",
    [SELL, replace(BUY, quantity=Decimal(2)), replace(BUY, asset_id="ETH"), replace(BUY, limit_price=Decimal(200))],
    ids=["side", "quantity", "asset", "limit"],
)
@pytest.mark.parametrize("prices", ["available", "unavailable"])
async def test_a_request_id_with_another_body_is_refused_without_effect(
    world: World, other: Ticket, prices: str
) -> None:
    world.list("ETH", 10)
    await world.orders().create(BUY)
    world.faults.before["prices"] = 1 if prices == "unavailable" else 0
    assert await reason(world, other) == "IDEMPOTENCY_KEY_REUSED"
    assert world.users.dollars["u-1"] == 900
    assert len(world.repository.orders) == 1


async def test_request_ids_of_different_users_are_independent(world: World) -> None:
    one, other = await world.orders().create(BUY), await world.orders().create(replace(BUY, user_id="u-2"))
    assert one.order_id != other.order_id


@pytest.mark.parametrize(
    ("ticket", "why"),
    [
        (replace(BUY, quantity=Decimal(9)), "OUT_OF_STOCK"),
        (replace(BUY, quantity=Decimal("8.0")), ""),
        (replace(BUY, quantity=Decimal(11)), "INSUFFICIENT_FUNDS"),
        (replace(BUY, limit_price=Decimal("99.99")), "PRICE_OUT_OF_BOUNDS"),
        (replace(BUY, quantity=Decimal("0.00001")), "ORDER_VALUE_OUT_OF_RANGE"),
        (replace(SELL, quantity=Decimal("5.1")), "INSUFFICIENT_HOLDINGS"),
    ],
    ids=["stock", "just enough", "funds", "price", "value", "holdings"],
)
async def test_a_refusal_is_final_and_names_the_order(world: World, ticket: Ticket, why: str) -> None:
    world.inventory.stock["BTC"] = Decimal(8)
    if not why:
        assert (await world.orders().create(ticket)).status is Status.COMPLETED
        return
    with pytest.raises(FailedPrecondition) as refusal:
        await world.orders().create(ticket)
    assert refusal.value.reason == why
    stored = await world.orders().get("u-1", refusal.value.metadata["order_id"])
    assert (stored.status, stored.failure_reason) == (Status.FAILED, why)
    # Now the order would be accepted, but the refusal is final.
    world.inventory.stock["BTC"] = world.users.holdings["u-1"] = Decimal(10**6)
    world.list("BTC", 50)
    assert await reason(world, ticket) == why
    assert world.users.dollars["u-1"] == 1000


async def test_no_order_is_created_for_an_unknown_asset(world: World) -> None:
    assert await reason(world, replace(BUY, asset_id="NONE")) == "ASSET_NOT_FOUND"
    assert world.repository.orders == {}


async def test_no_order_is_created_while_prices_are_unavailable(world: World) -> None:
    world.faults.before["prices"] = 1
    with pytest.raises(Unavailable) as refusal:
        await world.orders().create(BUY)
    assert refusal.value.reason == "PRICES_UNAVAILABLE"
    assert world.repository.orders == {}
    assert (await world.orders().create(BUY)).status is Status.COMPLETED


@pytest.mark.parametrize("step", ["take", "settle", "move"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_order_is_pending_after_an_outage_and_a_replay_completes_it(
    world: World, step: str, when: str
) -> None:
    getattr(world.faults, when)[step] = 1
    pending = await world.orders().create(BUY)
    assert pending.status is Status.PENDING
    world.list("BTC", 500)
    done = await world.orders().create(BUY)
    assert (done.order_id, done.status, done.amount) == (pending.order_id, Status.COMPLETED, 100)
    assert world.users.dollars["u-1"] == 900


@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_order_that_may_not_be_stored_is_pending_until_a_replay(world: World, when: str) -> None:
    getattr(world.faults, when)["add"] = 1
    pending = await world.orders().create(BUY)
    assert (pending.status, pending.is_unconfirmed) == (Status.PENDING, True)
    assert world.users.dollars["u-1"] == 1000
    done = await world.orders().create(BUY)
    assert (done.order_id, done.status) == (pending.order_id, Status.COMPLETED)
    assert world.users.dollars["u-1"] == 900


async def test_an_order_that_may_not_be_stored_has_no_failure_yet(world: World) -> None:
    world.faults.before["add"] = 1
    unconfirmed = await world.orders().create(replace(BUY, limit_price=Decimal("99.99")))
    assert (unconfirmed.status, unconfirmed.failure_reason) == (Status.PENDING, "")
    world.list("BTC", 99)
    assert (await world.orders().create(replace(BUY, limit_price=Decimal("99.99")))).status is Status.COMPLETED


async def test_a_slow_order_is_returned_as_pending_and_continues(world: World) -> None:
    world.faults.gates["settle"] = asyncio.Event()
    orders = world.orders(answer_seconds=0.4)
    started = time.monotonic()
    pending = await orders.create(BUY)
    assert pending.status is Status.PENDING
    assert time.monotonic() - started < 3
    world.faults.gates["settle"].set()
    assert (await orders.create(BUY)).status is Status.COMPLETED


async def test_the_response_does_not_wait_past_the_deadline_of_the_call(world: World) -> None:
    world.faults.gates["settle"] = asyncio.Event()

    async def serve() -> Order:
        call.enter(call.Call("r", time.monotonic() + 1.2))
        return await world.orders(answer_seconds=60).create(BUY)

    started = time.monotonic()
    assert (await asyncio.create_task(serve())).status is Status.PENDING
    assert time.monotonic() - started < 30
    world.faults.gates["settle"].set()


@pytest.mark.parametrize(
    ("ticket", "changes", "reasons"),
    [
        (BUY, {}, []),
        (BUY, {"cash": 99}, ["INSUFFICIENT_FUNDS"]),
        (BUY, {"stock": 0, "cash": 0}, ["OUT_OF_STOCK", "INSUFFICIENT_FUNDS"]),
        (replace(SELL, quantity=Decimal(6)), {}, ["INSUFFICIENT_HOLDINGS"]),
        (BUY, {"active": False}, ["ASSET_INACTIVE"]),
        (replace(BUY, quantity=Decimal("0.00001")), {}, ["ORDER_VALUE_OUT_OF_RANGE"]),
    ],
    ids=["nothing", "cash", "stock and cash", "holdings", "inactive", "value"],
)
async def test_a_preview_returns_the_reasons_for_a_refusal(
    world: World, ticket: Ticket, changes: dict[str, Any], reasons: list[str]
) -> None:
    world.users.dollars["u-1"] = Decimal(changes.get("cash", 1000))
    world.inventory.stock["BTC"] = Decimal(changes.get("stock", 10))
    world.list("BTC", 100, is_active=changes.get("active", True))
    preview = await world.orders().preview(ticket)
    assert preview.quote.price == 100
    assert preview.ticket.amount(preview.quote) == money.round_up(ticket.quantity * 100)
    assert preview.reasons[: len(reasons)] == reasons
    assert bool(preview.reasons) == bool(reasons)


async def test_a_preview_has_no_effect(world: World) -> None:
    await world.orders().preview(BUY)
    assert world.repository.orders == {}
    assert not {"take", "settle", "add", "move"} & set(world.faults.calls)


async def test_a_preview_of_an_unknown_asset_is_not_found(world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        await world.orders().preview(replace(BUY, asset_id="NONE"))
    assert refusal.value.reason == "ASSET_NOT_FOUND"


async def test_the_order_of_another_user_is_not_found(world: World) -> None:
    order = await world.orders().create(BUY)
    for user_id, order_id in (("u-2", order.order_id), ("u-1", "no-such-order")):
        with pytest.raises(NotFound) as refusal:
            await world.orders().get(user_id, order_id)
        assert (refusal.value.reason, refusal.value.metadata) == ("ORDER_NOT_FOUND", {})
