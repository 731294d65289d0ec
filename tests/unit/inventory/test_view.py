from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from services.inventory.catalogue.domain import Asset, CatalogueState
from services.inventory.catalogue.listings import AssetFilter, Sort, market_of
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.catalogue.view import View, view_of
from services.prices.frame import Source, Status
from tests.market_fakes import FakeStatistics, frame, price


def asset(number: int, cents: int = 1, name: str = "") -> Asset:
    return Asset(
        asset_id=f"A{number}",
        name=name or f"Asset {number}",
        description="",
        category="layer-1",
        price=Decimal(cents).scaleb(-2),
        priced_at=datetime(2026, 3, 1, tzinfo=UTC),
        circulating_supply=Decimal(1),
        max_supply=None,
        is_active=True,
        image="",
        updated_at=datetime(2026, 3, 1, tzinfo=UTC),
        available=Decimal(1),
    )


def view(*assets: Asset) -> View:
    """Returns the view without prices: each asset has the price that was set, and its last digit as change."""
    snapshot, market = Snapshot({one.asset_id: one for one in assets}), market_of(None, is_halted=False, is_stale=True)
    changes = {one.asset_id: FakeStatistics(Decimal(one.asset_id[-1])) for one in assets}
    return view_of(snapshot, None, market, changes, {})


# Few distinct values, so that many assets have the same sort key except for the id.
catalogues = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(["b", "B", "a", "ß", "Z"])),
    max_size=40,
).map(lambda rows: [asset(n, *row) for n, row in enumerate(rows)])


@given(catalogues, st.sampled_from(Sort), st.integers(1, 12))
def test_paging_returns_each_asset_once_in_order(assets: list[Asset], sort: Sort, size: int) -> None:
    selection = view(*assets).select(AssetFilter(), sort)
    cursor, pages = None, []
    for _ in range(100):
        page, cursor = selection.page(cursor, size)
        pages.append(page)
        if cursor is None:
            break
    listed = [one for page in pages for one in page]
    assert listed == selection.listings
    assert sorted(one.asset.asset_id for one in listed) == sorted(one.asset_id for one in assets)
    assert all(len(page) == size for page in pages[:-1])
    assert len(pages) == max(1, -(-len(assets) // size))  # no empty page at the end


@given(catalogues, st.sampled_from(Sort), st.integers(1, 12), st.data())
def test_assets_added_between_pages_cause_no_repetition(
    assets: list[Asset], sort: Sort, size: int, data: st.DataObject
) -> None:
    first, cursor = view(*assets).select(AssetFilter(), sort).page(None, size)
    added = data.draw(catalogues)
    later = [replace(one, asset_id=f"N{one.asset_id}") for one in added] + assets
    if cursor is None:
        return
    remaining, _ = view(*later).select(AssetFilter(), sort).page(cursor, 1000)
    assert not {one.asset.asset_id for one in remaining} & {one.asset.asset_id for one in first}
    assert {one.asset_id for one in assets} <= {one.asset.asset_id for one in first + remaining}


def test_a_search_ignores_case_and_runs_once() -> None:
    one = view(asset(1, name="Bitcoin"))
    assert one.select(AssetFilter("BIT"), Sort.RANK) is one.select(AssetFilter("bit"), Sort.RANK)


def test_the_cache_is_bounded_and_the_rest_is_still_answered() -> None:
    one = view(asset(1))
    for number in range(1000):
        assert one.select(AssetFilter(f"{number}"), Sort.RANK).keys == (
            [(Decimal("-0.01"), "A1")] if number == 1 else []
        )
        assert one.response(b"%d" % number, partial(str, number)) == str(number)
    cached = [one.response(b"%d" % number, lambda: "built again") != "built again" for number in range(1000)]
    assert sum(cached) == 256


def test_a_response_is_built_once() -> None:
    one = view()
    assert one.response(b"q", lambda: "first") == "first"
    assert one.response(b"q", lambda: "second") == "first"
    assert one.response(b"other", lambda: "second") == "second"


TWO = Snapshot({"A1": asset(1), "A2": asset(2)})


def test_a_listing_has_the_price_and_the_status_of_the_frame() -> None:
    now = frame({"A1": price("7.5", Status.SELL_ONLY), "A2": price("9")}, seq=5)
    market = market_of(now, is_halted=False, is_stale=False)
    listed = view_of(TWO, now, market, {}, {"A2": Decimal(3)}).listings
    assert listed["A1"].price == price("7.5", Status.SELL_ONLY)
    assert (listed["A2"].rank, listed["A1"].rank) == (1, 2), "ranks follow the prices of the frame"
    assert (listed["A2"].volume_24h, listed["A1"].volume_24h) == (3, 0)
    assert (market.seq, market.source, market.as_of) == (5, Source.SIMULATED, now.as_of)


def test_an_asset_that_the_frame_lacks_has_the_price_that_was_set() -> None:
    closed = replace(asset(2), is_active=False)
    now = frame({})
    market = market_of(now, is_halted=False, is_stale=False)
    listed = view_of(Snapshot({"A1": asset(1), "A2": closed}), now, market, {}, {}).listings
    one = listed["A1"].price
    assert (one.bid, one.middle, one.ask, one.status) == (*[Decimal("0.01")] * 3, Status.TRADING)
    assert listed["A2"].price.status is Status.HALTED
    assert (listed["A1"].rank, listed["A2"].rank) == (1, 0)


def test_every_asset_is_halted_while_the_market_is() -> None:
    now = frame({"A1": price("7.5")}, is_halted=True)
    halted = Snapshot(TWO.assets, CatalogueState(1, is_halted=True))
    for one in (now, None):  # without prices, the catalogue says so
        market = market_of(one, is_halted=halted.state.is_halted, is_stale=False)
        listed = view_of(halted, one, market, {}, {}).listings
        assert {listing.price.status for listing in listed.values()} == {Status.HALTED}
