from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common.dynamo import client as dynamo
from services.common.rpc.errors import FailedPrecondition
from services.common.startup import StartupError
from services.common.unit_of_work import Begin, Conflict, UnitOfWork
from services.inventory.catalogue.domain import Asset, CatalogueState, StockLevel
from services.inventory.catalogue.loader import CATALOGUE_FILE, Loader
from services.inventory.catalogue.store import CatalogueStore
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.schema import TABLE
from services.inventory.stock.domain import Outcome, Step, seed_step
from services.inventory.stock.following import StockFollower
from services.inventory.stock.marks import MarkStore
from services.inventory.stock.ports import InsufficientStock, OutcomeExists
from services.inventory.stock.store import StockStore
from services.prices.frame import Status
from tests.stores.counted import Capacity

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

MakeTable = Callable[[dict[str, Any]], str]
MakeAsset = Callable[..., Asset]
Move = Callable[[Step], Awaitable[None]]


@pytest.fixture
def table(make_table: MakeTable) -> str:
    """Creates a table for one test, because the tests read the whole catalogue."""
    return make_table(TABLE)


@pytest.fixture
def begin(client: Client) -> Begin:
    return dynamo.units_of_work(client)


@pytest.fixture
def stock(client: Client, table: str) -> StockStore:
    return StockStore(client, table)


@pytest.fixture
def assets(client: Client, table: str, stock: StockStore) -> CatalogueStore:
    return CatalogueStore(client, table, stock)


def loader_of(client: Client, table: str) -> Loader:
    stock = StockStore(client, table)
    return Loader(dynamo.units_of_work(client), CatalogueStore(client, table, stock), stock, lambda: NOON)


@pytest.fixture
def loader(client: Client, table: str) -> Loader:
    return loader_of(client, table)


async def test_an_asset_reads_back_as_it_was_added(
    loader: Loader, assets: CatalogueStore, stock: StockStore, make_asset: MakeAsset
) -> None:
    added = [make_asset("BTC"), make_asset("ETH", max_supply=None, is_active=False)]
    for one in added:
        assert await loader.add(one)
    assert await assets.assets() == added
    assert await assets.asset("ETH") == added[1]
    assert await assets.asset("NONE") is None
    assert await stock.available("BTC") == Decimal("1250.5")
    assert await stock.available("NONE") == 0


async def test_assets_are_found_by_their_ids(loader: Loader, assets: CatalogueStore, make_asset: MakeAsset) -> None:
    added = [make_asset("BTC"), make_asset("ETH"), make_asset("SOL")]
    for one in added:
        await loader.add(one)
    found = await assets.find(["SOL", "NONE", "BTC"])
    assert sorted(found, key=lambda one: one.asset_id) == [added[0], added[2]]
    assert await assets.find(["NONE"]) == []


async def test_an_existing_asset_is_not_changed(loader: Loader, assets: CatalogueStore, make_asset: MakeAsset) -> None:
    assert await loader.add(make_asset())
    assert not await loader.add(
        make_asset(name="Another", price=Decimal(1), available=Decimal(9), updated_at=NOON + timedelta(1))
    )
    assert await assets.assets() == [make_asset()]
    assert len((await assets.prices("BTC", None, 10))[0]) == 1


async def test_of_concurrent_additions_of_an_asset_one_is_written(
    loader: Loader, stock: StockStore, make_asset: MakeAsset
) -> None:
    added = await asyncio.gather(*(loader.add(make_asset(available=Decimal(n))) for n in range(1, 9)))
    assert added.count(True) == 1
    assert await stock.available("BTC") == added.index(True) + 1


async def test_of_concurrent_replacements_of_an_asset_one_is_written(
    begin: Begin, loader: Loader, assets: CatalogueStore, make_asset: MakeAsset
) -> None:
    before = make_asset()
    await loader.add(before)
    for number, refused in enumerate((False, True), 1):
        tx = begin()
        assets.replace(tx, before, before.changed({"price": Decimal(number)}, NOON))
        if refused:
            with pytest.raises(Conflict):
                await tx.commit()
        else:
            await tx.commit()
    assert (await assets.assets())[0].price == 1
    assert [price for _, price in (await assets.prices("BTC", None, 10))[0]] == [1, before.price]


