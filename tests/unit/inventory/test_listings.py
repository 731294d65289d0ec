from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.listings import AssetFilter, Listing, Sort, ranks
from tests.keyboards import full_width
from tests.market_fakes import listing, price

BITCOIN = Asset(
    asset_id="BTC",
    name="Bitcoin",
    description="The first.",
    category="layer-1",
    price=Decimal("100000.00"),
    priced_at=datetime(2026, 3, 1, tzinfo=UTC),
    circulating_supply=Decimal(19850000),
    max_supply=Decimal(21000000),
    is_active=True,
    image="",
    updated_at=datetime(2026, 3, 1, tzinfo=UTC),
    available=Decimal(1250),
)
ETHER = replace(BITCOIN, asset_id="ETH", name="ethereum", price=Decimal(3500))
WRAPPED = replace(BITCOIN, asset_id="WBTC", name="Wrapped BITCOIN", category="defi", circulating_supply=Decimal(1))
LISTINGS = [listing(WRAPPED), listing(ETHER, "0.36"), listing(BITCOIN, "-1.27")]


def found(search: str = "", category: str = "", sort: Sort = Sort.RANK) -> list[str]:
    return [one.asset.asset_id for one in AssetFilter(search, category).select(LISTINGS, sort)]


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("", ["BTC", "ETH", "WBTC"]),
        ("btc", ["BTC", "WBTC"]),
        ("bitCOIN", ["BTC", "WBTC"]),
        ("ETHER", ["ETH"]),
        ("wrapped b", ["WBTC"]),
        ("The first", []),
        ("%", []),
        (".*", []),
    ],
)
def test_a_search_finds_symbols_and_names_in_any_case(search: str, ids: list[str]) -> None:
    assert found(search) == ids


@pytest.mark.parametrize("search", ["é", "e\u0301", "CAFE\u0301", full_width("café")])
def test_a_search_finds_names_however_the_keyboard_composes_its_letters(search: str) -> None:
    for name in ("Café Coin", "Cafe\u0301 Coin"):
        assert AssetFilter(search).select([listing(replace(BITCOIN, name=name))], Sort.RANK)


@pytest.mark.parametrize(
    ("category", "ids"),
    [("layer-1", ["BTC", "ETH"]), ("defi", ["WBTC"]), ("layer", []), ("", ["BTC", "ETH", "WBTC"])],
)
def test_a_category_is_matched_whole(category: str, ids: list[str]) -> None:
    assert found(category=category) == ids


def test_an_inactive_asset_is_found_only_on_request() -> None:
    closed, opened = listing(replace(ETHER, is_active=False)), listing(BITCOIN)
    assert AssetFilter().select([closed, opened], Sort.RANK) == [opened]
    assert AssetFilter(show_inactive=True).select([closed, opened], Sort.RANK) == [opened, closed]


def test_search_and_category_are_combined() -> None:
    assert found("btc", "defi") == ["WBTC"]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (Sort.RANK, ["BTC", "ETH", "WBTC"]),
        (Sort.NAME, ["BTC", "ETH", "WBTC"]),
        (Sort.PRICE, ["BTC", "WBTC", "ETH"]),  # the highest price first, then by id
        (Sort.CHANGE, ["ETH", "WBTC", "BTC"]),  # the largest gain first
    ],
)
def test_assets_are_sorted(sort: Sort, ids: list[str]) -> None:
    assert found(sort=sort) == ids


def test_ranks_follow_the_market_capitalisation_of_active_assets() -> None:
    closed = replace(BITCOIN, asset_id="CLOSED", is_active=False)
    same = replace(ETHER, asset_id="AAA")
    assert ranks(map(listing, [WRAPPED, ETHER, closed, same, BITCOIN])) == {"BTC": 1, "AAA": 2, "ETH": 3, "WBTC": 4}
    risen = Listing(ETHER, price("100000.01"))
    assert ranks([listing(BITCOIN), risen]) == {"ETH": 1, "BTC": 2}


def test_no_digit_of_a_large_market_capitalisation_is_lost_when_it_is_sorted() -> None:
    supply = Decimal("999999999999999.99999999")
    large = [
        listing(replace(BITCOIN, asset_id=f"A{n}", circulating_supply=supply, price=Decimal(f"999999999.0000000{n}")))
        for n in range(5)
    ]
    assert ranks(large) == {"A4": 1, "A3": 2, "A2": 3, "A1": 4, "A0": 5}


def test_market_capitalisation_is_price_times_supply() -> None:
    assert listing(BITCOIN).market_cap == Decimal("1985000000000.00")
    odd = replace(BITCOIN, price=Decimal("0.00001235"), circulating_supply=Decimal("589000000000000.123"))
    assert listing(odd).market_cap == Decimal("7274150000.00")
