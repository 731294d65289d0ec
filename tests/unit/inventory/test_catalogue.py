from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from services.common.rpc.errors import NotFound, Unavailable
from services.inventory.catalogue.domain import Asset, CatalogueState, Price, StockLevel
from services.inventory.catalogue.usecases import Catalogue


def asset(number: int, price: int = 1) -> Asset:
    return Asset(
        asset_id=f"A{number}",
        name=f"Asset {number}",
        description="",
        category="layer-1",
        price=Decimal(price).scaleb(-2),
        priced_at=datetime(2026, 3, 1, tzinfo=UTC),
        circulating_supply=Decimal(1),
        max_supply=None,
        is_active=True,
        image="",
        updated_at=datetime(2026, 3, 1, tzinfo=UTC),
        available=Decimal(7),
    )


class Table:
    """A table of assets that can be unavailable. A lookup waits for `gate`."""

    def __init__(self, *assets: Asset) -> None:
        self.rows = list(assets)
        self.version = 1
        self.is_halted = False
        self.stock = dict.fromkeys((one.asset_id for one in assets), StockLevel(Decimal(7)))
        self.is_down = False
        self.catalogue_reads = 0
        self.stock_reads: list[list[str]] = []
        self.lookups: list[set[str]] = []
        self.begun = asyncio.Event()  # a lookup has begun
        self.gate = asyncio.Event()
        self.gate.set()

    def change(self, *assets: Asset) -> None:
        """Replaces all assets."""
        self.rows = list(assets)
        self.version += 1

    async def state(self, *, consistent: bool) -> CatalogueState:
        if self.is_down:
            raise ConnectionError("down")
        return CatalogueState(self.version, self.is_halted)

    async def read(self) -> tuple[CatalogueState, list[Asset]]:
        self.catalogue_reads += 1
        return await self.state(consistent=True), [replace(one, available=Decimal(0)) for one in self.rows]

    async def find(self, asset_ids: Collection[str]) -> list[Asset]:
        if self.is_down:
            raise ConnectionError("down")
        self.lookups.append(set(asset_ids))
        self.begun.set()
        found = [one for one in self.rows if one.asset_id in asset_ids]
        await self.gate.wait()
        return found

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        return [Price(one.updated_at, one.price) for one in self.rows if one.asset_id == asset_id], cursor

    async def available(self, asset_id: str) -> Decimal:
        return self.stock.get(asset_id, StockLevel()).available

    async def levels(self, asset_ids: Sequence[str]) -> Mapping[str, StockLevel]:
        self.stock_reads.append(sorted(asset_ids))
        return {asset_id: self.stock[asset_id] for asset_id in asset_ids if asset_id in self.stock}


async def catalogue_of(table: Table, refresh_seconds: float = 0.01) -> Catalogue:
    catalogue = Catalogue(table, table, refresh_seconds)
    await catalogue.refresh()
    return catalogue


async def test_the_catalogue_is_unavailable_before_the_first_read() -> None:
    table = Table(asset(1))
    table.is_down = True
    catalogue = await catalogue_of(table)
    with pytest.raises(Unavailable):
        _ = catalogue.snapshot
    table.is_down = False
    with pytest.raises(Unavailable):
        await catalogue.get("A1")


async def test_a_catalogue_that_has_not_changed_is_not_read_again() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    snapshot = catalogue.snapshot
    for _ in range(3):
        await catalogue.refresh()
    assert (table.catalogue_reads, table.stock_reads) == (1, [["A1"]])
    assert catalogue.snapshot is snapshot


async def test_a_change_is_read_with_the_stock_of_new_assets_alone() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    table.change(asset(1, price=2), asset(2))
    table.stock["A2"] = StockLevel(Decimal(3))
    await catalogue.refresh()
    assert table.stock_reads == [["A1"], ["A2"]]
    assert catalogue.snapshot.assets == {"A1": asset(1, price=2), "A2": replace(asset(2), available=Decimal(3))}
    assert catalogue.snapshot.state == (2, False)


async def test_a_halt_of_the_market_is_read() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    table.is_halted = True
    table.change(*table.rows)
    await catalogue.refresh()
    assert catalogue.snapshot.state == (2, True)


async def test_a_later_version_is_read_at_once_and_by_one_of_the_callers() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    table.change(asset(1, price=2))
    found = await asyncio.gather(*(catalogue.reach(2) for _ in range(5)))
    assert {one.assets["A1"].price for one in found} == {Decimal("0.02")}
    assert table.catalogue_reads == 2
    await catalogue.reach(1)
    assert table.catalogue_reads == 2
    table.is_down = True
    with pytest.raises(ConnectionError):
        await catalogue.reach(3)


async def test_the_stock_is_read_where_it_has_changed() -> None:
    table = Table(asset(1), asset(2))
    catalogue = await catalogue_of(table)
    table.stock = {"A1": StockLevel(Decimal(1), Decimal(10), Decimal("0.1")), "A2": StockLevel(Decimal(2))}
    await catalogue.read_stock(["A1"])
    assert [one.available for one in catalogue.snapshot.assets.values()] == [1, 7]
    assert catalogue.snapshot.levels["A1"] == table.stock["A1"]
    await catalogue.read_stock()
    assert [one.available for one in catalogue.snapshot.assets.values()] == [1, 2]
    snapshot = catalogue.snapshot
    await catalogue.read_stock()
    assert catalogue.snapshot is snapshot, "a list need not be made again"
    table.change(asset(1, price=2), asset(2))
    await catalogue.refresh()
    assert [one.available for one in catalogue.snapshot.assets.values()] == [1, 2]