async def test_an_asset_from_before_the_rules_is_read_with_the_default_ones(
    client: Client, table: str, loader: Loader, assets: CatalogueStore, make_asset: MakeAsset
) -> None:
    await loader.add(make_asset())
    new = ("priced_at", "quantity_increment", "price_increment", "order_value_min", "order_value_max", "trading_status")
    item = await client.get_item(table, {"pk": "CATALOGUE", "sk": "BTC"})
    old = {name: value for name, value in item.items() if name not in new}
    await client.put_item(table, {**old, "market_cap_rank": Decimal(1), "price_change_24h": Decimal("-1.27")})
    assert await assets.asset("BTC") == make_asset()


async def test_the_rules_of_an_asset_read_back(loader: Loader, assets: CatalogueStore, make_asset: MakeAsset) -> None:
    one = make_asset(
        quantity_increment=Decimal("0.001"),
        price_increment=Decimal("0.01"),
        order_value_min=Decimal(5),
        order_value_max=Decimal(50),
        trading_status=Status.SELL_ONLY,
        priced_at=NOON - timedelta(1),
    )
    await loader.add(one)
    assert await assets.assets() == [one]


async def test_the_version_rises_with_each_change_and_keeps_the_halt(begin: Begin, assets: CatalogueStore) -> None:
    async def commit(change: Callable[[UnitOfWork], None]) -> CatalogueState:
        tx = begin()
        change(tx)
        await tx.commit()
        state = await assets.state(consistent=True)
        assert (await assets.read())[0] == state
        return state

    assert await assets.state(consistent=True) == (await assets.read())[0] == (0, False)
    assert await commit(assets.raise_version) == (1, False)
    assert await commit(lambda tx: assets.set_halted(tx, is_halted=True)) == (2, True)
    assert await commit(assets.raise_version) == (3, True)
    assert await commit(lambda tx: assets.set_halted(tx, is_halted=False)) == (4, False)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 200])
async def test_the_pages_of_prices_are_complete_and_newest_first(
    begin: Begin, loader: Loader, assets: CatalogueStore, size: int, make_asset: MakeAsset
) -> None:
    asset = make_asset(price=Decimal(0))
    await loader.add(asset)
    for n in range(1, 6):
        before, asset = asset, asset.changed({"price": Decimal(n)}, NOON)
        tx = begin()
        assets.replace(tx, before, asset)
        await tx.commit()
    found, cursor = [], None
    for _ in range(100):
        page, cursor = await assets.prices("BTC", cursor, size)
        assert len(page) <= size
        found += page
        if cursor is None:
            break
    assert [price for _, price in found] == [5, 4, 3, 2, 1, 0]
    assert found[0].effective_at == NOON + timedelta(microseconds=5)


def step(change: str, effect_id: str = "e-1") -> Step:
    return Step(effect_id, "o-1", "BTC", Decimal(change))


@pytest.fixture
def move(begin: Begin, stock: StockStore) -> Move:
    """Returns a function that makes a step on the first shard."""

    async def commit(one: Step) -> None:
        tx = begin()
        stock.move(tx, one, 0, NOON)
        await tx.commit()

    return commit


async def test_a_step_changes_the_stock_once(
    loader: Loader, stock: StockStore, move: Move, make_asset: MakeAsset
) -> None:
    await loader.add(make_asset())
    await move(step("-0.5"))
    with pytest.raises(OutcomeExists):
        await move(step("-0.5"))
    assert await stock.available("BTC") == Decimal(1250)
    assert await stock.outcome("e-1") == Outcome(step("-0.5"))
    assert await stock.outcome("e-2") is None


async def test_a_step_without_enough_stock_changes_nothing(
    loader: Loader, stock: StockStore, move: Move, make_asset: MakeAsset
) -> None:
    await loader.add(make_asset())
    with pytest.raises(InsufficientStock):
        await move(step("-1250.50000001"))
    assert await stock.outcome("e-1") is None
    await move(step("-1250.5"))
    assert await stock.available("BTC") == 0


