from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from aiodynamo.client import Client

from services.common.dynamo import client as dynamo
from services.common.rpc.errors import ServiceError
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.loader import Loader
from services.inventory.catalogue.store import CatalogueStore
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.stock.store import StockStore
from services.inventory.stock.usecases import Stock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = Decimal(1)

CatalogueAndStock = tuple[CatalogueStore, StockStore]


@pytest.fixture
def asset_id() -> str:
    """Returns the id of an asset that only this test uses."""
    return f"A{random.randrange(10**10)}"  # noqa: S311


@pytest.fixture(params=[1, 4], ids=["one shard", "four shards"])
def stores(request: pytest.FixtureRequest, clients: list[Client], inventory_table: str) -> list[CatalogueAndStock]:
    """Returns the stores of two replicas, with the stock of an asset in one item or spread over four."""

    def make(client: Client) -> CatalogueAndStock:
        stock = StockStore(client, inventory_table, request.param)
        return CatalogueStore(client, inventory_table, stock), stock

    return [make(client) for client in clients]


@pytest.fixture
async def replicas(
    clients: list[Client], stores: list[CatalogueAndStock], asset_id: str, make_asset: Callable[..., Asset]
) -> list[Stock]:
    """Adds 40 units of the asset and returns the use cases of the two replicas."""
    loader = Loader(dynamo.units_of_work(clients[0]), *stores[0], lambda: NOON)
    assert await loader.add(make_asset(asset_id, available=Decimal(40)))
    replicas = []
    for client, (assets, store) in zip(clients, stores, strict=True):
        catalogue = Catalogue(assets, store, 1.0)
        await catalogue.refresh()
        replicas.append(Stock(dynamo.units_of_work(client), store, catalogue, lambda: NOON))
    return replicas


@pytest.fixture
def stock(replicas: list[Stock]) -> Stock:
    return replicas[0]


@pytest.fixture
def available(stores: list[CatalogueAndStock], asset_id: str) -> Callable[[], Awaitable[Decimal]]:
    """Returns a function that reads the available stock."""
    return lambda: stores[0][1].available(asset_id)


ReadStock = Callable[[], Awaitable[Decimal]]


def new_order() -> str:
    return str(uuid.uuid4())


async def reason(call: Awaitable[None]) -> str:
    try:
        await call
    except ServiceError as refusal:
        return refusal.reason
    return ""


async def reasons(calls: Iterable[Awaitable[None]]) -> Counter[str]:
    return Counter(await asyncio.gather(*(reason(call) for call in calls)))


async def test_an_order_takes_stock_once(replicas: list[Stock], asset_id: str, available: ReadStock) -> None:
    order_id = new_order()
    for replica in [*replicas, *replicas]:
        await replica.take(order_id, asset_id, Decimal("0.5"))
    assert await available() == Decimal("39.5")