async def test_an_asset_is_found_by_its_id() -> None:
    catalogue = await catalogue_of(Table(asset(1)))
    assert await catalogue.get("A1") == asset(1)
    with pytest.raises(NotFound) as refusal:
        await catalogue.get("A2")
    assert refusal.value.reason == "ASSET_NOT_FOUND"
    assert refusal.value.metadata == {"asset_id": "A2"}
    assert await catalogue.find(["A2", "A1", "A3"]) == [asset(1)]


async def test_the_table_is_asked_only_for_unknown_assets() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    await catalogue.find(["A1"])
    await catalogue.get_with_stock("A1")
    assert table.lookups == []
    await catalogue.find(["A1", "A2"])
    assert table.lookups == [{"A2"}]


async def test_an_asset_that_another_replica_has_just_added_is_found() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    with pytest.raises(NotFound):
        await catalogue.get("A2")
    table.rows.append(asset(2))
    table.stock["A2"] = StockLevel(Decimal(7))
    assert await catalogue.get("A2") == asset(2)
    assert (await catalogue.get_with_stock("A2")).available == 7
    assert await catalogue.prices("A2", None, 10) == ([(asset(2).updated_at, Decimal("0.01"))], None)
    assert await catalogue.find(["A2", "A1"]) == [asset(2), asset(1)]
    assert list(catalogue.snapshot.assets) == ["A1", "A2"]
    assert table.lookups == [{"A2"}, {"A2"}]


async def test_it_is_unknown_whether_an_asset_exists_while_the_table_is_unavailable() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    table.is_down = True
    for call in (catalogue.get("A2"), catalogue.find(["A1", "A2"]), catalogue.prices("A2", None, 10)):
        with pytest.raises(ConnectionError):
            await call
    assert await catalogue.get("A1") == asset(1)


async def test_the_table_confirms_that_an_asset_is_inactive_if_asked() -> None:
    closed = replace(asset(1), is_active=False)
    table = Table(closed)
    catalogue = await catalogue_of(table)
    assert await catalogue.find(["A1"], confirm_inactive=True) == [closed]
    table.rows = [replace(closed, is_active=True, updated_at=closed.updated_at + timedelta(seconds=1))]
    assert await catalogue.find(["A1"]) == [closed]
    assert await catalogue.find(["A1"], confirm_inactive=True) == table.rows
    assert await catalogue.find(["A1"]) == table.rows


async def test_a_call_never_gets_a_lookup_that_began_before_it() -> None:
    table = Table()
    catalogue = await catalogue_of(table)
    table.gate.clear()
    early = asyncio.create_task(catalogue.find(["A1"]))
    await table.begun.wait()
    table.rows.append(asset(1))
    late = [asyncio.create_task(catalogue.find([asset_id])) for asset_id in ("A1", "A1", "A2")]
    await asyncio.sleep(0)
    table.gate.set()
    assert await early == []
    assert await asyncio.gather(*late) == [[asset(1)], [asset(1)], []]
    assert table.lookups == [{"A1"}, {"A1", "A2"}]


async def test_invented_assets_cannot_flood_the_table() -> None:
    table = Table()
    catalogue = await catalogue_of(table)
    calls = [catalogue.find([f"NO{number}"]) for number in range(200)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert answers.count([]) == 50
    assert sum(isinstance(answer, Unavailable) for answer in answers) == 150
    assert [len(asked) for asked in table.lookups] == [50]


async def test_a_cancelled_call_does_not_cancel_the_lookup_of_others() -> None:
    table = Table()
    catalogue = await catalogue_of(table)
    table.rows = [asset(1)]
    table.gate.clear()
    first, second = (asyncio.create_task(catalogue.find(["A1"])) for _ in range(2))
    await table.begun.wait()
    first.cancel()
    table.gate.set()
    assert await second == [asset(1)]


async def test_the_stock_of_a_known_asset_is_read_again() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    table.stock["A1"] = StockLevel(Decimal(6))
    assert await catalogue.get_with_stock("A1") == replace(asset(1), available=Decimal(6))
    with pytest.raises(NotFound):
        await catalogue.get_with_stock("A2")


async def test_prices_are_those_of_a_known_asset() -> None:
    catalogue = await catalogue_of(Table(asset(1), asset(2, price=5)))
    assert await catalogue.prices("A2", None, 10) == ([(asset(2).updated_at, Decimal("0.05"))], None)
    with pytest.raises(NotFound):
        await catalogue.prices("A3", None, 10)


async def test_an_old_catalogue_is_served_while_the_table_is_unavailable() -> None:
    table = Table(asset(1))
    catalogue = await catalogue_of(table)
    table.is_down = True
    await catalogue.refresh()
    assert await catalogue.get("A1") == asset(1)


async def test_the_catalogue_is_kept_fresh_and_survives_an_outage() -> None:
    table = Table(asset(1, price=1))
    catalogue = await catalogue_of(table)
    refreshing = asyncio.create_task(catalogue.keep_fresh())
    try:
        table.is_down = True
        await asyncio.sleep(0.05)
        table.is_down = False
        table.change(asset(1, price=2))
        async with asyncio.timeout(5):
            while True:
                await asyncio.sleep(0.005)
                if (await catalogue.get("A1")).price == Decimal("0.02"):
                    break
    finally:
        refreshing.cancel()
