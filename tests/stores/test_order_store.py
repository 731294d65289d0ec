from __future__ import annotations

import asyncio
import itertools
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from aiodynamo.client import Client
from aiodynamo.expressions import HashKey
from aiodynamo.models import Select

from services.order.domain import Order, Side, Status
from services.order.schema import PENDING, PENDING_SHARDS
from services.order.store import Filter, OrderStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=1)


@pytest.fixture
def stores(clients: list[Client], orders_table: str) -> list[OrderStore]:
    return [OrderStore(client, orders_table) for client in clients]


@pytest.fixture
def store(stores: list[OrderStore]) -> OrderStore:
    return stores[0]


@pytest.fixture
def owner() -> str:
    """A user of this test's own."""
    return str(uuid.uuid4())


def order(owner: str, **changes: object) -> Order:
    plain = Order(
        order_id=str(uuid.uuid4()),
        user_id=owner,
        side=Side.BUY,
        asset_id="BTC",
        quantity=Decimal("0.00000001"),
        price=Decimal("999999999.99999999"),
        limit_price=None,
        amount=Decimal("10.00"),
        request_id="r-1",
        body="b",
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


async def walk(store: OrderStore, owner: str, wanted: Filter, size: int) -> list[Order]:
    """All pages, joined."""
    found: list[Order] = []
    before = None
    for _ in range(100):
        page, before = await store.list(owner, wanted, before, size)
        assert len(page) <= size
        found += page
        if before is None:
            return found
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("limit_price", [None, Decimal("0.12345678")])
async def test_an_order_reads_back_as_it_was_added(store: OrderStore, owner: str, limit_price: Decimal | None) -> None:
    added = order(owner, limit_price=limit_price, created_at=NOON + timedelta(microseconds=1), request_id="")
    assert await store.add(added)
    assert await store.get(owner, added.order_id) == added


async def test_an_order_is_added_once(stores: list[OrderStore], owner: str) -> None:
    first = order(owner)
    again = replace(first, amount=Decimal("99.00"))
    added = await asyncio.gather(*(stores[n % 2].add(first if n == 0 else again) for n in range(10)))
    assert added.count(True) == 1
    stored = await stores[0].get(owner, first.order_id)
    assert stored == (first if added[0] else again)
    assert not await stores[1].add(again)


async def test_the_order_of_another_user_is_not_there(store: OrderStore, owner: str) -> None:
    added = order(owner)
    await store.add(added)
    assert await store.get(str(uuid.uuid4()), added.order_id) is None
    assert await store.list(str(uuid.uuid4()), Filter(), None, 10) == ([], None)


async def test_a_move_is_written_with_all_that_it_changes(store: OrderStore, owner: str) -> None:
    before = order(owner)
    await store.add(before)
    after = before.failed("OUT_OF_STOCK", "none left", LATER)
    assert await store.move(before, after)
    assert await store.get(owner, before.order_id) == after


async def test_of_moves_made_at_once_one_is_written(stores: list[OrderStore], owner: str) -> None:
    before = order(owner)
    await stores[0].add(before)
    wanted = [before.completed(LATER) if n % 2 else before.failed("X", "x", LATER) for n in range(10)]
    moved = await asyncio.gather(*(stores[n // 2 % 2].move(before, after) for n, after in enumerate(wanted)))
    assert moved.count(True) == 1
    assert await stores[0].get(owner, before.order_id) == wanted[moved.index(True)]


async def test_nothing_moves_a_final_order(store: OrderStore, owner: str) -> None:
    before = order(owner)
    await store.add(before)
    done = before.completed(LATER)
    assert await store.move(before, done)
    assert not await store.move(before, before.failed("X", "x", LATER))
    assert not await store.move(replace(before, version=2), replace(before, version=3))
    assert await store.get(owner, before.order_id) == done


async def test_an_order_that_is_not_there_is_not_made_by_a_move(store: OrderStore, owner: str) -> None:
    missing = order(owner)
    assert not await store.move(missing, missing.completed(LATER))
    assert await store.get(owner, missing.order_id) is None


async def pending(client: Client, table: str) -> set[str]:
    """The ids of the orders that the recovery sweep would find."""
    found = set()
    for shard in range(PENDING_SHARDS):
        key, select = HashKey("pending_shard", shard), Select.all_projected_attributes
        async for item in client.query(table, key, index=PENDING, select=select):
            found.add(item["sk"].removeprefix("ORDER#"))
    return found


async def test_only_orders_that_are_not_final_are_marked_for_recovery(
    store: OrderStore, owner: str, client: Client, orders_table: str
) -> None:
    waiting, done, failed = (order(owner) for _ in range(3))
    refused = order(owner, status=Status.FAILED, failure_reason="PRICE_OUT_OF_BOUNDS")
    for one in (waiting, done, failed, refused):
        await store.add(one)
    assert {one.order_id for one in (waiting, done, failed)} <= await pending(client, orders_table)
    assert refused.order_id not in await pending(client, orders_table)
    await store.move(done, done.completed(LATER))
    await store.move(failed, failed.failed("X", "x", LATER))
    still = await pending(client, orders_table)
    assert waiting.order_id in still
    assert not {done.order_id, failed.order_id} & still


@pytest.fixture(scope="module")
async def history(clients: list[Client], orders_table: str) -> list[Order]:
    """The 36 orders of one user, newest first; three at a time are of the same microsecond."""
    store, owner = OrderStore(clients[0], orders_table), str(uuid.uuid4())
    kinds = itertools.cycle(itertools.product(["BTC", "ETH", "BT"], Side, Status))
    made = []
    for n, (asset_id, side, status) in zip(range(36), kinds, strict=False):
        # Full seconds are told from fractions of a second too, where the text of a time has another length.
        created_at = NOON + timedelta(milliseconds=500 * (n // 3))
        made.append(order(owner, asset_id=asset_id, side=side, status=status, created_at=created_at))
    await asyncio.gather(*(store.add(one) for one in made))
    return sorted(made, key=lambda one: (one.created_at, one.order_id), reverse=True)


FILTERS = [
    Filter(status, asset_id, side)
    for status, asset_id, side in itertools.product([None, *Status], [None, "BTC", "BT", "NONE"], [None, *Side])
]


def matches(one: Order, wanted: Filter) -> bool:
    return (
        wanted.status in {None, one.status}
        and wanted.asset_id in {None, one.asset_id}
        and wanted.side in {None, one.side}
    )


@pytest.mark.parametrize("size", [1, 2, 3, 7, 36, 200])
async def test_pages_of_every_filter_join_newest_first(store: OrderStore, history: list[Order], size: int) -> None:
    for wanted in FILTERS if size > 2 else FILTERS[::5]:
        found = await walk(store, history[0].user_id, wanted, size)
        assert found == [one for one in history if matches(one, wanted)], wanted


async def test_an_order_that_comes_between_pages_is_neither_missed_nor_repeated(store: OrderStore, owner: str) -> None:
    made = [order(owner, created_at=NOON + timedelta(seconds=n)) for n in range(4)]
    for one in made:
        await store.add(one)
    first, before = await store.list(owner, Filter(), None, 2)
    await store.add(order(owner, created_at=NOON + timedelta(seconds=9)))
    rest, _ = await store.list(owner, Filter(), before, 10)
    assert first + rest == made[::-1]


async def test_what_is_rare_is_found_among_many(store: OrderStore, owner: str) -> None:
    """More orders than one query, or one page, looks at."""
    rare = {0, 150, 450, 1039}
    made = [
        order(
            owner,
            created_at=NOON + timedelta(microseconds=n),
            status=Status.FAILED if n in rare else Status.COMPLETED,
        )
        for n in range(1040)
    ]
    for start in range(0, len(made), 100):
        await asyncio.gather(*(store.add(one) for one in made[start : start + 100]))
    expected = [one for one in made[::-1] if one.status is Status.FAILED]
    for size in (1, 2, 200):
        assert await walk(store, owner, Filter(status=Status.FAILED), size) == expected
        assert await walk(store, owner, Filter(Status.FAILED, "BTC", Side.BUY), size) == expected
    page, before = await store.list(owner, Filter(status=Status.PENDING), None, 10)
    assert page == []
    assert before is not None  # short, yet there is more to look at
