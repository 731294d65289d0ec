from __future__ import annotations

import asyncio
import logging
import time
from decimal import Decimal

import pytest
from order_fakes import World

from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition
from services.order.domain import Order, Quote, Side, Status, Ticket


@pytest.fixture
def world() -> World:
    return World()


async def pending(world: World, side: Side = Side.BUY, quantity: str = "1", request_id: str = "r-1") -> Order:
    ticket = Ticket("u-1", side, "BTC", Decimal(quantity), request_id=request_id)
    order = Order.accepted(ticket, Quote("BTC", Decimal(100), is_active=True), world.now)
    assert await world.repository.add(order)
    world.faults.calls.clear()
    return order


def position(world: World) -> tuple[Decimal, Decimal, Decimal]:
    """Returns the stock, the cash and the holding."""
    return world.inventory.stock["BTC"], world.users.dollars["u-1"], world.users.holdings["u-1"]


UNTOUCHED = (10, 1000, 5)


async def test_a_purchase_takes_stock_and_settles(world: World) -> None:
    order = await pending(world)
    done = await world.saga().run(order, 1)
    assert done.status is Status.COMPLETED
    assert await world.repository.get("u-1", order.order_id) == done
    assert world.faults.calls == ["take", "settle", "move"]
    assert position(world) == (9, 900, 6)


async def test_a_sale_settles_and_then_adds_to_the_stock(world: World) -> None:
    done = await world.saga().run(await pending(world, Side.SELL), 1)
    assert done.status is Status.COMPLETED
    assert world.faults.calls == ["settle", "add_sold", "move"]
    assert position(world) == (11, 1100, 4)


async def test_without_stock_nothing_is_settled(world: World) -> None:
    done = await world.saga().run(await pending(world, quantity="11"), 1)
    assert (done.status, done.failure_reason) == (Status.FAILED, "OUT_OF_STOCK")
    assert "settle" not in world.faults.calls
    assert position(world) == UNTOUCHED


async def test_a_refused_purchase_returns_the_stock(world: World) -> None:
    world.users.dollars["u-1"] = Decimal(99)
    done = await world.saga().run(await pending(world), 1)
    assert (done.status, done.failure_reason, done.failure_message) == (Status.FAILED, "INSUFFICIENT_FUNDS", "no")
    assert world.faults.calls == ["take", "settle", "undo_take", "move"]
    assert position(world) == (10, 99, 5)


async def test_a_refused_sale_has_no_effect(world: World) -> None:
    done = await world.saga().run(await pending(world, Side.SELL, "6"), 1)
    assert (done.status, done.failure_reason) == (Status.FAILED, "INSUFFICIENT_HOLDINGS")
    assert world.faults.calls == ["settle", "move"]
    assert position(world) == UNTOUCHED


SCENARIOS = [
    *(("bought", step) for step in ("take", "settle", "move")),
    *(("sold", step) for step in ("settle", "add_sold", "move")),
    *(("too expensive", step) for step in ("take", "settle", "undo_take", "move")),
    *(("out of stock", step) for step in ("take", "move")),
    *(("nothing to sell", step) for step in ("settle", "move")),
]
ENDS = {
    "bought": (Side.BUY, "1", Status.COMPLETED, "", (9, 900, 6)),
    "sold": (Side.SELL, "1", Status.COMPLETED, "", (11, 1100, 4)),
    "too expensive": (Side.BUY, "10.01", Status.FAILED, "INSUFFICIENT_FUNDS", (20, 1000, 5)),
    "out of stock": (Side.BUY, "10.01", Status.FAILED, "OUT_OF_STOCK", UNTOUCHED),
    "nothing to sell": (Side.SELL, "6", Status.FAILED, "INSUFFICIENT_HOLDINGS", UNTOUCHED),
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("scenario", "step"), SCENARIOS)
async def test_an_outage_leaves_the_order_pending_and_another_replica_finishes_it(
    world: World, scenario: str, step: str, when: str
) -> None:
    side, quantity, status, reason, end = ENDS[scenario]
    if scenario == "too expensive":
        world.inventory.stock["BTC"] = Decimal(20)
    order = await pending(world, side, quantity)
    getattr(world.faults, when)[step] = 1
    waiting = await world.saga().run(order, 1)
    assert waiting.status is Status.PENDING
    assert world.faults.calls[-1] == step, "the saga must stop at the outage"
    done = await world.saga().run(order, 1)
    assert (done.status, done.failure_reason) == (status, reason)
    assert await world.repository.get("u-1", order.order_id) == done
    assert position(world) == end


