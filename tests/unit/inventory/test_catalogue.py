from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.rpc.errors import NotFound, Unavailable
from services.inventory.catalogue.domain import Asset, AssetFilter, Price, Sort
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.catalogue.usecases import Catalogue


def asset(number: int, price: int = 1, change: int = 0, name: str = "", rank: int = 1) -> Asset:
    return Asset(
        asset_id=f"A{number}",
        name=name or f"Asset {number}",
        description="",
        category="layer-1",
        price=Decimal(price).scaleb(-2),
        price_change_24h=Decimal(change).scaleb(-2),
        market_cap_rank=rank,
        circulating_supply=Decimal(1),
        max_supply=None,
        is_active=True,
        image="",
        updated_at=datetime(2026, 3, 1, tzinfo=UTC),
        available=Decimal(1),
    )


def snapshot(*assets: Asset) -> Snapshot:
    return Snapshot({one.asset_id: one for one in assets})


# Few distinct values, so that many assets have the same sort key except for the id.
catalogues = st.lists(
    st.tuples(st.integers(1, 3), st.integers(-2, 2), st.sampled_from(["b", "B", "a", "ß", "Z"]), st.integers(1, 4)),
    max_size=40,
).map(lambda rows: [asset(n, *row) for n, row in enumerate(rows)])


@given(catalogues, st.sampled_from(Sort), st.integers(1, 12))
def test_paging_returns_each_asset_once_in_order(assets: list[Asset], sort: Sort, size: int) -> None:
    selection = snapshot(*assets).select(AssetFilter(), sort)
    cursor, pages = None, []
    for _ in range(100):
        page, cursor = selection.page(cursor, size)
        pages.append(page)
        if cursor is None:
            break
    listed = [one for page in pages for one in page]
    assert listed == selection.assets
    assert sorted(one.asset_id for one in listed) == sorted(one.asset_id for one in assets)
    assert all(len(page) == size for page in pages[:-1])
    assert len(pages) == max(1, -(-len(assets) // size))  # no empty page at the end


@given(catalogues, st.sampled_from(Sort), st.integers(1, 12), st.data())
def test_assets_added_between_pages_cause_no_repetition(
    assets: list[Asset], sort: Sort, size: int, data: st.DataObject
) -> None:
    first, cursor = snapshot(*assets).select(AssetFilter(), sort).page(None, size)
    added = data.draw(catalogues)
    later = [replace(one, asset_id=f"N{one.asset_id}") for one in added] + assets
    if cursor is None:
        return
    remaining, _ = snapshot(*later).select(AssetFilter(), sort).page(cursor, 1000)
    assert not {one.asset_id for one in remaining} & {one.asset_id for one in first}
    assert {one.asset_id for one in assets} <= {one.asset_id for one in first + remaining}


def test_a_search_ignores_case_and_runs_once() -> None:
    one = snapshot(asset(1, name="Bitcoin"))
    assert one.select(AssetFilter("BIT"), Sort.RANK) is one.select(AssetFilter("bit"), Sort.RANK)


def test_the_cache_is_bounded_and_the_rest_is_still_answered() -> None:
    catalogue = snapshot(asset(1))
    for number in range(1000):
        assert catalogue.select(AssetFilter(f"{number}"), Sort.RANK).assets == ([asset(1)] if number == 1 else [])
        assert catalogue.response(b"%d" % number, partial(str, number)) == str(number)
    cached = [catalogue.response(b"%d" % number, lambda: "built again") != "built again" for number in range(1000)]
    assert sum(cached) == 256


def test_a_response_is_built_once() -> None:
    one = snapshot()
    assert one.response(b"q", lambda: "first") == "first"
    assert one.response(b"q", lambda: "second") == "first"
    assert one.response(b"other", lambda: "second") == "second"


class Table:
    """A table of assets that can be unavailable. Each asset has a stock of 7.

    Reads that are not consistent return the assets as they were when `is_behind` was set. A lookup waits for `gate`.
    """

    def __init__(self, *assets: Asset) -> None:
        self.rows = list(assets)
        self.is_down = False
        self.lookups: list[set[str]] = []
        self.begun = asyncio.Event()  # a lookup has begun
        self.gate = asyncio.Event()
        self.gate.set()
        self._earlier: list[Asset] | None = None

    def fall_behind(self) -> None:
        self._earlier = list(self.rows)

    async def assets(self, *, consistent: bool) -> list[Asset]:
        if self.is_down:
            raise ConnectionError("down")
        return self.rows if consistent or self._earlier is None else self._earlier

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
        return Decimal(7)

    async def available_by_asset(self, asset_ids: Sequence[str], *, consistent: bool) -> Mapping[str, Decimal]:
        return dict.fromkeys(asset_ids, Decimal(7))


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


async def test_the_first_read_is_consistent() -> None:
    table = Table()
    table.fall_behind()
    table.rows = [asset(1)]
    assert list((await catalogue_of(table)).snapshot.assets) == ["A1"]


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
    table.fall_behind()
    with pytest.raises(NotFound):
        await catalogue.get("A2")
    table.rows.append(asset(2))
    assert await catalogue.get("A2") == asset(2)
    assert (await catalogue.get_with_stock("A2")).available == 7
    assert await catalogue.prices("A2", None, 10) == ([(asset(2).updated_at, Decimal("0.01"))], None)
    assert await catalogue.find(["A2", "A1"]) == [asset(2), asset(1)]
    assert catalogue.snapshot.select(AssetFilter(), Sort.RANK).assets == [asset(1), asset(2)]
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
    catalogue = await catalogue_of(Table(asset(1)))
    assert await catalogue.get_with_stock("A1") == replace(asset(1), available=Decimal(7))
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
        table.is_down, table.rows = False, [asset(1, price=2)]
        async with asyncio.timeout(5):
            while True:
                await asyncio.sleep(0.005)
                if (await catalogue.get("A1")).price == Decimal("0.02"):
                    break
    finally:
        refreshing.cancel()
