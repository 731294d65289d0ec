from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import FailedPrecondition
from services.inventory import loader
from services.inventory.catalogue import Catalogue
from services.inventory.domain import Asset, Outcome, Step
from services.inventory.schema import TABLE
from services.inventory.stock import seed
from services.inventory.store import InsufficientStock, InventoryStore, OutcomeExists

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

MakeTable = Callable[[dict[str, Any]], str]
MakeAsset = Callable[..., Asset]


@pytest.fixture
def table(make_table: MakeTable) -> str:
    """A table of this test's own: the catalogue is read whole."""
    return make_table(TABLE)


@pytest.fixture
def store(client: Client, table: str) -> InventoryStore:
    return InventoryStore(client, table)


async def add(store: InventoryStore, one: Asset) -> bool:
    return await store.add(one, seed(one.asset_id, one.available))


async def test_an_asset_reads_back_as_it_was_added(store: InventoryStore, make_asset: MakeAsset) -> None:
    added = [make_asset("BTC"), make_asset("ETH", max_supply=None, is_active=False, market_cap_rank=2)]
    for one in added:
        assert await add(store, one)
    assert await store.assets() == added
    assert await store.available("BTC") == Decimal("1250.5")
    assert await store.available("NONE") == 0


async def test_an_asset_that_is_there_stays_as_it_is(store: InventoryStore, make_asset: MakeAsset) -> None:
    assert await add(store, make_asset())
    assert not await add(
        store, make_asset(name="Another", price=Decimal(1), available=Decimal(9), updated_at=NOON + timedelta(1))
    )
    assert await store.assets() == [make_asset()]
    assert len((await store.prices("BTC", None, 10))[0]) == 1


async def test_of_many_who_add_an_asset_at_once_one_does(store: InventoryStore, make_asset: MakeAsset) -> None:
    added = await asyncio.gather(*(add(store, make_asset(available=Decimal(n))) for n in range(1, 9)))
    assert added.count(True) == 1
    assert await store.available("BTC") == added.index(True) + 1


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 200])
async def test_pages_of_prices_join_newest_first(
    store: InventoryStore, client: Client, table: str, size: int, make_asset: MakeAsset
) -> None:
    await add(store, make_asset(price=Decimal(0)))
    for n in range(1, 6):
        at = (NOON + timedelta(microseconds=n)).isoformat()
        await client.put_item(table, {"pk": "PRICE#BTC", "sk": at, "price": Decimal(n)})
    found, before = [], None
    for _ in range(100):
        page, before = await store.prices("BTC", before, size)
        assert len(page) <= size
        found += page
        if before is None:
            break
    assert [price for _, price in found] == [5, 4, 3, 2, 1, 0]
    assert found[0][0] == NOON + timedelta(microseconds=5)


def step(change: str, effect_id: str = "e-1") -> Step:
    return Step(effect_id, "o-1", "BTC", Decimal(change))


async def test_a_step_changes_the_stock_once(store: InventoryStore, make_asset: MakeAsset) -> None:
    await add(store, make_asset())
    await store.move(step("-0.5"), 0, NOON)
    with pytest.raises(OutcomeExists):
        await store.move(step("-0.5"), 0, NOON)
    assert await store.available("BTC") == Decimal(1250)
    assert await store.outcome("e-1") == Outcome(step("-0.5"))
    assert await store.outcome("e-2") is None


async def test_a_step_that_the_stock_does_not_cover_changes_nothing(
    store: InventoryStore, make_asset: MakeAsset
) -> None:
    await add(store, make_asset())
    with pytest.raises(InsufficientStock):
        await store.move(step("-1250.50000001"), 0, NOON)
    assert await store.outcome("e-1") is None
    await store.move(step("-1250.5"), 0, NOON)
    assert await store.available("BTC") == 0


async def test_a_refusal_is_an_outcome_that_reads_back(store: InventoryStore, make_asset: MakeAsset) -> None:
    await add(store, make_asset())
    refusal = FailedPrecondition("OUT_OF_STOCK", "none left", needed="0.5")
    await store.refuse(Outcome(step("-0.5"), refusal), NOON)
    back = await store.outcome("e-1")
    assert back is not None
    assert back.step == step("-0.5")
    assert isinstance(back.refusal, FailedPrecondition)
    assert (back.refusal.reason, back.refusal.message, back.refusal.metadata) == (
        "OUT_OF_STOCK",
        "none left",
        {"needed": "0.5"},
    )
    for again in (store.move(step("-0.5"), 0, NOON), store.refuse(Outcome(step("-0.5"), refusal), NOON)):
        with pytest.raises(OutcomeExists):
            await again
    assert await store.available("BTC") == Decimal("1250.5")


async def test_the_whole_catalogue_is_loaded_and_found(store: InventoryStore) -> None:
    rows = json.loads(loader.CATALOGUE_FILE.read_bytes())
    told: list[tuple[int, int]] = []
    added = await loader.load(store, loader.CATALOGUE_FILE, NOON, lambda done, total: told.append((done, total)))
    assert added == len(rows)
    assert told == [(done, len(rows)) for done in range(1, len(rows) + 1)]
    catalogue = Catalogue(store, 1.0)
    await catalogue.refresh()
    for row in rows:
        one = catalogue.get(row["asset_id"])
        assert (one.price, one.name, one.category) == (Decimal(row["price_usd"]), row["name"], row["category"])
        assert one.available == Decimal(row["stock"])
    assert len(catalogue.snapshot.assets) == len(rows)
    assert await loader.load(store, loader.CATALOGUE_FILE, NOON, lambda *_: None) == 0


async def test_a_changed_file_adds_only_what_is_missing(store: InventoryStore, tmp_path: Path) -> None:
    rows = json.loads(loader.CATALOGUE_FILE.read_bytes())[:3]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(rows[:2]))
    assert await loader.load(store, file, NOON, lambda *_: None) == 2
    await store.move(Step("e-1", "o-1", "BTC", Decimal(-1)), 0, NOON)
    rows[0]["stock"], rows[0]["price_usd"] = "999999", "1.00"
    file.write_text(json.dumps(rows))
    assert await loader.load(store, file, NOON, lambda *_: None) == 1
    assert await store.available("BTC") == Decimal(1249)
    assert {one.asset_id for one in await store.assets()} == {row["asset_id"] for row in rows}


async def test_a_load_that_broke_off_is_finished_by_the_next(store: InventoryStore, tmp_path: Path) -> None:
    rows = json.loads(loader.CATALOGUE_FILE.read_bytes())[:3]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps([*rows, {"asset_id": "BROKEN"}]))
    with pytest.raises((KeyError, ExceptionGroup)):
        await loader.load(store, file, NOON, lambda *_: None)
    file.write_text(json.dumps(rows))
    await loader.load(store, file, NOON, lambda *_: None)
    assert {one.asset_id for one in await store.assets()} == {row["asset_id"] for row in rows}


async def test_two_loaders_at_once_add_each_asset_once(clients: list[Client], table: str, tmp_path: Path) -> None:
    rows = json.loads(loader.CATALOGUE_FILE.read_bytes())[:40]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(rows))
    stores = [InventoryStore(one, table) for one in clients]
    added = await asyncio.gather(*(loader.load(one, file, NOON, lambda *_: None) for one in stores))
    assert sum(added) == len(rows)
    assert len(await stores[0].assets()) == len(rows)


def test_each_asset_has_a_seed_of_its_own() -> None:
    assert seed("BTC", Decimal(1)).effect_id != seed("ETH", Decimal(1)).effect_id
    assert uuid.UUID(seed("BTC", Decimal(1)).effect_id).version == 5
