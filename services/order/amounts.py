"""What an order costs, and how much a given amount buys. Amounts are whole cents, rounded in favour of the house.

A buy's amount is rounded up, a sell's down, and a fee up. Each of these is monotone in the quantity, so trading in
pieces never brings more than trading at once, and no round trip at one price gains.
"""

from __future__ import annotations

import decimal
from decimal import Decimal

from services.common import money

QUANTITY_MAX = Decimal("999999999999.99999999")  # of one order, as the contract says

_HUNDRED = Decimal(100)


def fee(amount: Decimal, percent: Decimal) -> Decimal:
    """Returns the fee of an amount, both in dollars: rounded up to the cent."""
    return money.round_up(money.EXACT.divide(money.EXACT.multiply(amount, percent), _HUNDRED))


def worse(price: Decimal, percent: Decimal, *, is_buy: bool) -> Decimal:
    """Returns the price that is a percentage worse for the user: higher for a buy, lower for a sell."""
    share = money.EXACT.divide(percent, _HUNDRED)
    return money.EXACT.multiply(price, 1 + share if is_buy else 1 - share)


def quantity_bought(total: Decimal, price: Decimal, fee_percent: Decimal, increment: Decimal) -> Decimal:
    """Returns the largest quantity whose amount and fee together cost at most `total` dollars.

    With a = round_down(total / (1 + fee)), a + fee(a) <= total: total - a is in whole cents and at least the exact fee,
    so it is at least the fee rounded up. A cent more than a would exceed the total.
    """
    factor = 1 + money.EXACT.divide(fee_percent, _HUNDRED)
    return quantity_worth(money.round_down(money.EXACT.divide(total, factor)), price, increment)


def quantity_worth(amount: Decimal, price: Decimal, increment: Decimal) -> Decimal:
    """Returns the largest quantity, a multiple of the increment, that is worth at most `amount` dollars."""
    steps = money.EXACT.divide(min(money.EXACT.divide(amount, price), QUANTITY_MAX), increment)
    return money.EXACT.multiply(steps.to_integral_value(decimal.ROUND_FLOOR, context=money.EXACT), increment)


def is_multiple(quantity: Decimal, increment: Decimal) -> bool:
    """Whether a quantity is a whole number of increments."""
    return not money.EXACT.remainder(quantity, increment)
