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

from services.common.rpc.errors import FailedPrecondition
from services.order.domain import Order, OrderFilter, Side, Status
from services.order.schema import PENDING, PENDING_SHARDS, TABLE
from services.order.store import OrderStore
from services.prices.frame import Source
from tests.stores.counted import Counted

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=1)
OUT_OF_STOCK = FailedPrecondition("OUT_OF_STOCK", "none left")


@pytest.fixture
def stores(clients: list[Client], orders_table: str) -> list[OrderStore]:
    return [OrderStore(client, orders_table) for client in clients]


@pytest.fixture
def store(stores: list[OrderStore]) -> OrderStore:
    return stores[0]


@pytest.fixture
def owner() -> str:
    """Returns a new user id."""
    return str(uuid.uuid4())


def order(owner: str) -> Order:
    """Returns a new order."""
    return Order(
        order_id=str(uuid.uuid4()),
        user_id=owner,
        side=Side.BUY,
        asset_id="BTC",
        quantity=Decimal("0.00000001"),
        price=Decimal("999999999.99999999"),
        limit_price=None,
        amount=Decimal("10.00"),
        request_id="r-1",
        fingerprint="b",
        created_at=NOON,
        updated_at=NOON,
    )


async def walk(store: OrderStore, owner: str, wanted: OrderFilter, size: int) -> list[Order]:
    """Returns the orders of all pages."""
    found: list[Order] = []
    cursor = None
    for _ in range(100):
        page, cursor = await store.page(owner, wanted, cursor, size)
        assert len(page) <= size
        found += page
        if cursor is None:
            return found
    raise AssertionError("the pages must end")


@pytest.mark.parametrize("limit_price", [None, Decimal("0.12345678")])
async def test_an_order_reads_back_as_it_was_added(store: OrderStore, owner: str, limit_price: Decimal | None) -> None:
    added = replace(order(owner), limit_price=limit_price, created_at=NOON + timedelta(microseconds=1), request_id="")
    assert await store.add(added)
    assert await store.get(owner, added.order_id) == added


async def test_how_an_order_was_ordered_and_priced_reads_back(store: OrderStore, owner: str) -> None:
    by_amount = replace(
        order(owner),
        fee=Decimal("0.01"),
        quote_amount=Decimal("10.01"),
        price_seq=2**62,
        price_source=Source.SIMULATED,
    )
    nothing_left = replace(order(owner), sell_all=True, quantity=Decimal("0E-8"), amount=Decimal("0.00"))
    for one in (by_amount, nothing_left):
        assert await store.add(one)
        assert await store.get(owner, one.order_id) == one
    found = await walk(store, owner, OrderFilter(), 10)
    assert sorted(found, key=lambda one: one.fee) == [nothing_left, by_amount]


def test_a_change_of_an_order_writes_to_no_index_of_a_list() -> None:
    for index in TABLE["LocalSecondaryIndexes"]:
        assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}


async def test_an_order_is_added_once(stores: list[OrderStore], owner: str) -> None:
    first = order(owner)
    again = replace(first, amount=Decimal("99.00"))
    added = await asyncio.gather(*(stores[n % 2].add(first if n == 0 else again) for n in range(10)))
    assert added.count(True) == 1
    stored = await stores[0].get(owner, first.order_id)
    assert stored == (first if added[0] else again)
    assert not await stores[1].add(again)


async def test_a_user_does_not_see_the_order_of_another(store: OrderStore, owner: str) -> None:
    added = order(owner)
    await store.add(added)
    assert await store.get(str(uuid.uuid4()), added.order_id) is None
    assert await store.page(str(uuid.uuid4()), OrderFilter(), None, 10) == ([], None)


async def test_a_move_writes_the_new_state(store: OrderStore, owner: str) -> None:
    before = order(owner)
    await store.add(before)
    after = before.failed(OUT_OF_STOCK, LATER)
    assert await store.move(before, after)
    assert await store.get(owner, before.order_id) == after


