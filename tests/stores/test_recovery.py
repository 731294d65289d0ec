from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import FailedPrecondition, NotFound, Unavailable
from services.order.clients import Refused
from services.order.domain import GRACE, Order, Quote, Side, Status, Ticket, accept
from services.order.recovery import Recovery
from services.order.recovery_store import RecoveryStore
from services.order.saga import Saga
from services.order.store import OrderStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Mesh:
    """Inventory and users at once: each step does what `trouble` says for its order, and counts."""

    def __init__(self) -> None:
        self.trouble: dict[str, Exception] = {}
        self.hang: set[str] = set()
        self.steps: list[tuple[str, str]] = []

    async def _step(self, name: str, order: Order) -> None:
        self.steps.append((order.order_id, name))
        if order.order_id in self.hang:
            await asyncio.sleep(3600)
        if order.order_id in self.trouble:
            raise self.trouble[order.order_id]

    async def take(self, order: Order) -> None:
        await self._step("take", order)

    async def settle(self, order: Order) -> None:
        await self._step("settle", order)

    async def undo_take(self, order: Order) -> None:
        self.steps.append((order.order_id, "undo_take"))

    async def add_sold(self, order: Order) -> None:
        await self._step("add_sold", order)


class Replica:
    """An order service, with a clock of its own."""

    def __init__(self, client: Client, table: str, mesh: Mesh) -> None:
        self.time = NOON
        self.mesh = mesh
        self.orders = OrderStore(client, table)
        self.saga = Saga(self.orders, mesh, mesh, lambda: self.time)  # type: ignore[arg-type]
        self.recovery = Recovery(RecoveryStore(client, table), self.saga, lambda: self.time)

    async def sweep_until_quiet(self) -> None:
        """Sweeps, and waits for what was started."""
        started = await self.recovery.sweep()
        await asyncio.gather(*started)


@pytest.fixture
def mesh() -> Mesh:
    return Mesh()


@pytest.fixture
def replicas(clients: list[Client], orders_table_of_its_own: str, mesh: Mesh) -> list[Replica]:
    return [Replica(client, orders_table_of_its_own, mesh) for client in clients]


@pytest.fixture
def orders_table_of_its_own(make_table: object) -> str:
    from services.order.schema import TABLE  # noqa: PLC0415

    return make_table(TABLE)  # type: ignore[operator]


@pytest.fixture
def replica(replicas: list[Replica]) -> Replica:
    return replicas[0]


async def abandoned(replica: Replica, side: Side = Side.BUY) -> Order:
    """An order whose process died right after it was accepted."""
    ticket = Ticket(str(uuid.uuid4()), side, "BTC", Decimal(1), request_id="r-1")
    order = accept(ticket, Quote("BTC", Decimal(100), is_active=True), replica.time)
    assert await replica.orders.add(order)
    return order


async def state_of(replica: Replica, order: Order) -> Order:
    stored = await replica.orders.get(order.user_id, order.order_id)
    assert stored is not None
    return stored


@pytest.mark.parametrize("side", list(Side))
async def test_an_order_whose_process_died_is_completed_after_the_grace(replica: Replica, side: Side) -> None:
    order = await abandoned(replica, side)
    await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.PENDING, "its process may still be at it"
    replica.time += GRACE
    await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.COMPLETED
    replica.time += timedelta(days=1)
    assert await replica.recovery.sweep() == [], "what is final is found no more"


async def test_an_order_of_a_process_whose_clock_was_far_ahead_does_not_wait_for_that_time(
    replicas: list[Replica],
) -> None:
    ahead, right = replicas
    ahead.time += timedelta(seconds=288)
    order = await abandoned(ahead)
    await right.sweep_until_quiet()
    assert (await state_of(right, order)).status is Status.COMPLETED


async def test_an_order_that_is_refused_on_the_way_fails(replica: Replica, mesh: Mesh) -> None:
    order = await abandoned(replica)
    mesh.trouble[order.order_id] = Refused("OUT_OF_STOCK", "none left")
    replica.time += GRACE
    await replica.sweep_until_quiet()
    stored = await state_of(replica, order)
    assert (stored.status, stored.failure_reason) == (Status.FAILED, "OUT_OF_STOCK")


async def test_an_order_waits_out_an_absence_of_any_length_and_is_then_completed(replica: Replica, mesh: Mesh) -> None:
    order = await abandoned(replica)
    mesh.trouble[order.order_id] = Unavailable("DEPENDENCY_UNAVAILABLE", "away")
    for _ in range(20):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.PENDING
    mesh.trouble.clear()
    replica.time += GRACE
    await replica.sweep_until_quiet()
    assert (await state_of(replica, order)).status is Status.COMPLETED


async def test_two_replicas_that_sweep_at_once_do_the_work_once(replicas: list[Replica], mesh: Mesh) -> None:
    orders = [await abandoned(replicas[0]) for _ in range(20)]
    for replica in replicas:
        replica.time += GRACE
    await asyncio.gather(*(replica.sweep_until_quiet() for replica in replicas))
    assert {(await state_of(replicas[0], order)).status for order in orders} == {Status.COMPLETED}
    assert len(mesh.steps) == 2 * len(orders), "a claim keeps the other sweep away"


async def test_the_order_of_a_sweeper_that_dies_is_taken_over(replicas: list[Replica], mesh: Mesh) -> None:
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


async def test_an_order_that_hangs_holds_up_no_other(replica: Replica, mesh: Mesh) -> None:
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


async def test_an_order_with_a_step_that_fails_for_ever_is_put_aside_and_let_out_by_an_admin(
    replica: Replica, mesh: Mesh
) -> None:
    order = await abandoned(replica)
    mesh.trouble[order.order_id] = ValueError("a body that nobody understands")
    for _ in range(20):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    tries = len(mesh.steps)
    assert tries == 5
    assert (await state_of(replica, order)).status is Status.PENDING
    [quarantined], rest = await replica.recovery.store.quarantined(None, 10)
    assert (quarantined.order.order_id, quarantined.failures, rest) == (order.order_id, tries, None)
    assert "nobody understands" in quarantined.reason

    mesh.trouble.clear()
    released = await replica.recovery.release(order.user_id, order.order_id, "release-1")
    assert released.status is Status.COMPLETED
    assert (await replica.recovery.store.quarantined(None, 10))[0] == []


async def test_the_quarantine_has_pages(replica: Replica, mesh: Mesh) -> None:
    for _ in range(5):
        order = await abandoned(replica)
        mesh.trouble[order.order_id] = ValueError("no")
    for _ in range(10):
        replica.time += GRACE
        await replica.sweep_until_quiet()
    first, rest = await replica.recovery.store.quarantined(None, 3)
    second, end = await replica.recovery.store.quarantined(rest, 3)
    assert {one.order.order_id for one in first + second} == set(mesh.trouble)
    assert (len(first), len(second), end) == (3, 2, None)


async def test_only_what_is_in_quarantine_can_be_let_out(replica: Replica) -> None:
    order = await abandoned(replica)
    with pytest.raises(FailedPrecondition, match="not in quarantine"):
        await replica.recovery.release(order.user_id, order.order_id, "release-1")
    with pytest.raises(NotFound):
        await replica.recovery.release(order.user_id, str(uuid.uuid4()), "release-1")
