from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.order.domain import Order, Quote, Side, Status, Ticket, accept, obstacle_to, shortages

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)


def ticket(side: Side = Side.BUY, quantity: str = "1", **changes: Any) -> Ticket:
    given_prices = {name: Decimal(value) for name, value in changes.items() if name != "request_id"}
    return Ticket("u-1", side, "BTC", Decimal(quantity), request_id=changes.get("request_id", "r-1"), **given_prices)


def quote(price: str = "100", *, is_active: bool = True) -> Quote:
    return Quote("BTC", Decimal(price), is_active)


def reason(asked: Ticket, at: Quote) -> str:
    obstacle = obstacle_to(asked, at)
    return obstacle.reason if obstacle else ""


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
def test_a_limit_price_is_the_worst_that_is_accepted(side: Side, price: str, refused: bool) -> None:
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
        (Side.SELL, "100", "0.01", False),
    ],
)
def test_slippage_is_how_much_worse_than_seen_a_price_may_be(
    side: Side, slippage: str, price: str, refused: bool
) -> None:
    asked = ticket(side, expected_price="100", max_slippage=slippage)
    assert reason(asked, quote(price)) == ("PRICE_OUT_OF_BOUNDS" if refused else "")


@pytest.mark.parametrize(("side", "worst"), [(Side.BUY, "101"), (Side.SELL, "105")])
def test_of_two_guards_the_stricter_counts(side: Side, worst: str) -> None:
    expected = "100" if side is Side.BUY else "106"
    asked = ticket(side, limit_price="105", expected_price=expected, max_slippage="1")
    assert asked.worst_price() == Decimal(worst)


def test_without_a_guard_any_price_is_accepted() -> None:
    assert ticket().worst_price() is None
    assert reason(ticket(), quote("1000000")) == ""


@pytest.mark.parametrize("price", ["0.00000001", "1000000"])
def test_an_asset_that_is_not_for_trade_is_refused_before_all_else(price: str) -> None:
    assert reason(ticket(limit_price="1"), quote(price, is_active=False)) == "ASSET_INACTIVE"


@pytest.mark.parametrize(
    ("quantity", "price", "refused"),
    [
        ("0.00000001", "1000000", False),  # 0.01
        ("1", "0.00500001", False),  # rounds to 0.01
        ("1", "0.005", True),  # half-even: 0.00
        ("0.00000001", "1", True),
        ("1", "1000000", False),
        ("1", "1000000.005", False),  # half-even: 1000000.00
        ("1", "1000000.00500001", True),
        ("999999999999.99999999", "999999999.99999999", True),
    ],
)
def test_the_value_is_from_a_cent_to_a_million(quantity: str, price: str, refused: bool) -> None:
    assert reason(ticket(quantity=quantity), quote(price)) == ("ORDER_VALUE_OUT_OF_RANGE" if refused else "")


@given(
    side=st.sampled_from(Side),
    expected=st.integers(10**7, 10**13),
    slippage=st.integers(0, 10**6),
    off=st.integers(-2, 2),
    limit_off=st.integers(-2, 2),
)
def test_no_price_right_at_the_guards_is_taken_for_its_neighbour(
    side: Side, expected: int, slippage: int, off: int, limit_off: int
) -> None:
    """Against the guards in whole numbers: prices are counts of 10^-8, slippage is a count of 10^-4 percent."""
    factor = 10**6 + slippage if side is Side.BUY else 10**6 - slippage
    price = expected * factor // 10**6 + off
    assume(price >= 10**6)
    limit = price + limit_off
    asked = ticket(
        side,
        limit_price=str(Decimal(limit).scaleb(-8)),
        expected_price=str(Decimal(expected).scaleb(-8)),
        max_slippage=str(Decimal(slippage).scaleb(-4)),
    )
    worse = price > limit if side is Side.BUY else price < limit
    slipped = price * 10**6 > expected * factor if side is Side.BUY else price * 10**6 < expected * factor
    assert reason(asked, quote(str(Decimal(price).scaleb(-8)))) == ("PRICE_OUT_OF_BOUNDS" if worse or slipped else "")


