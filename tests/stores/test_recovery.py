"""Recovery and quarantine over DynamoDB, with two replicas and fake services."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable
from services.order.admin import OrderAdmin
from services.order.domain import GRACE, Order, Quote, Side, Status, Ticket
from services.order.recovery import Recovery
from services.order.recovery_store import RecoveryStore
from services.order.saga import Saga
from services.order.schema import TABLE
from services.order.store import OrderStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Mesh:
    """Fakes stock and settlement. Records the steps of orders, which raise the error in `errors` or hang."""

    def __init__(self) -> None:
        self.errors: dict[str, Exception] = {}
        self.hang: set[str] = set()
        self.settled: set[str] = set()
        self.steps: list[tuple[str, str]] = []

    async def _step(self, name: str, order: Order) -> None:
        self.steps.append((order.order_id, name))
        if order.order_id in self.hang:
            await asyncio.sleep(3600)
        if order.order_id in self.errors:
            raise self.errors[order.order_id]

    async def take(self, order: Order) -> None:
        await self._step("take", order)

    async def settle(self, order: Order) -> None:
        await self._step("settle", order)

    async def void(self, order: Order) -> FailedPrecondition:
        self.steps.append((order.order_id, "void"))
        if order.order_id in self.settled:
            raise FailedPrecondition("ORDER_SETTLED", "release it")
        return FailedPrecondition("TRADE_VOIDED", "ended by an admin")

    async def undo_take(self, order: Order) -> None:
        self.steps.append((order.order_id, "undo_take"))

    async def add_sold(self, order: Order) -> None:
        await self._step("add_sold", order)


class FakeTrail:
    """Records changes with their outcomes."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, str, str, str]] = []

    @asynccontextmanager
    async def change(self, event: str, subject: str, user_id: str = "") -> AsyncIterator[None]:
        try:
            yield
        except FailedPrecondition as refusal:
            self.changes.append((event, subject, user_id, refusal.reason))
            raise
        self.changes.append((event, subject, user_id, "DONE"))


class Replica:
    """An order service with its own clock."""

    def __init__(self, client: Client, table: str, mesh: Mesh) -> None:
        self.time = NOON
        self.mesh = mesh
        self.orders = OrderStore(client, table)
        self.saga = Saga(self.orders, mesh, mesh, lambda: self.time)
        self.pending = RecoveryStore(client, table)
        self.recovery = Recovery(self.pending, self.saga, lambda: self.time)
        self.trail = FakeTrail()
        self.admin = OrderAdmin(self.orders, self.pending, self.recovery, self.saga, self.trail, lambda: self.time)

    async def sweep_until_quiet(self) -> None:
        """Sweeps and waits for the recoveries that it starts."""
        started = await self.recovery.sweep()
        await asyncio.gather(*started)


@pytest.fixture
def mesh() -> Mesh:
    return Mesh()


@pytest.fixture
def replicas(clients: list[Client], own_orders_table: str, mesh: Mesh) -> list[Replica]:
    return [Replica(client, own_orders_table, mesh) for client in clients]


@pytest.fixture
def own_orders_table(make_table: Callable[[dict[str, Any]], str]) -> str:
    return make_table(TABLE)


@pytest.fixture
def replica(replicas: list[Replica]) -> Replica:
    return replicas[0]


async def abandoned(replica: Replica, side: Side = Side.BUY) -> Order:
    """Adds an order whose process died right after accepting it."""
    ticket = Ticket(str(uuid.uuid4()), side, "BTC", Decimal(1), request_id="r-1")
    order = Order.accepted(ticket, Quote("BTC", Decimal(100), is_active=True), replica.time)
    assert await replica.orders.add(order)
    return order


async def release(replica: Replica, order: Order) -> Order:
    return await replica.admin.release(order.user_id, order.order_id, admin_id="admin-1", request_id="r-1")


async def state_of(replica: Replica, order: Order) -> Order:
    stored = await replica.orders.get(order.user_id, order.order_id)
    assert stored is not None
    return stored