async def test_concurrent_takes_of_one_order_take_once(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    order_id = new_order()
    assert await reasons(replicas[n % 2].take(order_id, asset_id, ONE) for n in range(30)) == {"": 30}
    assert await available() == 39


async def test_of_a_hundred_concurrent_orders_forty_get_the_stock_of_forty(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    orders = [new_order() for _ in range(100)]
    ended = await reasons(replicas[n % 2].take(order_id, asset_id, ONE) for n, order_id in enumerate(orders))
    assert ended == {"": 40, "OUT_OF_STOCK": 60}
    assert await available() == 0


async def test_an_order_for_nearly_all_of_the_stock_gets_it(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    assert await reason(replicas[0].take(new_order(), asset_id, Decimal(39))) == ""
    assert await available() == 1
    assert await reason(replicas[1].take(new_order(), asset_id, Decimal("1.00000001"))) == "OUT_OF_STOCK"
    assert await reason(replicas[1].take(new_order(), asset_id, ONE)) == ""
    assert await available() == 0


async def test_an_order_that_was_out_of_stock_stays_refused(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    order_id = new_order()
    assert await reason(replicas[0].take(order_id, asset_id, Decimal(41))) == "OUT_OF_STOCK"
    await replicas[0].add_sold(new_order(), asset_id, Decimal(100))
    for replica in replicas:
        assert await reason(replica.take(order_id, asset_id, Decimal(41))) == "OUT_OF_STOCK"
    assert await available() == 140


async def test_an_undo_returns_the_stock_once(replicas: list[Stock], asset_id: str, available: ReadStock) -> None:
    order_id = new_order()
    await replicas[0].take(order_id, asset_id, ONE)
    for replica in [*replicas, *replicas]:
        await replica.undo_take(order_id, asset_id, ONE)
        assert await available() == 40


async def test_concurrent_undos_return_the_stock_once(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    order_id = new_order()
    await replicas[0].take(order_id, asset_id, ONE)
    assert await reasons(replicas[n % 2].undo_take(order_id, asset_id, ONE) for n in range(20)) == {"": 20}
    assert await available() == 40


async def test_a_take_after_its_undo_takes_nothing(stock: Stock, asset_id: str, available: ReadStock) -> None:
    order_id = new_order()
    await stock.take(order_id, asset_id, ONE)
    await stock.undo_take(order_id, asset_id, ONE)
    await stock.take(order_id, asset_id, ONE)  # a replay of a take that was undone
    assert await available() == 40


async def test_a_take_that_comes_after_the_undo_is_refused(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    order_id = new_order()
    await replicas[0].undo_take(order_id, asset_id, ONE)
    await replicas[1].undo_take(order_id, asset_id, ONE)
    for replica in replicas:
        assert await reason(replica.take(order_id, asset_id, ONE)) == "STOCK_VOIDED"
    assert await available() == 40


async def test_an_undo_of_a_refused_take_returns_nothing(stock: Stock, asset_id: str, available: ReadStock) -> None:
    order_id = new_order()
    assert await reason(stock.take(order_id, asset_id, Decimal(41))) == "OUT_OF_STOCK"
    await stock.undo_take(order_id, asset_id, Decimal(41))
    assert await available() == 40
    assert await reason(stock.take(order_id, asset_id, Decimal(41))) == "OUT_OF_STOCK"


async def test_a_take_concurrent_with_its_undo_leaves_the_stock_unchanged(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    for n in range(20):
        here, there = replicas if n % 2 else replicas[::-1]
        order_id = new_order()
        ended = await asyncio.gather(
            reason(here.take(order_id, asset_id, ONE)), reason(there.undo_take(order_id, asset_id, ONE))
        )
        assert ended in (["", ""], ["STOCK_VOIDED", ""])
    assert await available() == 40


async def test_a_sale_is_added_once(replicas: list[Stock], asset_id: str, available: ReadStock) -> None:
    order_id = new_order()
    assert await reasons(replicas[n % 2].add_sold(order_id, asset_id, Decimal("2.5")) for n in range(10)) == {"": 10}
    await replicas[1].add_sold(order_id, asset_id, Decimal("2.5"))
    assert await available() == Decimal("42.5")


async def test_an_order_with_other_values_is_an_error_without_effect(
    stock: Stock, asset_id: str, available: ReadStock
) -> None:
    order_id, sale = new_order(), new_order()
    await stock.take(order_id, asset_id, ONE)
    await stock.add_sold(sale, asset_id, ONE)
    for again in (
        stock.take(order_id, asset_id, Decimal(2)),
        stock.undo_take(order_id, asset_id, Decimal(2)),
        stock.add_sold(sale, asset_id, Decimal(2)),
    ):
        assert await reason(again) == "IDEMPOTENCY_KEY_REUSED"
    assert await available() == 40


async def test_an_unknown_asset_is_out_of_stock_for_good(stock: Stock) -> None:
    order_id = new_order()
    for _ in range(2):
        assert await reason(stock.take(order_id, "NOSUCH", ONE)) == "OUT_OF_STOCK"


async def test_a_sale_of_an_unknown_asset_is_refused(stock: Stock) -> None:
    assert await reason(stock.add_sold(new_order(), "NOSUCH", ONE)) == "ASSET_NOT_FOUND"


async def test_a_replica_that_does_not_know_an_asset_returns_the_stored_outcome(
    stores: list[CatalogueAndStock], replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    catalogue = Catalogue(*stores[1], refresh_seconds=60)
    await catalogue.refresh()
    del catalogue.snapshot.assets[asset_id]
    behind = replace(replicas[1], catalogue=catalogue)
    before, order_id = await available(), new_order()
    await replicas[0].take(order_id, asset_id, ONE)
    await behind.take(order_id, asset_id, ONE)
    assert await available() == before - 1, "a replay after a lost response must have no second effect"
    await behind.undo_take(order_id, asset_id, ONE)
    assert await available() == before


async def test_the_stock_is_the_initial_stock_plus_sales_minus_takes(
    replicas: list[Stock], asset_id: str, available: ReadStock
) -> None:
    chance = random.Random(7)  # noqa: S311 - the same choices in each run
    taken_orders, undone_orders, sold_orders = ({new_order() for _ in range(30)} for _ in range(3))

    async def take(order_id: str) -> Decimal:
        return -ONE if not await reason(chance.choice(replicas).take(order_id, asset_id, ONE)) else Decimal(0)

    async def take_and_undo(order_id: str) -> Decimal:
        await reason(chance.choice(replicas).take(order_id, asset_id, ONE))
        await chance.choice(replicas).undo_take(order_id, asset_id, ONE)
        return Decimal(0)

    async def sell(order_id: str) -> Decimal:
        await chance.choice(replicas).add_sold(order_id, asset_id, ONE)
        return ONE

    work = [*map(take, taken_orders), *map(take_and_undo, undone_orders), *map(sell, sold_orders)]
    chance.shuffle(work)
    changes = await asyncio.gather(*work)
    assert await available() == 40 + sum(changes) >= 0