def test_an_order_locks_the_price_and_the_rounded_amount() -> None:
    order = accept(ticket(quantity="0.125"), quote("0.36"), NOW)
    assert (order.status, order.price, order.amount, order.version) == (
        Status.PENDING,
        Decimal("0.36"),
        Decimal("0.04"),
        1,
    )
    assert (order.created_at, order.updated_at) == (NOW, NOW)


def test_an_order_that_can_be_refused_at_once_is_born_failed() -> None:
    order = accept(ticket(limit_price="99"), quote("100"), NOW)
    assert (order.status, order.failure_reason) == (Status.FAILED, "PRICE_OUT_OF_BOUNDS")
    assert order.failure_message
    assert order.is_final


def test_the_same_request_names_the_same_order() -> None:
    assert ticket().order_id() == ticket(quantity="2").order_id()
    assert ticket().order_id() != ticket(request_id="r-2").order_id()
    assert ticket().order_id() != replace(ticket(), user_id="u-2").order_id()


@pytest.mark.parametrize(
    "other",
    [
        ticket(Side.SELL),
        ticket(quantity="1.00000001"),
        ticket(limit_price="100"),
        ticket(expected_price="100", max_slippage="1"),
        ticket(expected_price="1", max_slippage="100"),
        replace(ticket(), asset_id="ETH"),
    ],
    ids=repr,
)
def test_another_body_is_told_from_a_replay(other: Ticket) -> None:
    assert other.body() != ticket().body()


def test_a_limit_is_not_taken_for_an_expected_price() -> None:
    one = replace(ticket(), limit_price=Decimal(5))
    two = replace(ticket(), expected_price=Decimal(5))
    three = replace(ticket(), max_slippage=Decimal(5))
    assert len({one.body(), two.body(), three.body()}) == 3


def test_another_way_to_write_the_same_number_is_a_replay() -> None:
    assert ticket(quantity="1.50", limit_price="100").body() == ticket(quantity="1.5", limit_price="100.00").body()


def pending() -> Order:
    return accept(ticket(), quote(), NOW)


def test_each_move_counts_and_is_timed() -> None:
    done = pending().completed(LATER)
    failed = pending().failed("OUT_OF_STOCK", "none left", LATER)
    assert (done.status, done.version, done.updated_at, done.created_at) == (Status.COMPLETED, 2, LATER, NOW)
    assert (failed.status, failed.failure_reason, failed.failure_message) == (
        Status.FAILED,
        "OUT_OF_STOCK",
        "none left",
    )


@pytest.mark.parametrize("final", [pending().completed(LATER), pending().failed("X", "x", LATER)], ids=str)
def test_nothing_leads_out_of_a_final_state(final: Order) -> None:
    assert final.is_final
    with pytest.raises(ValueError, match="cannot become"):
        final.completed(LATER)
    with pytest.raises(ValueError, match="cannot become"):
        final.failed("X", "x", LATER)


@pytest.mark.parametrize(
    ("side", "cash", "held", "stock", "reasons"),
    [
        (Side.BUY, "100", "0", "1", []),
        (Side.BUY, "99.99", "9", "1", ["INSUFFICIENT_FUNDS"]),
        (Side.BUY, "100", "9", "0.99999999", ["OUT_OF_STOCK"]),
        (Side.BUY, "0", "9", "0", ["OUT_OF_STOCK", "INSUFFICIENT_FUNDS"]),
        (Side.SELL, "0", "1", "0", []),
        (Side.SELL, "999", "0.99999999", "9", ["INSUFFICIENT_HOLDINGS"]),
    ],
)
def test_a_preview_tells_what_would_be_missing(
    side: Side, cash: str, held: str, stock: str, reasons: list[str]
) -> None:
    assert shortages(ticket(side), Decimal(100), Decimal(cash), Decimal(held), Decimal(stock)) == reasons
