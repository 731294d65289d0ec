from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.common.rpc.errors import FailedPrecondition
from services.order.domain import Available, Order, Quote, Side, Status, Ticket

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)
OUT_OF_STOCK = FailedPrecondition("OUT_OF_STOCK", "none left")


def ticket(side: Side = Side.BUY, quantity: str = "1", **changes: Any) -> Ticket:
    given_prices = {name: Decimal(value) for name, value in changes.items() if name != "request_id"}
    return Ticket("u-1", side, "BTC", Decimal(quantity), request_id=changes.get("request_id", "r-1"), **given_prices)


def quote(price: str = "100", *, is_active: bool = True) -> Quote:
    return Quote("BTC", Decimal(price), is_active)


def reason(checked: Ticket, at: Quote) -> str:
    """Returns the reason for which a ticket is refused, "" if it is accepted."""
    try:
        checked.check(at)
    except FailedPrecondition as refusal:
        return refusal.reason
    return ""


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
        (Side.SELL, "100", "0.01", False),
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
def test_the_value_must_be_between_a_cent_and_a_million(quantity: str, price: str, refused: bool) -> None:
    assert reason(ticket(quantity=quantity), quote(price)) == ("ORDER_VALUE_OUT_OF_RANGE" if refused else "")


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
    assume(price >= 10**6)
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


def test_an_order_locks_the_price_and_the_rounded_amount() -> None:
    order = Order.accepted(ticket(quantity="0.125"), quote("0.36"), NOW)
    assert (order.status, order.price, order.amount, order.version) == (
        Status.PENDING,
        Decimal("0.36"),
        Decimal("0.04"),
        1,
    )
    assert (order.created_at, order.updated_at) == (NOW, NOW)


def test_a_refused_ticket_is_not_accepted_and_its_rejection_is_a_final_order() -> None:
    refused, at = ticket(limit_price="99"), quote("100")
    with pytest.raises(FailedPrecondition) as refusal:
        Order.accepted(refused, at, NOW)
    order = Order.rejected(refused, at, refusal.value, NOW)
    assert (order.status, order.failure_reason, order.version) == (Status.FAILED, "PRICE_OUT_OF_BOUNDS", 1)
    assert order.failure_message == refusal.value.message
    assert order.is_final
    assert (order.order_id, order.fingerprint, order.price) == (refused.order_id(), refused.fingerprint(), 100)


def test_a_failed_order_raises_its_refusal_with_the_order_id() -> None:
    failed = pending().failed(OUT_OF_STOCK, LATER)
    assert failed.refusal is not None
    assert (failed.refusal.reason, failed.refusal.message) == ("OUT_OF_STOCK", "none left")
    assert failed.refusal.metadata == {"order_id": failed.order_id}
    assert pending().refusal is None
    assert pending().completed(LATER).refusal is None


def test_an_unconfirmed_order_is_pending_without_a_failure() -> None:
    for order in (pending(), Order.rejected(ticket(), quote(), OUT_OF_STOCK, NOW)):
        unconfirmed = order.unconfirmed()
        assert (unconfirmed.status, unconfirmed.is_unconfirmed, unconfirmed.is_final) == (Status.PENDING, True, False)
        assert (unconfirmed.failure_reason, unconfirmed.failure_message) == ("", "")


def test_the_user_and_the_request_id_determine_the_order_id() -> None:
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
def test_another_body_is_not_taken_for_a_replay(other: Ticket) -> None:
    assert other.fingerprint() != ticket().fingerprint()


def test_a_limit_is_not_taken_for_an_expected_price() -> None:
    one = replace(ticket(), limit_price=Decimal(5))
    two = replace(ticket(), expected_price=Decimal(5))
    three = replace(ticket(), max_slippage=Decimal(5))
    assert len({one.fingerprint(), two.fingerprint(), three.fingerprint()}) == 3


def test_the_same_numbers_written_differently_are_a_replay() -> None:
    assert (
        ticket(quantity="1.50", limit_price="100").fingerprint()
        == ticket(quantity="1.5", limit_price="100.00").fingerprint()
    )


def pending() -> Order:
    return Order.accepted(ticket(), quote(), NOW)


def test_each_change_of_state_has_a_version_and_a_time() -> None:
    done = pending().completed(LATER)
    failed = pending().failed(OUT_OF_STOCK, LATER)
    assert (done.status, done.version, done.updated_at, done.created_at) == (Status.COMPLETED, 2, LATER, NOW)
    assert (failed.status, failed.failure_reason, failed.failure_message) == (
        Status.FAILED,
        "OUT_OF_STOCK",
        "none left",
    )


@pytest.mark.parametrize("final", [pending().completed(LATER), pending().failed(OUT_OF_STOCK, LATER)], ids=str)
def test_a_final_state_never_changes(final: Order) -> None:
    assert final.is_final
    with pytest.raises(ValueError, match="cannot become"):
        final.completed(LATER)
    with pytest.raises(ValueError, match="cannot become"):
        final.failed(OUT_OF_STOCK, LATER)


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
