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
        ("layer-1", "1000", "0.00000001", "1000"),  # never 0
    ],
)
def test_half_of_the_difference_lies_on_each_side(category: str, increment: str, bid: str, ask: str) -> None:
    assert SPREAD.around(Decimal(100), category, Decimal(increment)) == (Decimal(bid), Decimal(ask))


def test_without_a_difference_bid_and_ask_are_the_middle() -> None:
    middle = Decimal("64012.12345678")
    assert Spread(Decimal(0)).around(middle, "", SATOSHI) == (middle, middle)


@given(
    middle=st.integers(1, 10**17).map(lambda units: units * SATOSHI),
    percent=st.decimals(0, 50, places=4),
    increment=st.integers(-8, 6).map(lambda exponent: Decimal(10) ** exponent),
)
def test_the_middle_lies_between_bid_and_ask(middle: Decimal, percent: Decimal, increment: Decimal) -> None:
    bid, ask = Spread(percent).around(middle, "", increment)
    assert SATOSHI <= bid <= middle <= ask
    assert ask % increment == 0
    assert bid % increment == 0 or bid == SATOSHI
