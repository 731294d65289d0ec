from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.domain import Asset, Sort, Step, out_of_stock, select, shard_of, spread, voided

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
    return [asset.asset_id for asset in select(ASSETS, search, category, sort)]


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


@pytest.mark.parametrize(
    ("category", "ids"),
    [("layer-1", ["BTC", "ETH"]), ("defi", ["WBTC"]), ("layer", []), ("", ["BTC", "ETH", "WBTC"])],
)
def test_a_category_is_matched_whole(category: str, ids: list[str]) -> None:
    assert found(category=category) == ids


def test_search_and_category_both_count() -> None:
    assert found("btc", "defi") == ["WBTC"]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (Sort.RANK, ["BTC", "ETH", "WBTC"]),
        (Sort.NAME, ["BTC", "ETH", "WBTC"]),
        (Sort.PRICE, ["BTC", "WBTC", "ETH"]),  # the dearest first, then by id
        (Sort.CHANGE, ["ETH", "WBTC", "BTC"]),  # the greatest gain first
    ],
)
def test_assets_are_sorted(sort: Sort, ids: list[str]) -> None:
    assert found(sort=sort) == ids


def test_market_capitalisation_is_price_times_supply() -> None:
    assert BITCOIN.market_cap == Decimal("1985000000000.00")
    odd = replace(BITCOIN, price=Decimal("0.00001235"), circulating_supply=Decimal("589000000000000.123"))
    assert odd.market_cap == Decimal("7274150000.00")


def test_refusals_say_what_was_wanted() -> None:
    step = Step("e", "o-1", "BTC", Decimal("-0.50"))
    assert out_of_stock(step).reason == "OUT_OF_STOCK"
    assert out_of_stock(step).metadata == {"needed": "0.5"}
    assert voided(step).reason == "STOCK_VOIDED"
    assert voided(step).metadata == {"order_id": "o-1"}


@given(st.integers(0, 10**20 - 1).map(lambda n: Decimal(n).scaleb(-8)), st.integers(1, 16))
def test_stock_that_is_spread_is_all_there_in_nearly_equal_parts(quantity: Decimal, shards: int) -> None:
    parts = spread(quantity, shards)
    assert len(parts) == shards
    assert sum(parts) == quantity
    assert min(parts) >= 0
    assert max(parts) - min(parts) < Decimal("0.00000001") * shards


def test_an_order_starts_at_the_same_shard_each_time_and_orders_spread_over_all() -> None:
    steps = [Step(f"e-{n}", f"o-{n}", "BTC", Decimal(-1)) for n in range(400)]
    shards = [shard_of(step, 4) for step in steps]
    assert shards == [shard_of(step, 4) for step in steps]
    assert all(shards.count(shard) > 50 for shard in range(4))
    assert {shard_of(step, 1) for step in steps} == {0}