async def test_of_concurrent_moves_one_is_written(stores: list[OrderStore], owner: str) -> None:
    before = order(owner)
    await stores[0].add(before)
    wanted = [before.completed(LATER) if n % 2 else before.failed(OUT_OF_STOCK, LATER) for n in range(10)]
    moved = await asyncio.gather(*(stores[n // 2 % 2].move(before, after) for n, after in enumerate(wanted)))
    assert moved.count(True) == 1
    assert await stores[0].get(owner, before.order_id) == wanted[moved.index(True)]


async def test_a_final_order_cannot_be_moved(store: OrderStore, owner: str) -> None:
    before = order(owner)
    await store.add(before)
    done = before.completed(LATER)
    assert await store.move(before, done)
    assert not await store.move(before, before.failed(OUT_OF_STOCK, LATER))
    assert not await store.move(replace(before, version=2), replace(before, version=3))
    assert await store.get(owner, before.order_id) == done


async def test_a_move_does_not_create_an_order(store: OrderStore, owner: str) -> None:
    missing = order(owner)
    assert not await store.move(missing, missing.completed(LATER))
    assert await store.get(owner, missing.order_id) is None


async def pending(client: Client, table: str) -> set[str]:
    """Returns the ids of the orders that a recovery sweep would find."""
    found = set()
    for shard in range(PENDING_SHARDS):
        key, select = HashKey("pending_shard", shard), Select.all_projected_attributes
        async for item in client.query(table, key, index=PENDING, select=select):
            found.add(item["sk"].removeprefix("ORDER#"))
    return found


async def test_only_pending_orders_are_in_the_index_for_recovery(
    store: OrderStore, owner: str, client: Client, orders_table: str
) -> None:
    waiting, done, failed = (order(owner) for _ in range(3))
    refused = replace(order(owner), status=Status.FAILED, failure_reason="PRICE_OUT_OF_BOUNDS")
    for one in (waiting, done, failed, refused):
        await store.add(one)
    assert {one.order_id for one in (waiting, done, failed)} <= await pending(client, orders_table)
    assert refused.order_id not in await pending(client, orders_table)
    await store.move(done, done.completed(LATER))
    await store.move(failed, failed.failed(OUT_OF_STOCK, LATER))
    still = await pending(client, orders_table)
    assert waiting.order_id in still
    assert not {done.order_id, failed.order_id} & still


@pytest.fixture(scope="module")
async def history(clients: list[Client], orders_table: str) -> list[Order]:
    """Adds 36 orders of a user, three of them in the same microsecond. Returns them newest first."""
    store, owner = OrderStore(clients[0], orders_table), str(uuid.uuid4())
    kinds = itertools.cycle(itertools.product(["BTC", "ETH", "BT"], Side, Status))
    added_orders = []
    for n, (asset_id, side, status) in zip(range(36), kinds, strict=False):
        # Whole seconds and fractions: their ISO texts differ in length.
        created_at = NOON + timedelta(milliseconds=500 * (n // 3))
        added_orders.append(replace(order(owner), asset_id=asset_id, side=side, status=status, created_at=created_at))
    await asyncio.gather(*(store.add(one) for one in added_orders))
    return sorted(added_orders, key=lambda one: (one.created_at, one.order_id), reverse=True)


FILTERS = [
    OrderFilter(status, asset_id, side)
    for status, asset_id, side in itertools.product([None, *Status], [None, "BTC", "BT", "NONE"], [None, *Side])
]
# Orders are made each half second. The bounds are the times of orders, between them, and far away.
MOMENTS = [None, *(NOON + timedelta(seconds=seconds) for seconds in (-9e9, -1, 0, 1.5, 1.500001, 4.25, 5.5, 9e9))]
WINDOWS = [
    OrderFilter(status, asset_id, start_time=start, end_time=end)
    for start, end in itertools.product(MOMENTS, repeat=2)
    if start is None or end is None or start < end
    for status, asset_id in ((None, None), (None, "BTC"), (Status.FAILED, None))
]


def matches(one: Order, wanted: OrderFilter) -> bool:
    return (
        wanted.status in {None, one.status}
        and wanted.asset_id in {None, one.asset_id}
        and wanted.side in {None, one.side}
        and (wanted.start_time is None or wanted.start_time <= one.created_at)
        and (wanted.end_time is None or one.created_at < wanted.end_time)
    )


@pytest.mark.parametrize("size", [1, 2, 3, 7, 36, 200])
async def test_the_pages_of_every_filter_are_complete_and_newest_first(
    store: OrderStore, history: list[Order], size: int
) -> None:
    filters = FILTERS + WINDOWS
    for wanted in filters if size == 7 else filters[::5]:
        found = await walk(store, history[0].user_id, wanted, size)
        assert found == [one for one in history if matches(one, wanted)], wanted


@pytest.mark.parametrize("asset_id", [None, "BTC"])
async def test_a_window_reads_only_the_orders_in_it(
    client: Client, orders_table: str, owner: str, asset_id: str | None
) -> None:
    counted = Counted(client)
    store = OrderStore(counted.client, orders_table)
    added_orders = [replace(order(owner), created_at=NOON + timedelta(seconds=n)) for n in range(40)]
    await asyncio.gather(*(store.add(one) for one in added_orders))
    counted.items_read = 0
    window = OrderFilter(None, asset_id, start_time=added_orders[10].created_at, end_time=added_orders[15].created_at)
    assert await walk(store, owner, window, 200) == added_orders[14:9:-1]
    assert counted.items_read == 5


async def test_a_new_order_between_pages_is_neither_skipped_nor_repeated(store: OrderStore, owner: str) -> None:
    added_orders = [replace(order(owner), created_at=NOON + timedelta(seconds=n)) for n in range(4)]
    for one in added_orders:
        await store.add(one)
    first, cursor = await store.page(owner, OrderFilter(), None, 2)
    await store.add(replace(order(owner), created_at=NOON + timedelta(seconds=9)))
    remaining, _ = await store.page(owner, OrderFilter(), cursor, 10)
    assert first + remaining == added_orders[::-1]


async def test_rare_matches_are_found_among_many_orders(store: OrderStore, owner: str) -> None:
    """There are more orders than one query or one page can read."""
    rare = {0, 150, 450, 1039}
    added_orders = [
        replace(
            order(owner),
            created_at=NOON + timedelta(microseconds=n),
            status=Status.FAILED if n in rare else Status.COMPLETED,
        )
        for n in range(1040)
    ]
    for start in range(0, len(added_orders), 100):
        await asyncio.gather(*(store.add(one) for one in added_orders[start : start + 100]))
    expected = [one for one in added_orders[::-1] if one.status is Status.FAILED]
    for size in (1, 2, 200):
        assert await walk(store, owner, OrderFilter(status=Status.FAILED), size) == expected
        assert await walk(store, owner, OrderFilter(Status.FAILED, "BTC", Side.BUY), size) == expected
    page, cursor = await store.page(owner, OrderFilter(status=Status.PENDING), None, 10)
    assert page == []
    assert cursor is not None  # a short page that is not the last