@pytest.mark.parametrize("side", list(Side))
async def test_an_order_whose_process_died_is_completed_after_the_grace_period(replica: Replica, side: Side) -> None:
    order = await abandoned(replica, side)
    await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.PENDING, "its process may still work on it"
    replica.time += GRACE
    await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.COMPLETED
    replica.time += timedelta(days=1)
    assert await replica.recovery.sweep() == [], "final orders must not be found"


async def test_an_order_of_a_process_whose_clock_was_far_ahead_is_due_at_once(
    replicas: list[Replica],
) -> None:
    ahead, right = replicas
    ahead.time += timedelta(seconds=288)
    order = await abandoned(ahead)
    await right.sweep_until_quiet()
    assert (await state_of(right, order)).status is Status.COMPLETED


async def test_an_order_whose_step_is_refused_fails(replica: Replica, mesh: Mesh) -> None:
    order = await abandoned(replica)
    mesh.errors[order.order_id] = FailedPrecondition("OUT_OF_STOCK", "none left")
    replica.time += GRACE
    await replica.sweep_until_quiet()
    stored = await state_of(replica, order)
    assert (stored.status, stored.failure_reason) == (Status.FAILED, "OUT_OF_STOCK")


async def test_an_order_is_completed_after_an_outage_of_any_length(replica: Replica, mesh: Mesh) -> None:
    order = await abandoned(replica)
    mesh.errors[order.order_id] = Unavailable("DEPENDENCY_UNAVAILABLE", "unavailable")
    for _ in range(20):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.PENDING
    mesh.errors.clear()
    replica.time += GRACE
    await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.COMPLETED


async def test_two_concurrent_sweeps_do_the_work_once(replicas: list[Replica], mesh: Mesh) -> None:
    orders = [await abandoned(replicas[0]) for _ in range(20)]
    for replica in replicas:
        replica.time += GRACE
    await asyncio.gather(*(replica.sweep_until_quiet() for replica in replicas))
    assert {(await state_of(replicas[0], order)).status for order in orders} == {Status.COMPLETED}
    assert len(mesh.steps) == 2 * len(orders), "the claim must hide an order from the other sweep"


async def test_the_order_of_a_dead_sweeper_is_taken_over(replicas: list[Replica], mesh: Mesh) -> None:
    order = await abandoned(replicas[0])
    mesh.hang.add(order.order_id)
    replicas[0].time += GRACE
    started = await replicas[0].recovery.sweep()
    await asyncio.sleep(0.3)
    for task in started:
        task.cancel()
    mesh.hang.clear()
    replicas[1].time = replicas[0].time + GRACE
    await replicas[1].sweep_until_quiet()
    assert (await state_of(replicas[0], order)).status is Status.COMPLETED


async def test_an_order_that_hangs_does_not_block_others(replica: Replica, mesh: Mesh) -> None:
    stuck = [await abandoned(replica) for _ in range(3)]
    mesh.hang.update(order.order_id for order in stuck)
    fine = [await abandoned(replica) for _ in range(10)]
    replica.time += GRACE
    started = await replica.recovery.sweep()
    async with asyncio.timeout(10):
        for order in fine:
            while (await state_of(replica, order)).status is Status.PENDING:  # noqa: ASYNC110 - in the database
                await asyncio.sleep(0.02)
    for task in started:
        task.cancel()


async def test_an_order_whose_step_fails_every_time_is_quarantined_until_an_admin_releases_it(
    replica: Replica, mesh: Mesh
) -> None:
    order = await abandoned(replica)
    mesh.errors[order.order_id] = ValueError("malformed")
    for _ in range(20):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    attempts = len(mesh.steps)
    assert attempts == 5
    assert (await state_of(replica, order)).status is Status.PENDING
    [quarantined], cursor = await replica.admin.quarantined(None, 10)
    assert (quarantined.order.order_id, quarantined.failures, cursor) == (order.order_id, attempts, None)
    assert "malformed" in quarantined.reason

    mesh.errors.clear()
    released = await release(replica, order)
    assert released.status is Status.COMPLETED
    assert (await replica.admin.quarantined(None, 10))[0] == []
    assert replica.trail.changes == [("ORDER_RELEASED", f"order:{order.order_id}", order.user_id, "DONE")]