async def test_a_settlement_of_unknown_outcome_is_not_undone(world: World) -> None:
    world.faults.after["settle"] = 1
    order = await pending(world)
    await world.saga().run(order, 1)
    assert "undo_take" not in world.faults.calls
    assert (await world.saga().run(order, 1)).status is Status.COMPLETED


@pytest.mark.parametrize("done", [(), ("take",)], ids=["before the stock was taken", "after"])
async def test_a_failed_purchase_has_no_effect_whatever_comes_later(world: World, done: tuple[str, ...]) -> None:
    order = await pending(world)
    if done:
        await world.inventory.take(order)
    failed = await world.saga().fail(order)
    assert (failed.status, failed.failure_reason) == (Status.FAILED, "TRADE_VOIDED")
    assert await world.repository.get("u-1", order.order_id) == failed
    assert position(world) == UNTOUCHED
    assert (await world.saga().run(order, 1)) == failed
    assert position(world) == UNTOUCHED


async def test_a_failed_sale_has_no_effect_whatever_comes_later(world: World) -> None:
    order = await pending(world, Side.SELL)
    failed = await world.saga().fail(order)
    assert (failed.status, failed.failure_reason) == (Status.FAILED, "TRADE_VOIDED")
    assert (await world.saga().run(order, 1)) == failed
    assert position(world) == UNTOUCHED


async def test_an_order_whose_settlement_was_refused_before_fails_for_that_reason(world: World) -> None:
    world.users.dollars["u-1"] = Decimal(99)
    world.faults.before["undo_take"] = 1
    order = await pending(world)
    assert (await world.saga().run(order, 1)).status is Status.PENDING
    failed = await world.saga().fail(order)
    assert (failed.status, failed.failure_reason) == (Status.FAILED, "INSUFFICIENT_FUNDS")
    assert position(world) == (10, 99, 5)


@pytest.mark.parametrize("side", list(Side))
async def test_an_order_that_has_settled_cannot_be_failed_and_is_completed(world: World, side: Side) -> None:
    world.faults.after["settle"] = 1
    order = await pending(world, side)
    assert (await world.saga().run(order, 1)).status is Status.PENDING
    with pytest.raises(FailedPrecondition) as refusal:
        await world.saga().fail(order)
    assert refusal.value.reason == "ORDER_SETTLED"
    assert (await world.saga().run(order, 1)).status is Status.COMPLETED


