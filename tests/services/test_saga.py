from __future__ import annotations

import asyncio
import logging
import time
from decimal import Decimal

import pytest
from order_fakes import World

from services.common.rpc import call
from services.order.domain import Order, Quote, Side, Status, Ticket, accept


@pytest.fixture
def world() -> World:
    return World()


async def pending(world: World, side: Side = Side.BUY, quantity: str = "1", request_id: str = "r-1") -> Order:
    ticket = Ticket("u-1", side, "BTC", Decimal(quantity), request_id=request_id)
    order = accept(ticket, Quote("BTC", Decimal(100), is_active=True), world.now)
    assert await world.store.add(order)
    world.faults.calls.clear()
    return order


def position(world: World) -> tuple[Decimal, Decimal, Decimal]:
    """Stock, cash, holding."""
    return world.inventory.stock["BTC"], world.users.dollars["u-1"], world.users.holdings["u-1"]


UNTOUCHED = (10, 1000, 5)


async def test_a_purchase_takes_stock_and_settles(world: World) -> None:
    order = await pending(world)
    done = await world.saga().drive(order, 1)
    assert done.status is Status.COMPLETED
    assert await world.store.get("u-1", order.order_id) == done
    assert world.faults.calls == ["take", "settle", "move"]
    assert position(world) == (9, 900, 6)


async def test_a_sale_settles_and_then_adds_to_the_stock(world: World) -> None:
    done = await world.saga().drive(await pending(world, Side.SELL), 1)
    assert done.status is Status.COMPLETED
    assert world.faults.calls == ["settle", "add_sold", "move"]
    assert position(world) == (11, 1100, 4)


async def test_without_stock_nothing_is_settled(world: World) -> None:
    done = await world.saga().drive(await pending(world, quantity="11"), 1)
    assert (done.status, done.failure_reason) == (Status.FAILED, "OUT_OF_STOCK")
    assert "settle" not in world.faults.calls
    assert position(world) == UNTOUCHED


async def test_a_purchase_that_is_refused_gives_the_stock_back(world: World) -> None:
    world.users.dollars["u-1"] = Decimal(99)
    done = await world.saga().drive(await pending(world), 1)
    assert (done.status, done.failure_reason, done.failure_message) == (Status.FAILED, "INSUFFICIENT_FUNDS", "no")
    assert world.faults.calls == ["take", "settle", "undo_take", "move"]
    assert position(world) == (10, 99, 5)


async def test_a_sale_that_is_refused_moves_nothing(world: World) -> None:
    done = await world.saga().drive(await pending(world, Side.SELL, "6"), 1)
    assert (done.status, done.failure_reason) == (Status.FAILED, "INSUFFICIENT_HOLDINGS")
    assert world.faults.calls == ["settle", "move"]
    assert position(world) == UNTOUCHED


SCENARIOS = [
    *(("bought", step) for step in ("take", "settle", "move")),
    *(("sold", step) for step in ("settle", "add_sold", "move")),
    *(("too dear", step) for step in ("take", "settle", "undo_take", "move")),
    *(("none in stock", step) for step in ("take", "move")),
    *(("nothing to sell", step) for step in ("settle", "move")),
]
ENDS = {
    "bought": (Side.BUY, "1", Status.COMPLETED, "", (9, 900, 6)),
    "sold": (Side.SELL, "1", Status.COMPLETED, "", (11, 1100, 4)),
    "too dear": (Side.BUY, "10.01", Status.FAILED, "INSUFFICIENT_FUNDS", (20, 1000, 5)),
    "none in stock": (Side.BUY, "10.01", Status.FAILED, "OUT_OF_STOCK", UNTOUCHED),
    "nothing to sell": (Side.SELL, "6", Status.FAILED, "INSUFFICIENT_HOLDINGS", UNTOUCHED),
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("scenario", "step"), SCENARIOS)
async def test_an_outage_leaves_the_order_pending_and_another_replica_finishes_it(
    world: World, scenario: str, step: str, when: str
) -> None:
    side, quantity, status, reason, end = ENDS[scenario]
    if scenario == "too dear":
        world.inventory.stock["BTC"] = Decimal(20)
    order = await pending(world, side, quantity)
    getattr(world.faults, when)[step] = 1
    waiting = await world.saga().drive(order, 1)
    assert waiting.status is Status.PENDING
    assert world.faults.calls[-1] == step, "it stops where the outage is"
    done = await world.saga().drive(order, 1)
    assert (done.status, done.failure_reason) == (status, reason)
    assert await world.store.get("u-1", order.order_id) == done
    assert position(world) == end