async def test_a_step_counts_its_dollars_in_the_same_write(
    loader: Loader, stock: StockStore, move: Move, make_asset: MakeAsset
) -> None:
    await loader.add(make_asset())
    assert await stock.levels(["BTC", "NONE"]) == {"BTC": StockLevel(Decimal("1250.5"))}
    bought = Step("e-1", "o-1", "BTC", Decimal(-1), Decimal("10.10"), Decimal("0.02"))
    await move(bought)
    assert await stock.outcome("e-1") == Outcome(bought)
    await move(Step("e-2", "o-2", "BTC", Decimal(3), Decimal(30)))
    assert await stock.levels(["BTC"]) == {"BTC": (Decimal("1252.5"), Decimal("40.10"), Decimal("0.02"))}
    await move(Step("e-3", "o-1", "BTC", Decimal(1), Decimal("-10.10"), Decimal("-0.02")))
    assert await stock.levels(["BTC"]) == {"BTC": (Decimal("1253.5"), Decimal(30), 0)}


async def test_the_first_mark_of_an_hour_counts_and_the_oldest_since_a_time_is_found(
    client: Client, table: str
) -> None:
    marks = MarkStore(client, table)
    assert await marks.oldest(NOON) is None
    for hours, turnover in ((0, 1), (1, 2), (0, 3), (2, 4)):
        await marks.add(NOON + timedelta(hours=hours), {"BTC": Decimal(turnover)})
    assert await marks.oldest(NOON - timedelta(days=1)) == {"BTC": 1}
    assert await marks.oldest(NOON + timedelta(minutes=1)) == {"BTC": 2}
    assert await marks.oldest(NOON + timedelta(hours=2)) == {"BTC": 4}
    assert await marks.oldest(NOON + timedelta(hours=3)) is None


async def test_an_idle_replica_reads_half_a_unit_a_second(
    client: Client, table: str, loader: Loader, begin: Begin, make_asset: MakeAsset
) -> None:
    await loader.load(CATALOGUE_FILE, lambda *_: None)
    counted = Capacity(client)
    stock = StockStore(counted.client, table)
    catalogue = Catalogue(CatalogueStore(counted.client, table, stock), stock, 1.0)
    follower = StockFollower(catalogue, Nothing())
    await catalogue.refresh()
    assert counted.units > 100, "the first read is of everything"
    counted.units = Decimal(0)
    for _ in range(20):  # as in 20 seconds
        await catalogue.refresh()
        await follower.refresh()
    assert counted.units == 10
    follower.note("BTC")
    await follower.refresh()
    assert counted.units == 11


class Nothing:
    """Has no changes of other replicas."""

    async def exchange(self, changed: Collection[str]) -> Collection[str]:
        return changed


async def test_a_refusal_is_an_outcome_that_reads_back(
    begin: Begin, loader: Loader, stock: StockStore, move: Move, make_asset: MakeAsset
) -> None:
    async def refuse(outcome: Outcome) -> None:
        tx = begin()
        stock.refuse(tx, outcome, NOON)
        await tx.commit()

    await loader.add(make_asset())
    refusal = FailedPrecondition("OUT_OF_STOCK", "none left", needed="0.5")
    await refuse(Outcome(step("-0.5"), refusal))
    back = await stock.outcome("e-1")
    assert back is not None
    assert back.step == step("-0.5")
    bought = Step("e-9", "o-9", "BTC", Decimal(-1), Decimal("10.10"), Decimal("0.02"))
    await refuse(Outcome(bought, refusal))
    kept = await stock.outcome("e-9")
    assert kept is not None
    assert (kept.step.amount, kept.step.fee) == (0, 0), "a refusal has no effect, so nothing to undo"
    assert isinstance(back.refusal, FailedPrecondition)
    assert (back.refusal.reason, back.refusal.message, back.refusal.metadata) == (
        "OUT_OF_STOCK",
        "none left",
        {"needed": "0.5"},
    )
    for again in (move(step("-0.5")), refuse(Outcome(step("-0.5"), refusal))):
        with pytest.raises(OutcomeExists):
            await again
    assert await stock.available("BTC") == Decimal("1250.5")


async def test_stock_that_has_changed_since_it_was_read_is_not_gathered(
    begin: Begin, client: Client, table: str, make_asset: MakeAsset
) -> None:
    stock = StockStore(client, table, 3)
    await Loader(begin, CatalogueStore(client, table, stock), stock, lambda: NOON).add(make_asset(available=Decimal(9)))
    assert await stock.available_by_shard("BTC") == [3, 3, 3]

    async def gather(available: list[Decimal]) -> None:
        tx = begin()
        stock.gather(tx, "BTC", available, 1)
        await tx.commit()

    with pytest.raises(Conflict):
        await gather([Decimal(3), Decimal(3), Decimal(4)])
    assert await stock.available_by_shard("BTC") == [3, 3, 3]
    await gather([Decimal(3), Decimal(3), Decimal(3)])
    assert await stock.available_by_shard("BTC") == [0, 9, 0]