@pytest.mark.parametrize("step", ["void", "undo_take", "move"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_an_order_whose_failing_was_interrupted_is_failed_by_the_next_attempt(
    world: World, step: str, when: str
) -> None:
    order = await pending(world)
    await world.inventory.take(order)
    getattr(world.faults, when)[step] = 1
    with pytest.raises(ConnectionError):
        await world.saga().fail(order)
    assert (await world.saga().fail(order)).failure_reason == "TRADE_VOIDED"
    assert position(world) == UNTOUCHED


async def test_an_order_that_is_filled_and_failed_at_once_ends_in_one_of_the_two_ways(world: World) -> None:
    order = await pending(world)
    filled, failed = await asyncio.gather(world.saga().run(order, 1), world.saga().fail(order), return_exceptions=True)
    stored = await world.repository.get("u-1", order.order_id)
    assert isinstance(stored, Order)
    if stored.status is Status.COMPLETED:
        assert isinstance(failed, FailedPrecondition)
        assert position(world) == (9, 900, 6)
    else:
        assert stored == filled == failed
        assert position(world) == UNTOUCHED


async def test_concurrent_callers_share_one_saga(world: World) -> None:
    order, saga = await pending(world), world.saga()
    answers = await asyncio.gather(*(saga.run(order, 1) for _ in range(20)))
    assert {answer.status for answer in answers} == {Status.COMPLETED}
    assert world.faults.calls == ["take", "settle", "move"]


async def test_replicas_that_run_the_saga_concurrently_have_one_effect(world: World) -> None:
    order = await pending(world)
    answers = await asyncio.gather(*(world.saga().run(order, 1) for _ in range(10)))
    assert all(answer == answers[0] for answer in answers)
    assert position(world) == (9, 900, 6)


async def test_a_caller_that_cannot_wait_gets_the_pending_order_and_the_saga_continues(world: World) -> None:
    world.faults.gates["settle"] = asyncio.Event()
    order, saga = await pending(world), world.saga()
    started = time.monotonic()
    assert (await saga.run(order, 0.05)).status is Status.PENDING
    assert (await saga.run(order, -1)).status is Status.PENDING  # does not wait
    assert time.monotonic() - started < 3
    world.faults.gates["settle"].set()
    await saga.drained()
    stored = await world.repository.get("u-1", order.order_id)
    assert stored is not None
    assert stored.status is Status.COMPLETED
    assert world.faults.calls.count("take") == 1


async def test_a_cancelled_caller_does_not_stop_the_saga(world: World) -> None:
    world.faults.gates["settle"] = asyncio.Event()
    order, saga = await pending(world), world.saga()
    leaving = asyncio.create_task(saga.run(order, 10))
    await asyncio.sleep(0.02)
    staying = asyncio.create_task(saga.run(order, 10))
    await asyncio.sleep(0.02)
    leaving.cancel()
    await asyncio.sleep(0.02)
    world.faults.gates["settle"].set()
    assert (await staying).status is Status.COMPLETED
    assert leaving.cancelled()


async def test_the_deadline_of_the_caller_does_not_apply_to_the_saga(world: World) -> None:
    order, saga = await pending(world), world.saga()
    world.faults.served.clear()

    async def serve() -> None:
        call.enter(call.Call("r", time.monotonic() + 0.01))
        await saga.run(order, 1)

    await asyncio.create_task(serve())
    assert len(world.faults.served) == 3
    assert all(served.deadline > time.monotonic() + 5 for served in world.faults.served)


async def test_the_outcome_of_the_first_replica_is_final(world: World) -> None:
    order = await pending(world)
    failed = order.failed(FailedPrecondition("STOCK_VOIDED", "undone"), world.now)
    assert await world.repository.move(order, failed)
    assert await world.saga().run(order, 1) == failed


async def test_orders_do_not_block_each_other(world: World) -> None:
    saga = world.saga()
    first, second = await pending(world, request_id="r-1"), await pending(world, request_id="r-2")
    world.faults.gates["settle"] = asyncio.Event()
    stuck = asyncio.create_task(saga.run(first, 5))
    await asyncio.sleep(0.02)
    gate = world.faults.gates.pop("settle")
    assert (await saga.run(second, 1)).status is Status.COMPLETED
    assert not stuck.done()
    gate.set()
    assert (await stuck).status is Status.COMPLETED


async def test_a_saga_can_run_again_after_an_outage(world: World) -> None:
    order, saga = await pending(world), world.saga()
    world.faults.before["take"] = 1
    assert (await saga.run(order, 1)).status is Status.PENDING
    assert (await saga.run(order, 1)).status is Status.COMPLETED  # in the same process
    await saga.drained()


async def test_an_internal_error_leaves_the_order_pending_and_is_logged_as_an_error(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    order = await pending(world)
    del world.repository.orders["u-1", order.order_id]  # never happens
    with caplog.at_level(logging.WARNING):
        assert (await world.saga().run(order, 1)).status is Status.PENDING
    [record] = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert (record.levelname, vars(record)["order_id"]) == ("ERROR", order.order_id)


async def test_an_outage_is_logged_as_a_warning(world: World, caplog: pytest.LogCaptureFixture) -> None:
    order = await pending(world)
    world.faults.before["take"] = 1
    with caplog.at_level(logging.WARNING):
        await world.saga().run(order, 1)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
