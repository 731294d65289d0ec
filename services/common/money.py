"""Exact decimal arithmetic: dollars to 2 places, quantities and prices to 8.

No float ever touches money. The context is wide enough for any product of two values that the contracts admit
(20 digits by 17), so nothing is rounded except where a function here says so. What an order pays or brings
is rounded in favour of the house; what is only shown is rounded half-even.
"""

from __future__ import annotations

import decimal
from decimal import Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")
SATOSHI = Decimal("0.00000001")

EXACT = decimal.Context(
    prec=60, rounding=decimal.ROUND_HALF_EVEN, traps=[decimal.InvalidOperation, decimal.DivisionByZero]
)


def parse(text: str) -> Decimal:
    """Returns the value of a decimal string that the contract's rules have let through."""
    return EXACT.create_decimal(text)


def parse_optional(text: str) -> Decimal | None:
    """Returns the value of a decimal string as `parse` does, None for an empty one."""
    return parse(text) if text else None


def to_cents(value: Decimal) -> Decimal:
    """Rounds to whole cents, half-even."""
    return value.quantize(CENT, context=EXACT)


def round_up(value: Decimal) -> Decimal:
    """Rounds to whole cents, up: what the user pays."""
    return value.quantize(CENT, rounding=decimal.ROUND_CEILING, context=EXACT)


def round_down(value: Decimal) -> Decimal:
    """Rounds to whole cents, down: what the user receives."""
    return value.quantize(CENT, rounding=decimal.ROUND_FLOOR, context=EXACT)


def value_of(quantity: Decimal, price: Decimal) -> Decimal:
    """Returns what a quantity is worth at a price, in dollars and whole cents, half-even. For display."""
    return to_cents(EXACT.multiply(quantity, price))


def dollars(value: Decimal) -> str:
    """Formats a dollar amount for the wire: two decimals."""
    return f"{to_cents(value):f}"


def quantity(value: Decimal) -> str:
    """Formats a quantity for the wire: no trailing zeros, no exponent."""
    return f"{value.normalize(EXACT):f}"


def price(value: Decimal) -> str:
    """Formats a price for the wire: at least two decimals, no trailing zeros past the second, no exponent."""
    shortest = value.normalize(EXACT)
    exponent = shortest.as_tuple().exponent
    return f"{shortest:f}" if isinstance(exponent, int) and exponent < -2 else dollars(shortest)
