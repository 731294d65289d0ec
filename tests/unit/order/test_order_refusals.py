"""Why an order is refused before it is filled."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.common.rpc.errors import FailedPrecondition
from services.order import refusals
from services.order.domain import Quote, Side, Ticket
from services.order.refusals import Available


def ticket(side: Side = Side.BUY, quantity: str = "1", **changes: Any) -> Ticket:
    given_prices = {name: Decimal(value) for name, value in changes.items() if name != "request_id"}
    return Ticket("u-1", side, "BTC", Decimal(quantity), request_id=changes.get("request_id", "r-1"), **given_prices)


def quote(price: str = "100", *, is_active: bool = True) -> Quote:
    return Quote("BTC", Decimal(price), is_active)


def reason(checked: Ticket, at: Quote) -> str:
    """Returns the reason for which a ticket is refused, "" if it is accepted."""
    try:
        refusals.check(checked, at)
    except FailedPrecondition as refusal:
        return refusal.reason
    return ""


@pytest.mark.parametrize(
    ("refused", "at", "text"),
    [
        (ticket(), quote(is_active=False), "BTC is closed for trading; choose another asset"),
        (
            ticket(quantity="0.001"),
            quote("12.5"),
            "the order is worth 0.0125 USD; change the quantity so that it is worth 1.00 to 1000000.00 USD",
        ),
        (
            ticket(limit_price="99"),
            quote("100.5"),
            "the price is 100.50 USD, above the limit of the order; change the limit or order again later",
        ),
        (
            ticket(Side.SELL, limit_price="101"),
            quote("100.5"),
            "the price is 100.50 USD, below the limit of the order; change the limit or order again later",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(refused: Ticket, at: Quote, text: str) -> None:
    with pytest.raises(FailedPrecondition) as refusal:
        refusals.check(refused, at)
    assert refusal.value.message == text


@pytest.mark.parametrize(
    ("side", "price", "refused"),
    [
        (Side.BUY, "99.99999999", False),
        (Side.BUY, "100", False),
        (Side.BUY, "100.00000001", True),
        (Side.SELL, "100.00000001", False),
        (Side.SELL, "100", False),
        (Side.SELL, "99.99999999", True),
    ],
)
def test_the_limit_price_is_the_worst_accepted_price(side: Side, price: str, refused: bool) -> None:
    assert reason(ticket(side, limit_price="100"), quote(price)) == ("PRICE_OUT_OF_BOUNDS" if refused else "")


@pytest.mark.parametrize(
    ("side", "slippage", "price", "refused"),
    [
        (Side.BUY, "1", "101", False),
        (Side.BUY, "1", "101.00000001", True),
        (Side.BUY, "0", "100", False),
        (Side.BUY, "0", "100.00000001", True),
        (Side.BUY, "0", "50", False),
        (Side.SELL, "1", "99", False),
        (Side.SELL, "1", "98.99999999", True),
        (Side.SELL, "0.0001", "99.9999", False),
        (Side.SELL, "0.0001", "99.99989999", True),
        (Side.SELL, "100", "1", False),
    ],
)
def test_slippage_limits_how_much_worse_than_expected_the_price_may_be(
    side: Side, slippage: str, price: str, refused: bool
) -> None:
    checked = ticket(side, expected_price="100", max_slippage=slippage)
    assert reason(checked, quote(price)) == ("PRICE_OUT_OF_BOUNDS" if refused else "")


@pytest.mark.parametrize(("side", "worst"), [(Side.BUY, "101"), (Side.SELL, "105")])
def test_the_stricter_of_two_price_limits_applies(side: Side, worst: str) -> None:
    expected = "100" if side is Side.BUY else "106"
    checked = ticket(side, limit_price="105", expected_price=expected, max_slippage="1")
    assert checked.worst_price() == Decimal(worst)


def test_without_a_price_limit_any_price_is_accepted() -> None:
    assert ticket().worst_price() is None
    assert reason(ticket(), quote("1000000")) == ""


@pytest.mark.parametrize("price", ["0.00000001", "1000000"])
def test_an_inactive_asset_is_refused_before_anything_else(price: str) -> None:
    assert reason(ticket(limit_price="1"), quote(price, is_active=False)) == "ASSET_INACTIVE"


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(
    ("quantity", "price", "refused"),
    [
        ("1", "1", False),
        ("1", "0.99999999", True),  # would round up to 1.00
        ("0.000001", "1000000", False),
        ("0.00000001", "1", True),
        ("1", "1000000", False),
        ("1", "1000000.00000001", True),  # would round down to 1000000.00
        ("999999999999.99999999", "999999999.99999999", True),
    ],
)
def test_the_value_must_be_between_a_dollar_and_a_million_before_it_is_rounded(
    side: Side, quantity: str, price: str, refused: bool
) -> None:
    assert reason(ticket(side, quantity), quote(price)) == ("ORDER_VALUE_OUT_OF_RANGE" if refused else "")


@given(
    side=st.sampled_from(Side),
    expected=st.integers(10**7, 10**13),
    slippage=st.integers(0, 10**6),
    off=st.integers(-2, 2),
    limit_off=st.integers(-2, 2),
)
def test_prices_next_to_a_limit_are_on_the_right_side_of_it(
    side: Side, expected: int, slippage: int, off: int, limit_off: int
) -> None:
    """Compares with integer arithmetic: prices in units of 10^-8, slippage in units of 10^-4 percent."""
    factor = 10**6 + slippage if side is Side.BUY else 10**6 - slippage
    price = expected * factor // 10**6 + off
    assume(price >= 10**8)  # worth a dollar
    limit = price + limit_off
    checked = ticket(
        side,
        limit_price=str(Decimal(limit).scaleb(-8)),
        expected_price=str(Decimal(expected).scaleb(-8)),
        max_slippage=str(Decimal(slippage).scaleb(-4)),
    )
    worse = price > limit if side is Side.BUY else price < limit
    slipped = price * 10**6 > expected * factor if side is Side.BUY else price * 10**6 < expected * factor
    assert reason(checked, quote(str(Decimal(price).scaleb(-8)))) == ("PRICE_OUT_OF_BOUNDS" if worse or slipped else "")


@pytest.mark.parametrize(
    ("side", "cash", "holding", "stock", "reasons"),
    [
        (Side.BUY, "100", "0", "1", []),
        (Side.BUY, "99.99", "9", "1", ["INSUFFICIENT_FUNDS"]),
        (Side.BUY, "100", "9", "0.99999999", ["OUT_OF_STOCK"]),
        (Side.BUY, "0", "9", "0", ["OUT_OF_STOCK", "INSUFFICIENT_FUNDS"]),
        (Side.SELL, "0", "1", "0", []),
        (Side.SELL, "999", "0.99999999", "9", ["INSUFFICIENT_HOLDINGS"]),
    ],
)
def test_shortfalls_name_what_the_side_of_the_order_needs_and_lacks(
    side: Side, cash: str, holding: str, stock: str, reasons: list[str]
) -> None:
    available = Available(Decimal(cash), Decimal(holding), Decimal(stock))
    assert available.shortfalls(ticket(side), Decimal(100)) == reasons
