"""In what context the saga runs, and what it tells of an order that it cannot fill."""

from __future__ import annotations

import asyncio
import logging
import time
from contextvars import ContextVar
from datetime import timedelta
from decimal import Decimal

import pytest
from order_fakes import World

from services.common.rpc import call
from services.order.domain import Order, Quote, Side, Ticket


@pytest.fixture
def world() -> World:
    return World()


async def pending(world: World, quantity: str = "1") -> Order:
    ticket = Ticket("u-1", Side.BUY, "BTC", Decimal(quantity), request_id="r-1")
    order = Order.accepted(ticket, Quote("BTC", Decimal(100), is_active=True), world.now)
    assert await world.repository.add(order)
    world.faults.served.clear()
    return order


async def test_a_saga_has_its_own_deadline_and_the_request_id_of_its_caller(world: World) -> None:
    call.enter(call.Call("request-7", deadline=time.monotonic() + 0.001))
    await world.saga().run(await pending(world), 5)
    assert {served.request_id for served in world.faults.served} == {"request-7"}
    assert all(served.deadline > time.monotonic() + 1 for served in world.faults.served)
    assert call.current().request_id == "request-7"


async def test_a_saga_without_a_caller_is_named_after_its_order(world: World) -> None:
    order = await pending(world)
    call.enter(call.Call("", deadline=time.monotonic() + 60))
    await world.saga().run(order, 5)
    assert {served.request_id for served in world.faults.served} == {order.order_id}


@pytest.mark.parametrize(("quantity", "reason"), [("1", ""), ("11", "OUT_OF_STOCK")])
async def test_an_order_has_the_time_at_which_it_became_final(world: World, quantity: str, reason: str) -> None:
    order = await pending(world, quantity)
    world.now += timedelta(minutes=3)
    done = await world.saga().run(order, 5)
    assert (done.failure_reason, done.updated_at) == (reason, world.now)


async def test_an_order_that_an_admin_failed_has_the_time_of_that(world: World) -> None:
    order = await pending(world)
    world.now += timedelta(minutes=3)
    failed = await world.saga().fail(order)
    assert (failed.failure_reason, failed.updated_at) == ("TRADE_VOIDED", world.now)


async def test_a_saga_sees_nothing_else_of_its_caller(world: World) -> None:
    caller: ContextVar[str] = ContextVar("caller", default="nobody")
    seen: list[str] = []
    order, take = await pending(world), world.inventory.take

    async def look_and_take(order: Order) -> None:
        seen.append(caller.get())
        await take(order)

    world.inventory.take = look_and_take  # type: ignore[method-assign]
    caller.set("somebody")
    await world.saga().run(order, 5)
    assert seen == ["nobody"]


async def test_an_order_that_is_gone_is_answered_as_it_would_be_now(world: World) -> None:
    order = await pending(world)

    async def move(before: Order, after: Order) -> bool:
        del world.repository.orders["u-1", order.order_id]
        return False

    world.repository.move = move  # type: ignore[method-assign]
    done = await world.saga().run(order, 5)
    assert done == order.completed(world.now)


class Poisoned(Exception):
    """A bug."""


async def test_a_bug_is_described_and_logged_for_the_one_who_decides(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    order = await pending(world)

    async def take(order: Order) -> None:
        raise Poisoned("of this order")

    world.inventory.take = take  # type: ignore[method-assign]
    progress = await world.saga().advance(order)
    assert progress.order == order
    assert progress.poison == "Poisoned('of this order')"
    [record] = [record for record in caplog.records if record.getMessage() == "order cannot be filled"]
    assert (vars(record)["order_id"], vars(record)["why"]) == (order.order_id, progress.poison)


async def test_an_order_that_waits_for_a_dependency_is_logged_and_not_poisoned(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    order = await pending(world)
    world.faults.before["take"] = 1
    progress = await world.saga().advance(order)
    assert (progress.order, progress.poison) == (order, "")
    [record] = [record for record in caplog.records if record.getMessage() == "order waits for a dependency"]
    assert record.levelno == logging.WARNING
    assert vars(record)["order_id"] == order.order_id
    assert "take is unavailable" in vars(record)["why"]


async def test_one_saga_runs_however_many_wait_for_it_and_none_is_left(world: World) -> None:
    order, saga = await pending(world), world.saga()
    done = await asyncio.gather(saga.run(order, 5), saga.advance(order), saga.run(order, 5))
    assert done[0] == done[1].order == done[2]
    assert world.faults.calls.count("take") == 1
    await saga.drained()
