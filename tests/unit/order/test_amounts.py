"""What a given amount buys, and the fee. The expected values are computed with integers, in units of 10^-8."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common import money
from services.order import amounts
from services.order.ticket import Quote, Rules, Side, Ticket

prices = st.integers(1, 10**14).map(lambda n: Decimal(n).scaleb(-8))
dollars = st.integers(1, 10**8).map(lambda n: Decimal(n).scaleb(-2))
percents = st.integers(0, 10**6).map(lambda n: Decimal(n).scaleb(-4))
increments = st.integers(-8, 6).map(lambda n: Decimal(1).scaleb(n))
quantities = st.integers(1, 10**16).map(lambda n: Decimal(n).scaleb(-8))


@given(dollars, prices, percents, increments)
def test_a_buy_for_an_amount_never_costs_more_and_one_step_more_would(
    total: Decimal, price: Decimal, percent: Decimal, increment: Decimal
) -> None:
    quote = Quote("BTC", price, fee_percent=percent, rules=Rules(quantity_increment=increment))
    ticket = Ticket("u-1", Side.BUY, "BTC", quote_amount=total).sized(quote)
    assert amounts.is_multiple(ticket.quantity, increment)
    assert ticket.net_amount(quote) <= total
    more = ticket.quantity + increment
    if more <= amounts.QUANTITY_MAX:
        assert Ticket("u-1", Side.BUY, "BTC", more).net_amount(quote) > total


@given(dollars, prices, percents, increments)
def test_a_sell_for_an_amount_never_brings_more_before_the_fee(
    total: Decimal, price: Decimal, percent: Decimal, increment: Decimal
) -> None:
    quote = Quote("BTC", price, fee_percent=percent, rules=Rules(quantity_increment=increment))
    ticket = Ticket("u-1", Side.SELL, "BTC", quote_amount=total).sized(quote)
    assert amounts.is_multiple(ticket.quantity, increment)
    assert ticket.amount(quote) <= ticket.value(quote) <= total
    if ticket.quantity + increment <= amounts.QUANTITY_MAX:
        assert money.EXACT.multiply(ticket.quantity + increment, price) > total


@pytest.mark.parametrize(
    ("amount", "percent", "fee"),
    [("3252.50", "0.10", "3.26"), ("1.00", "0.10", "0.01"), ("100.00", "0", "0.00"), ("0.00", "0.10", "0.00"),
     ("0.01", "100", "0.01"), ("1000000.00", "0.1234", "1234.00")],
)  # fmt: skip
def test_a_fee_is_rounded_up_to_the_cent(amount: str, percent: str, fee: str) -> None:
    assert amounts.fee(Decimal(amount), Decimal(percent)) == Decimal(fee)


@given(dollars, dollars, percents)
def test_a_fee_is_monotone_and_never_lower_for_two_orders_than_for_one(
    one: Decimal, other: Decimal, percent: Decimal
) -> None:
    fee = amounts.fee(one + other, percent)
    assert amounts.fee(one, percent) <= fee <= amounts.fee(one, percent) + amounts.fee(other, percent)


@given(quantities, prices, percents)
def test_a_sell_never_brings_less_than_nothing(quantity: Decimal, price: Decimal, percent: Decimal) -> None:
    quote = Quote("BTC", price, fee_percent=percent)
    ticket = Ticket("u-1", Side.SELL, "BTC", quantity)
    assert 0 <= ticket.fee(quote) <= ticket.amount(quote)
    assert ticket.net_amount(quote) >= 0


@given(prices, st.integers(0, 10**6))
def test_a_worse_price_is_higher_for_a_buy_and_lower_for_a_sell(price: Decimal, ten_thousandths: int) -> None:
    percent = Decimal(ten_thousandths).scaleb(-4)
    units = int(price.scaleb(8))
    for is_buy, factor in ((True, 10**6 + ten_thousandths), (False, 10**6 - ten_thousandths)):
        assert amounts.worse(price, percent, is_buy=is_buy) == Decimal(units * factor).scaleb(-14)


def test_a_quantity_is_at_most_what_one_order_may_have() -> None:
    assert amounts.quantity_worth(Decimal(10**6), money.SATOSHI, money.SATOSHI) == amounts.QUANTITY_MAX
    assert amounts.quantity_worth(Decimal(10**6), money.SATOSHI, Decimal(10)) == Decimal(999_999_999_990)
