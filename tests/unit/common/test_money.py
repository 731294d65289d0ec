from __future__ import annotations

import decimal
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common import money

# The values that the contracts admit, as whole numbers of their last decimal.
quantities = st.integers(min_value=1, max_value=10**20 - 1).map(lambda n: Decimal(n).scaleb(-8))
prices = st.integers(min_value=1, max_value=10**17 - 1).map(lambda n: Decimal(n).scaleb(-8))
cents = st.integers(min_value=0, max_value=10**15).map(lambda n: Decimal(n).scaleb(-2))


def half_even(numerator: int, denominator: int) -> int:
    """Returns numerator / denominator, rounded half-even, with integer arithmetic only."""
    whole, rest = divmod(numerator, denominator)
    if 2 * rest == denominator:
        return whole + whole % 2
    return whole + (2 * rest > denominator)


def units(value: Decimal, places: int) -> int:
    sign, digits, exponent = value.as_tuple()
    assert sign == 0
    assert isinstance(exponent, int)
    scale = exponent + places
    assert scale >= 0, "more decimals than expected"
    return int("".join(map(str, digits))) * 10**scale


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("0.005", "0.00"),
        ("0.015", "0.02"),
        ("0.025", "0.02"),
        ("0.0250000000000001", "0.03"),
        ("0.0249999999999999", "0.02"),
        ("2.675", "2.68"),
        ("1.995", "2.00"),
        ("-0.015", "-0.02"),
        ("-0.025", "-0.02"),
        ("1000000", "1000000.00"),
    ],
)
def test_half_a_cent_is_rounded_to_the_even_cent(value: str, rounded: str) -> None:
    assert str(money.to_cents(Decimal(value))) == rounded


@given(quantities, prices)
def test_a_value_is_the_exact_product_rounded_once(quantity: Decimal, price: Decimal) -> None:
    product = units(quantity, 8) * units(price, 8)
    assert units(money.value_of(quantity, price), 2) == half_even(product, 10**14)


@given(quantities, prices)
def test_the_decimal_context_of_the_caller_changes_no_value(quantity: Decimal, price: Decimal) -> None:
    expected = money.value_of(quantity, price)
    with decimal.localcontext(prec=3, rounding=decimal.ROUND_UP):
        assert money.value_of(quantity, price) == expected
        assert money.parse(money.quantity(quantity)) == quantity
        assert money.parse(money.price(price)) == price


@given(quantities)
def test_a_quantity_on_the_wire_is_exact(quantity: Decimal) -> None:
    text = money.quantity(quantity)
    assert money.parse(text) == quantity
    assert re.fullmatch(r"(0|[1-9][0-9]*)([.][0-9]*[1-9])?", text)


@given(prices)
def test_a_price_on_the_wire_is_exact(price: Decimal) -> None:
    text = money.price(price)
    assert money.parse(text) == price
    assert re.fullmatch(r"(0|[1-9][0-9]*)[.][0-9]{2}([0-9]*[1-9])?", text)


@given(cents)
def test_dollars_on_the_wire_are_exact(amount: Decimal) -> None:
    text = money.dollars(amount)
    assert money.parse(text) == amount
    assert re.fullmatch(r"(0|[1-9][0-9]*)[.][0-9]{2}", text)


@pytest.mark.parametrize(
    ("value", "text"), [("100", "100"), ("1E+6", "1000000"), ("0.10", "0.1"), ("1E-8", "0.00000001"), ("0", "0")]
)
def test_a_quantity_has_neither_exponent_nor_trailing_zeros(value: str, text: str) -> None:
    assert money.quantity(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("100", "100.00"), ("1E+5", "100000.00"), ("2.5", "2.50"), ("0.0000123400", "0.00001234"), ("3.14", "3.14")],
)
def test_a_price_has_at_least_two_decimals(value: str, text: str) -> None:
    assert money.price(Decimal(value)) == text


@pytest.mark.parametrize("text", ["", "abc", "1,5", "0x10", "1 2"])
def test_text_that_is_not_a_number_is_rejected(text: str) -> None:
    with pytest.raises(decimal.InvalidOperation):
        money.parse(text)