async def test_the_whole_catalogue_is_loaded(loader: Loader, assets: CatalogueStore, stock: StockStore) -> None:
    rows = json.loads(CATALOGUE_FILE.read_bytes())
    progress: list[tuple[int, int]] = []
    added = await loader.load(CATALOGUE_FILE, lambda done, total: progress.append((done, total)))
    assert added == len(rows)
    assert progress == [(done, len(rows)) for done in range(1, len(rows) + 1)]
    catalogue = Catalogue(assets, stock, 1.0)
    await catalogue.refresh()
    for row in rows:
        one = await catalogue.get(row["asset_id"])
        assert (one.price, one.name, one.category) == (Decimal(row["price_usd"]), row["name"], row["category"])
        assert one.price_increment == Decimal(row["price_increment"])
        assert one.available == Decimal(row["stock"])
    assert len(catalogue.snapshot.assets) == len(rows)
    assert catalogue.snapshot.state == (1, False)
    assert await loader.load(CATALOGUE_FILE, lambda *_: None) == 0


async def test_a_changed_file_adds_only_missing_assets(
    loader: Loader, assets: CatalogueStore, stock: StockStore, move: Move, tmp_path: Path
) -> None:
    rows = json.loads(CATALOGUE_FILE.read_bytes())[:3]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(rows[:2]))
    assert await loader.load(file, lambda *_: None) == 2
    await move(Step("e-1", "o-1", "BTC", Decimal(-1)))
    rows[0]["stock"], rows[0]["price_usd"] = "999999", "1.00"
    file.write_text(json.dumps(rows))
    assert await loader.load(file, lambda *_: None) == 1
    assert await stock.available("BTC") == Decimal(1249)
    assert {one.asset_id for one in await assets.assets()} == {row["asset_id"] for row in rows}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"order_value_min": "3", "order_value_max": "2"}, "ETH: order_value_max must be at least order_value_min"),
        ({"circulating_supply": "3", "max_supply": "2"}, "ETH: max_supply must be at least circulating_supply"),
    ],
    ids=["order values", "supply"],
)
async def test_a_file_that_breaks_a_rule_of_the_catalogue_adds_nothing(
    loader: Loader, assets: CatalogueStore, tmp_path: Path, change: dict[str, Any], why: str
) -> None:
    rows = json.loads(CATALOGUE_FILE.read_bytes())[:2]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps([rows[0], rows[1] | change]))
    with pytest.raises(StartupError, match=why):
        await loader.load(file, lambda *_: None)
    assert await assets.assets() == []
    file.write_text(json.dumps(rows))
    assert await loader.load(file, lambda *_: None) == 2


async def test_an_interrupted_load_is_finished_by_the_next(
    loader: Loader, assets: CatalogueStore, tmp_path: Path
) -> None:
    rows = json.loads(CATALOGUE_FILE.read_bytes())[:3]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(rows))

    def interrupt(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises((InterruptedError, ExceptionGroup)):
        await loader.load(file, interrupt)
    await loader.load(file, lambda *_: None)
    assert {one.asset_id for one in await assets.assets()} == {row["asset_id"] for row in rows}


async def test_two_concurrent_loaders_add_each_asset_once(
    clients: list[Client], assets: CatalogueStore, table: str, tmp_path: Path
) -> None:
    rows = json.loads(CATALOGUE_FILE.read_bytes())[:40]
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(rows))
    loaders = [loader_of(one, table) for one in clients]
    added = await asyncio.gather(*(one.load(file, lambda *_: None) for one in loaders))
    assert sum(added) == len(rows)
    assert len(await assets.assets()) == len(rows)


def test_each_asset_has_a_seed_of_its_own() -> None:
    assert seed_step("BTC", Decimal(1)).effect_id != seed_step("ETH", Decimal(1)).effect_id
    assert uuid.UUID(seed_step("BTC", Decimal(1)).effect_id).version == 5
