from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.money import SATOSHI
from services.inventory.market.publication.spread import Spread

SPREAD = Spread(Decimal("0.10"), {"stablecoin": Decimal("0.02")})


@pytest.mark.parametrize(
    ("category", "increment", "bid", "ask"),
    [
        ("layer-1", "0.00000001", "99.95", "100.05"),
        ("stablecoin", "0.00000001", "99.99", "100.01"),
        ("layer-1", "0.1", "99.9", "100.1"),  # rounded away from the middle
        ("layer-1", "10", "90", "110"),
        ("layer-1", "1000", "90", "110"),  # too large for this price
    ],
)
def test_half_of_the_difference_lies_on_each_side(category: str, increment: str, bid: str, ask: str) -> None:
    assert SPREAD.around(Decimal(100), category, Decimal(increment)) == (Decimal(bid), Decimal(ask))


def test_without_a_difference_bid_and_ask_are_the_middle() -> None:
    middle = Decimal("64012.12345678")
    assert Spread(Decimal(0)).around(middle, "", SATOSHI) == (middle, middle)


@pytest.mark.parametrize(
    ("middle", "bid", "ask"),
    [("10", "9", "11"), ("9.99", "9.9", "10"), ("1", "0.9", "1.1"), ("0.00000001", "0.00000001", "0.00000002")],
)
def test_an_increment_of_more_than_a_tenth_of_the_price_is_replaced_by_a_smaller_one(
    middle: str, bid: str, ask: str
) -> None:
    assert SPREAD.around(Decimal(middle), "", Decimal(1)) == (Decimal(bid), Decimal(ask))


@given(
    middle=st.one_of(st.integers(1, 10**17), st.integers(1, 1000)).map(lambda units: units * SATOSHI),
    percent=st.decimals(0, 50, places=4),
    increment=st.integers(-8, 6).map(lambda exponent: Decimal(10) ** exponent),
)
def test_bid_and_ask_are_the_spread_and_less_than_an_increment_away(
    middle: Decimal, percent: Decimal, increment: Decimal
) -> None:
    bid, ask = Spread(percent).around(middle, "", increment)
    half = middle * percent / 200
    step = min(increment, max(middle / 10, SATOSHI))
    assert SATOSHI <= bid <= middle <= ask
    assert middle - bid < half + step
    assert ask - middle < half + step
    if increment <= middle / 10:
        assert bid % increment == ask % increment == 0
    assert bid % SATOSHI == ask % SATOSHI == 0
