from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from services.inventory.catalogue.domain import Asset, AssetFilter, Sort, asset_exists, asset_not_found, rank_taken
from tests.keyboards import full_width

BITCOIN = Asset(
    asset_id="BTC",
    name="Bitcoin",
    description="The first.",
    category="layer-1",
    price=Decimal("100000.00"),
    price_change_24h=Decimal("-1.27"),
    market_cap_rank=1,
    circulating_supply=Decimal(19850000),
    max_supply=Decimal(21000000),
    is_active=True,
    image="",
    updated_at=datetime(2026, 3, 1, tzinfo=UTC),
    available=Decimal(1250),
)
ETHER = replace(
    BITCOIN,
    asset_id="ETH",
    name="ethereum",
    price=Decimal(3500),
    price_change_24h=Decimal("0.36"),
    market_cap_rank=2,
)
WRAPPED = replace(
    BITCOIN, asset_id="WBTC", name="Wrapped BITCOIN", category="defi", price_change_24h=Decimal(0), market_cap_rank=10
)
ASSETS = [WRAPPED, ETHER, BITCOIN]


def found(search: str = "", category: str = "", sort: Sort = Sort.RANK) -> list[str]:
    return [asset.asset_id for asset in AssetFilter(search, category).select(ASSETS, sort)]


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
        assert AssetFilter(search).select([replace(BITCOIN, name=name)], Sort.RANK)


@pytest.mark.parametrize(
    ("category", "ids"),
    [("layer-1", ["BTC", "ETH"]), ("defi", ["WBTC"]), ("layer", []), ("", ["BTC", "ETH", "WBTC"])],
)
def test_a_category_is_matched_whole(category: str, ids: list[str]) -> None:
    assert found(category=category) == ids


def test_an_inactive_asset_is_found_only_on_request() -> None:
    closed = [replace(ETHER, is_active=False), BITCOIN]
    assert AssetFilter().select(closed, Sort.RANK) == [BITCOIN]
    assert AssetFilter(show_inactive=True).select(closed, Sort.RANK) == [BITCOIN, closed[0]]


def test_an_error_says_what_to_do() -> None:
    missing, exists = asset_not_found("BTC"), asset_exists("BTC")
    assert (missing.reason, missing.metadata) == ("ASSET_NOT_FOUND", {"asset_id": "BTC"})
    assert missing.message == "asset BTC does not exist; list the assets to find its id"
    assert (exists.reason, exists.message) == ("ASSET_EXISTS", "asset BTC exists already; update it instead")
    taken, by_another = rank_taken(3, "BTC"), rank_taken(3)
    assert (taken.reason, taken.metadata) == ("RANK_TAKEN", {"rank": "3"})
    assert taken.message == "BTC has rank 3; choose a free rank, or give BTC another one first"
    assert by_another.message.startswith("another asset has rank 3;")


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


def test_market_capitalisation_is_price_times_supply() -> None:
    assert BITCOIN.market_cap == Decimal("1985000000000.00")
    odd = replace(BITCOIN, price=Decimal("0.00001235"), circulating_supply=Decimal("589000000000000.123"))
    assert odd.market_cap == Decimal("7274150000.00")


def test_a_change_keeps_the_other_fields_and_is_later_than_the_previous_one() -> None:
    noon = BITCOIN.updated_at
    assert BITCOIN.changed({"price": Decimal(1)}, noon + timedelta(1)) == replace(
        BITCOIN, price=Decimal(1), updated_at=noon + timedelta(1)
    )
    for now in (noon, noon - timedelta(hours=1)):
        assert BITCOIN.changed({}, now).updated_at == noon + timedelta(microseconds=1)