async def test_a_replay_of_a_release_has_no_effect(replica: Replica, mesh: Mesh) -> None:
    order = await abandoned(replica)
    mesh.errors[order.order_id] = ValueError("malformed")
    for _ in range(10):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    assert (await release(replica, order)).status is Status.PENDING, "the step must fail again"
    attempts = len(mesh.steps)
    assert (await release(replica, order)).status is Status.PENDING
    assert len(mesh.steps) == attempts
    assert (await replica.admin.quarantined(None, 10))[0] == []


async def test_the_quarantine_has_pages(replica: Replica, mesh: Mesh) -> None:
    for _ in range(5):
        order = await abandoned(replica)
        mesh.errors[order.order_id] = ValueError("no")
    for _ in range(10):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    first, cursor = await replica.admin.quarantined(None, 3)
    second, end = await replica.admin.quarantined(cursor, 3)
    assert {one.order.order_id for one in first + second} == set(mesh.errors)
    assert (len(first), len(second), end) == (3, 2, None)


async def test_only_a_quarantined_order_can_be_released(replica: Replica) -> None:
    order = await abandoned(replica)
    for told in ("recovery fills it without a release", "needs no release"):  # pending, then completed
        with pytest.raises(FailedPrecondition, match=told) as refusal:
            await release(replica, order)
        assert refusal.value.reason == "ORDER_NOT_QUARANTINED"
        replica.time += GRACE
        await replica.sweep_until_quiet()
    assert [outcome for *_, outcome in replica.trail.changes] == ["ORDER_NOT_QUARANTINED"] * 2
    with pytest.raises(NotFound):
        await release(replica, replace(order, order_id=str(uuid.uuid4())))


async def quarantined(replica: Replica, mesh: Mesh) -> Order:
    """Adds an order one of whose steps fails every time."""
    order = await abandoned(replica)
    mesh.errors[order.order_id] = ValueError("malformed")
    for _ in range(5):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    assert [one.order.order_id for one in (await replica.admin.quarantined(None, 10))[0]] == [order.order_id]
    return order


async def test_an_admin_can_fail_a_quarantined_order(replica: Replica, mesh: Mesh) -> None:
    order = await quarantined(replica, mesh)
    failed = await replica.admin.fail(order.user_id, order.order_id)
    assert (failed.status, failed.failure_reason) == (Status.FAILED, "TRADE_VOIDED")
    assert mesh.steps[-2:] == [(order.order_id, "void"), (order.order_id, "undo_take")]
    assert await state_of(replica, order) == failed
    assert (await replica.admin.quarantined(None, 10))[0] == []
    assert replica.trail.changes == [("ORDER_FAILED", f"order:{order.order_id}", order.user_id, "DONE")]

    steps = len(mesh.steps)
    assert await replica.admin.fail(order.user_id, order.order_id) == failed, "a replay returns the order"
    assert len(mesh.steps) == steps


async def test_a_quarantined_order_that_has_settled_can_only_be_released(replica: Replica, mesh: Mesh) -> None:
    order = await quarantined(replica, mesh)
    mesh.settled.add(order.order_id)
    with pytest.raises(FailedPrecondition) as refusal:
        await replica.admin.fail(order.user_id, order.order_id)
    assert refusal.value.reason == "ORDER_SETTLED"
    assert replica.trail.changes[-1][-1] == "ORDER_SETTLED"
    mesh.errors.clear()
    assert (await release(replica, order)).status is Status.COMPLETED


async def test_only_a_quarantined_order_can_be_failed(replica: Replica, mesh: Mesh) -> None:
    order = await abandoned(replica)
    for _ in range(2):  # pending, then completed
        with pytest.raises(FailedPrecondition) as refusal:
            await replica.admin.fail(order.user_id, order.order_id)
        assert refusal.value.reason == "ORDER_NOT_QUARANTINED"
        replica.time += GRACE
        await replica.sweep_until_quiet()
    assert "void" not in {step for _, step in mesh.steps}
    with pytest.raises(NotFound):
        await replica.admin.fail(order.user_id, str(uuid.uuid4()))
