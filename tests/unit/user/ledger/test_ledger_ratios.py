from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from services.common import money
from services.user.ledger import ratios

# The values that the contracts allow, as multiples of their smallest unit.
quantity_units = st.integers(min_value=1, max_value=10**20 - 1)
quantities = quantity_units.map(lambda n: Decimal(n).scaleb(-8))
cent_counts = st.integers(min_value=0, max_value=10**15)
amounts = cent_counts.map(lambda n: Decimal(n).scaleb(-2))


@given(amounts, st.integers(1, 10**20), st.integers(0, 10**20))
def test_two_shares_of_an_amount_add_up_to_it_within_the_last_place(amount: Decimal, one: int, other: int) -> None:
    whole = Decimal(one + other)
    parts = ratios.share(Decimal(one), whole, amount) + ratios.share(Decimal(other), whole, amount)
    assert abs(parts - amount) <= money.SATOSHI


@given(amounts, quantities)
def test_the_share_of_everything_is_everything(amount: Decimal, quantity: Decimal) -> None:
    assert ratios.share(quantity, quantity, amount) == amount
    assert ratios.share(money.ZERO, quantity, amount) == 0


def test_no_amount_has_too_many_digits() -> None:
    amount = Decimal(10) ** 25
    assert ratios.share(Decimal(1), Decimal(1), amount) == amount


@given(cent_counts, quantity_units)
@example(10**15, 1)  # more digits than the default context of decimal has
def test_the_cost_of_a_unit_is_rounded_half_even_to_eight_places(cents: int, units: int) -> None:
    unit = ratios.per_unit(Decimal(cents).scaleb(-2), Decimal(units).scaleb(-8))
    whole, remainder = divmod(cents * 10**14, units)
    half_even = whole + whole % 2 if 2 * remainder == units else whole + (2 * remainder > units)
    assert unit.scaleb(8, money.EXACT) == half_even