async def test_a_settlement_of_unknown_outcome_is_not_undone(world: World) -> None:
    world.faults.after["settle"] = 1
    order = await pending(world)
    await world.saga().drive(order, 1)
    assert "undo_take" not in world.faults.calls
    assert (await world.saga().drive(order, 1)).status is Status.COMPLETED


async def test_however_many_wait_the_work_is_done_once(world: World) -> None:
    order, saga = await pending(world), world.saga()
    answers = await asyncio.gather(*(saga.drive(order, 1) for _ in range(20)))
    assert {answer.status for answer in answers} == {Status.COMPLETED}
    assert world.faults.calls == ["take", "settle", "move"]


async def test_replicas_that_drive_at_once_have_one_effect(world: World) -> None:
    order = await pending(world)
    answers = await asyncio.gather(*(world.saga().drive(order, 1) for _ in range(10)))
    assert all(answer == answers[0] for answer in answers)
    assert position(world) == (9, 900, 6)


async def test_who_cannot_wait_gets_the_order_as_it_is_and_the_work_goes_on(world: World) -> None:
    world.faults.gates["settle"] = asyncio.Event()
    order, saga = await pending(world), world.saga()
    started = time.monotonic()
    assert (await saga.drive(order, 0.05)).status is Status.PENDING
    assert (await saga.drive(order, -1)).status is Status.PENDING  # no time at all
    assert time.monotonic() - started < 3
    world.faults.gates["settle"].set()
    await saga.drained()
    stored = await world.store.get("u-1", order.order_id)
    assert stored is not None
    assert stored.status is Status.COMPLETED
    assert world.faults.calls.count("take") == 1


async def test_who_leaves_does_not_stop_the_work(world: World) -> None:
    world.faults.gates["settle"] = asyncio.Event()
    order, saga = await pending(world), world.saga()
    leaving = asyncio.create_task(saga.drive(order, 10))
    await asyncio.sleep(0.02)
    staying = asyncio.create_task(saga.drive(order, 10))
    await asyncio.sleep(0.02)
    leaving.cancel()
    await asyncio.sleep(0.02)
    world.faults.gates["settle"].set()
    assert (await staying).status is Status.COMPLETED
    assert leaving.cancelled()


async def test_the_deadline_of_the_caller_is_not_that_of_the_order(world: World) -> None:
    order, saga = await pending(world), world.saga()
    world.faults.deadlines.clear()

    async def serve() -> None:
        call.enter(call.Call("r", time.monotonic() + 0.01))
        await saga.drive(order, 1)

    await asyncio.create_task(serve())
    assert len(world.faults.deadlines) == 3
    assert all(call is None or call.deadline > time.monotonic() + 5 for call in world.faults.deadlines)


async def test_when_another_replica_was_first_its_outcome_counts(world: World) -> None:
    order = await pending(world)
    failed = order.failed("STOCK_VOIDED", "undone", world.now)
    assert await world.store.move(order, failed)
    assert await world.saga().drive(order, 1) == failed


async def test_orders_do_not_wait_for_each_other(world: World) -> None:
    saga = world.saga()
    first, second = await pending(world, request_id="r-1"), await pending(world, request_id="r-2")
    world.faults.gates["settle"] = asyncio.Event()
    stuck = asyncio.create_task(saga.drive(first, 5))
    await asyncio.sleep(0.02)
    gate = world.faults.gates.pop("settle")
    assert (await saga.drive(second, 1)).status is Status.COMPLETED
    assert not stuck.done()
    gate.set()
    assert (await stuck).status is Status.COMPLETED


async def test_an_order_can_be_driven_again_after_it_stopped(world: World) -> None:
    order, saga = await pending(world), world.saga()
    world.faults.before["take"] = 1
    assert (await saga.drive(order, 1)).status is Status.PENDING
    assert (await saga.drive(order, 1)).status is Status.COMPLETED  # in the same process
    await saga.drained()


async def test_a_fault_of_our_own_leaves_the_order_pending_and_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    order = await pending(world)
    del world.store.orders["u-1", order.order_id]  # what must never happen
    with caplog.at_level(logging.WARNING):
        assert (await world.saga().drive(order, 1)).status is Status.PENDING
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert (record.levelname, vars(record)["order_id"]) == ("ERROR", order.order_id)


async def test_an_outage_is_a_warning_and_no_fault(world: World, caplog: pytest.LogCaptureFixture) -> None:
    order = await pending(world)
    world.faults.before["take"] = 1
    with caplog.at_level(logging.WARNING):
        await world.saga().drive(order, 1)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
