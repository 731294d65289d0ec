from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.rpc.errors import NotFound, Unavailable
from services.inventory.catalogue.domain import Asset, Price, Sort
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
    selection = snapshot(*assets).select("", "", sort)
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
    first, cursor = snapshot(*assets).select("", "", sort).page(None, size)
    added = data.draw(catalogues)
    later = [replace(one, asset_id=f"N{one.asset_id}") for one in added] + assets
    if cursor is None:
        return
    remaining, _ = snapshot(*later).select("", "", sort).page(cursor, 1000)
    assert not {one.asset_id for one in remaining} & {one.asset_id for one in first}
    assert {one.asset_id for one in assets} <= {one.asset_id for one in first + remaining}


def test_a_search_ignores_case_and_runs_once() -> None:
    one = snapshot(asset(1, name="Bitcoin"))
    assert one.select("BIT", "", Sort.RANK) is one.select("bit", "", Sort.RANK)


def test_the_cache_is_bounded_and_the_rest_is_still_answered() -> None:
    catalogue = snapshot(asset(1))
    for number in range(1000):
        assert catalogue.select(f"{number}", "", Sort.RANK).assets == ([asset(1)] if number == 1 else [])
        assert catalogue.response(b"%d" % number, partial(str, number)) == str(number)
    cached = [catalogue.response(b"%d" % number, lambda: "built again") != "built again" for number in range(1000)]
    assert sum(cached) == 256


def test_a_response_is_built_once() -> None:
    one = snapshot()
    assert one.response(b"q", lambda: "first") == "first"
    assert one.response(b"q", lambda: "second") == "first"
    assert one.response(b"other", lambda: "second") == "second"


class Table:
    """A table of assets that can be unavailable. Each asset has a stock of 7."""

    def __init__(self, *assets: Asset) -> None:
        self.rows = list(assets)
        self.is_down = False

    async def assets(self) -> list[Asset]:
        if self.is_down:
            raise ConnectionError("down")
        return self.rows

    async def prices(self, asset_id: str, cursor: str | None, size: int) -> tuple[list[Price], str | None]:
        return [Price(one.updated_at, one.price) for one in self.rows if one.asset_id == asset_id], cursor

    async def available(self, asset_id: str) -> Decimal:
        return Decimal(7)

    async def available_by_asset(self, asset_ids: Sequence[str]) -> Mapping[str, Decimal]:
        return dict.fromkeys(asset_ids, Decimal(7))


def catalogue_of(table: Table, refresh_seconds: float = 0.01) -> Catalogue:
    return Catalogue(table, table, refresh_seconds)


async def test_the_catalogue_is_unavailable_before_the_first_read() -> None:
    table = Table(asset(1))
    table.is_down = True
    catalogue = catalogue_of(table)
    await catalogue.refresh()
    with pytest.raises(Unavailable):
        _ = catalogue.snapshot
    with pytest.raises(Unavailable):
        catalogue.get("A1")


async def test_an_asset_is_found_by_its_id() -> None:
    catalogue = catalogue_of(Table(asset(1)))
    await catalogue.refresh()
    assert catalogue.get("A1") == asset(1)
    with pytest.raises(NotFound) as refusal:
        catalogue.get("A2")
    assert refusal.value.reason == "ASSET_NOT_FOUND"
    assert refusal.value.metadata == {"asset_id": "A2"}
    assert catalogue.find(["A2", "A1", "A3"]) == [asset(1)]


async def test_the_stock_of_a_known_asset_is_read_again() -> None:
    catalogue = catalogue_of(Table(asset(1)))
    await catalogue.refresh()
    assert await catalogue.get_with_stock("A1") == replace(asset(1), available=Decimal(7))
    with pytest.raises(NotFound):
        await catalogue.get_with_stock("A2")


async def test_prices_are_those_of_a_known_asset() -> None:
    catalogue = catalogue_of(Table(asset(1), asset(2, price=5)))
    await catalogue.refresh()
    assert await catalogue.prices("A2", None, 10) == ([(asset(2).updated_at, Decimal("0.05"))], None)
    with pytest.raises(NotFound):
        await catalogue.prices("A3", None, 10)


async def test_an_old_catalogue_is_served_while_the_table_is_unavailable() -> None:
    table = Table(asset(1))
    catalogue = catalogue_of(table)
    await catalogue.refresh()
    table.is_down = True
    await catalogue.refresh()
    assert catalogue.get("A1") == asset(1)


async def test_the_catalogue_is_kept_fresh_and_survives_an_outage() -> None:
    table = Table(asset(1, price=1))
    catalogue = catalogue_of(table)
    refreshing = asyncio.create_task(catalogue.keep_fresh())
    try:
        table.is_down = True
        await asyncio.sleep(0.05)
        table.is_down, table.rows = False, [asset(1, price=2)]
        async with asyncio.timeout(5):
            while True:
                await asyncio.sleep(0.005)
                try:
                    if catalogue.get("A1").price == Decimal("0.02"):
                        break
                except Unavailable:
                    continue
    finally:
        refreshing.cancel()
