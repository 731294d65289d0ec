from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Awaitable
from decimal import Decimal

import pytest
from inventory_fakes import NOON, Database, FakeAssets, FakeStock, make_asset

from services.common.rpc import call as calls
from services.common.rpc.errors import ServiceError
from services.inventory.stock.domain import Outcome, return_step, shard_of, take_step
from services.inventory.stock.usecases import Stock

ONE = Decimal(1)


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def shards() -> FakeStock:
    """Returns 4 units of BTC, one in each of four shards."""
    return FakeStock(4, {"BTC": [ONE] * 4})


@pytest.fixture
def stock(database: Database, shards: FakeStock) -> Stock:
    return Stock(database.begin, shards, FakeAssets({"BTC": make_asset()}), lambda: NOON)


def own_shard(order_id: str) -> int:
    return shard_of(take_step(order_id, "BTC", ONE), 4)


async def reason(call: Awaitable[None]) -> str:
    try:
        await call
    except ServiceError as error:
        return error.reason
    return ""


async def test_an_order_takes_from_its_own_shard_in_one_commit(
    stock: Stock, shards: FakeStock, database: Database
) -> None:
    await stock.take("o-1", "BTC", ONE)
    assert [own_shard("o-1")] == [n for n in range(4) if shards.stock["BTC"][n] == 0]
    assert database.commits == 1


async def test_an_order_takes_from_the_next_shard_that_covers_it(stock: Stock, shards: FakeStock) -> None:
    own = own_shard("o-1")
    shards.stock["BTC"][own] = shards.stock["BTC"][(own + 1) % 4] = Decimal("0.5")
    await stock.take("o-1", "BTC", ONE)
    assert shards.stock["BTC"][(own + 2) % 4] == 0
    assert sum(shards.stock["BTC"]) == 2


async def test_an_order_gathers_the_shards_if_none_covers_it_alone(
    stock: Stock, shards: FakeStock, database: Database
) -> None:
    await stock.take("o-1", "BTC", Decimal("3.5"))
    assert shards.stock["BTC"][own_shard("o-1")] == Decimal("0.5") == sum(shards.stock["BTC"])
    assert database.commits == 2


async def test_stock_taken_during_the_gathering_is_read_again(
    stock: Stock, shards: FakeStock, database: Database
) -> None:
    def take_all_but_three() -> None:
        shards.stock["BTC"] = [Decimal("0.75")] * 4

    attempts = 0

    def before_the_gathering() -> None:
        nonlocal attempts
        attempts += 1
        database.interfere = take_all_but_three if attempts == 4 else before_the_gathering

    database.interfere = before_the_gathering
    assert await reason(stock.take("o-1", "BTC", Decimal("3.5"))) == "OUT_OF_STOCK"
    assert sum(shards.stock["BTC"]) == 3


async def test_a_refusal_is_final_even_if_stock_comes_in(stock: Stock, shards: FakeStock) -> None:
    assert await reason(stock.take("o-1", "BTC", Decimal(5))) == "OUT_OF_STOCK"
    shards.stock["BTC"] = [Decimal(100)] * 4
    assert await reason(stock.take("o-1", "BTC", Decimal(5))) == "OUT_OF_STOCK"
    assert sum(shards.stock["BTC"]) == 400


async def test_a_replay_has_no_effect_and_other_values_are_an_error(stock: Stock, shards: FakeStock) -> None:
    for _ in range(2):
        await stock.take("o-1", "BTC", ONE)
    assert await reason(stock.take("o-1", "BTC", Decimal(2))) == "IDEMPOTENCY_KEY_REUSED"
    assert await reason(stock.take("o-1", "ETH", ONE)) == "IDEMPOTENCY_KEY_REUSED"
    assert sum(shards.stock["BTC"]) == 3


async def test_a_refusal_gives_way_to_an_earlier_outcome(stock: Stock, shards: FakeStock, database: Database) -> None:
    shards.shards, shards.stock["BTC"] = 1, [ONE]
    step = take_step("o-1", "BTC", Decimal(2))

    def taken_by_another_replica() -> None:
        shards.outcomes[step.effect_id] = Outcome(step)

    def before_the_refusal() -> None:
        database.interfere = taken_by_another_replica

    database.interfere = before_the_refusal
    assert await reason(stock.take("o-1", "BTC", Decimal(2))) == ""


async def test_an_undo_returns_the_stock_once(stock: Stock, shards: FakeStock) -> None:
    await stock.take("o-1", "BTC", ONE)
    for _ in range(2):
        await stock.undo_take("o-1", "BTC", ONE)
    assert sum(shards.stock["BTC"]) == 4


async def test_an_undo_before_the_take_refuses_the_take(stock: Stock, shards: FakeStock) -> None:
    for _ in range(2):
        await stock.undo_take("o-1", "BTC", ONE)
    assert await reason(stock.take("o-1", "BTC", ONE)) == "STOCK_VOIDED"
    assert sum(shards.stock["BTC"]) == 4


async def test_an_undo_concurrent_with_the_take_returns_the_stock(
    stock: Stock, shards: FakeStock, database: Database
) -> None:
    step = take_step("o-1", "BTC", ONE)

    def take() -> None:
        shards.outcomes[step.effect_id] = Outcome(step)
        shards.stock["BTC"][0] -= ONE

    database.interfere = take
    await stock.undo_take("o-1", "BTC", ONE)
    assert return_step("o-1", "BTC", ONE).effect_id in shards.outcomes
    assert sum(shards.stock["BTC"]) == 4


async def test_a_sale_adds_stock_and_one_of_an_unknown_asset_leaves_nothing(stock: Stock, shards: FakeStock) -> None:
    await stock.add_sold("o-1", "BTC", ONE)
    assert sum(shards.stock["BTC"]) == 5
    assert await reason(stock.add_sold("o-2", "NONE", ONE)) == "ASSET_NOT_FOUND"
    assert len(shards.outcomes) == 1


async def test_a_take_of_an_unknown_asset_is_refused_for_good(stock: Stock, shards: FakeStock) -> None:
    for _ in range(2):
        assert await reason(stock.take("o-1", "NONE", ONE)) == "OUT_OF_STOCK"
    assert len(shards.outcomes) == 1


async def test_endless_contention_is_unavailable_within_the_deadline(
    stock: Stock, shards: FakeStock, database: Database
) -> None:
    def move_the_stock() -> None:
        shards.stock["BTC"] = shards.stock["BTC"][1:] + shards.stock["BTC"][:1]
        database.interfere = move_the_stock

    shards.stock["BTC"] = [Decimal(n) for n in (1, 2, 3, 4)]
    database.interfere = move_the_stock

    async def take() -> str:
        calls.enter(calls.Call("r", time.monotonic() + 0.05))
        return await reason(stock.take("o-1", "BTC", Decimal(9)))

    assert await asyncio.create_task(take(), context=contextvars.Context()) == "CONTENTION"
    assert sum(shards.stock["BTC"]) == 10
    assert shards.outcomes == {}
