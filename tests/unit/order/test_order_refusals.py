"""Why an order is refused before it is filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.common.rpc.errors import FailedPrecondition
from services.order import refusals
from services.order.previews import Bound
from services.order.refusals import Available
from services.order.ticket import Quote, Rules, Side, Ticket
from services.prices.frame import Status


def ticket(side: Side = Side.BUY, quantity: str = "1", **changes: Any) -> Ticket:
    given_prices = {name: Decimal(value) for name, value in changes.items() if name != "request_id"}
    return Ticket("u-1", side, "BTC", Decimal(quantity), request_id=changes.get("request_id", "r-1"), **given_prices)


def quote(price: str = "100", *, is_active: bool = True) -> Quote:
    return Quote("BTC", Decimal(price), is_active, as_of=datetime(2026, 3, 1, 12, tzinfo=UTC))


def reason(checked: Ticket, at: Quote, preview: Bound | None = None) -> str:
    """Returns the reason for which a ticket is refused, "" if it is accepted."""
    try:
        refusals.check(checked, at, preview)
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
            "the order is worth 0.0125 USD; change it so that it is worth 1.00 to 1000000.00 USD",
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


@pytest.mark.parametrize(
    ("side", "changes", "why"),
    [
        (Side.BUY, {"status": Status.HALTED}, "ASSET_HALTED"),
        (Side.SELL, {"status": Status.HALTED}, "ASSET_HALTED"),
        (Side.BUY, {"status": Status.SELL_ONLY}, "ASSET_SELL_ONLY"),
        (Side.SELL, {"status": Status.SELL_ONLY}, ""),
        (Side.BUY, {"is_market_halted": True}, "MARKET_HALTED"),
        (Side.SELL, {"is_market_halted": True, "status": Status.HALTED}, "MARKET_HALTED"),
        (Side.BUY, {"is_active": False, "is_market_halted": True, "status": Status.HALTED}, "ASSET_INACTIVE"),
    ],
)
def test_the_trading_status_says_what_may_be_ordered(side: Side, changes: dict[str, Any], why: str) -> None:
    at = replace(quote(), **changes)
    assert reason(ticket(side), at) == why
    if why:  # before anything else
        assert reason(ticket(side, "0.000001"), at) == why


@pytest.mark.parametrize(
    ("increment", "quantity", "refused"),
    [
        ("0.001", "1.001", False),
        ("0.001", "1.0010", False),
        ("0.001", "1.0001", True),
        ("1", "3", False),
        ("1", "3.00000001", True),
        ("10", "25", True),
        ("0.00000001", "0.12345678", False),
    ],
)
def test_a_quantity_must_be_a_multiple_of_the_increment(increment: str, quantity: str, refused: bool) -> None:
    at = replace(quote(), rules=Rules(quantity_increment=Decimal(increment)))
    assert reason(ticket(quantity=quantity), at) == ("QUANTITY_INCREMENT" if refused else "")


@pytest.mark.parametrize(
    ("quantity", "refused"), [("0.09999999", True), ("0.1", False), ("5", False), ("5.00000001", True)]
)
def test_the_rules_of_the_asset_limit_the_value(quantity: str, refused: bool) -> None:
    at = replace(quote(), rules=Rules(value_min=Decimal(10), value_max=Decimal(500)))
    assert reason(ticket(quantity=quantity), at) == ("ORDER_VALUE_OUT_OF_RANGE" if refused else "")


@pytest.mark.parametrize(
    ("side", "fee_percent", "worth"),
    [
        (Side.BUY, "0.10", "0.99 USD without the fee, which is a part of the 1.00 USD;"),
        (Side.BUY, "0", "1.00 USD;"),
        (Side.SELL, "0.10", "1.00 USD;"),
    ],
)
def test_an_amount_that_is_too_small_with_its_fee_is_explained(side: Side, fee_percent: str, worth: str) -> None:
    at = replace(quote(), fee_percent=Decimal(fee_percent), rules=Rules(value_min=Decimal(2)))
    with pytest.raises(FailedPrecondition) as refusal:
        refusals.check(ticket(side, "0", quote_amount="1.00").sized(at), at)
    assert refusal.value.reason == "ORDER_VALUE_OUT_OF_RANGE"
    assert refusal.value.message.startswith(f"the order is worth {worth}")


@pytest.mark.parametrize(
    ("holding", "why"),
    [
        ("0", "INSUFFICIENT_HOLDINGS"),
        ("0.00000001", ""),  # worth less than a cent, and no multiple of the increment
        ("123456.5", ""),  # worth more than the maximum
        ("99999999999", "ORDER_VALUE_OUT_OF_RANGE"),  # worth more than any amount that the services know
    ],
)
def test_closing_a_position_has_no_increment_and_no_smallest_or_largest_value(holding: str, why: str) -> None:
    at = replace(quote(), rules=Rules(quantity_increment=Decimal(1)))
    closing = replace(ticket(Side.SELL), sell_all=True).sized(at, Decimal(holding))
    assert reason(closing, at) == why


@pytest.mark.parametrize(("side", "last"), [(Side.BUY, "105"), (Side.SELL, "95")])
def test_a_preview_bounds_the_price_until_it_expires(side: Side, last: str) -> None:
    bound = Bound.at(quote(), side)
    worse = Decimal("0.00000001") * (1 if side is Side.BUY else -1)
    good, bad = quote(last), quote(str(Decimal(last) + worse))
    assert reason(ticket(side), good, bound) == ""
    assert reason(ticket(side), bad, bound) == "PRICE_OUT_OF_BOUNDS"
    for seconds, why in ((9.999, ""), (10, "PREVIEW_EXPIRED"), (11, "PREVIEW_EXPIRED")):
        later = replace(good, as_of=good.as_of + timedelta(seconds=seconds))
        assert reason(ticket(side), later, bound) == why


def test_a_preview_does_not_weaken_a_limit() -> None:
    assert reason(ticket(limit_price="99"), quote(), Bound.at(quote(), Side.BUY)) == "PRICE_OUT_OF_BOUNDS"


@pytest.mark.parametrize(
    ("side", "cash", "refused"),
    [(Side.BUY, "100.10", False), (Side.BUY, "100.09", True), (Side.SELL, "0", False)],
)
def test_a_buy_needs_the_amount_and_the_fee(side: Side, cash: str, refused: bool) -> None:
    at = replace(quote(), fee_percent=Decimal("0.10"))
    if not refused:
        refusals.check_funds(ticket(side), at, Decimal(cash))
        return
    with pytest.raises(FailedPrecondition) as refusal:
        refusals.check_funds(ticket(side), at, Decimal(cash))
    assert refusal.value.reason == "INSUFFICIENT_FUNDS"
    assert refusal.value.metadata == {"needed": "100.10", "available": "100.09"}
