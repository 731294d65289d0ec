"""Exact decimal arithmetic: dollars to 2 places, quantities and prices to 8, one rounding rule, half-even.

No float ever touches money. The context is wide enough for any product of two values that the contracts admit
(20 digits by 17), so nothing is rounded except where a function here says so.
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
    """The value of a decimal string that the contract's rules have let through."""
    return EXACT.create_decimal(text)


def parse_optional(text: str) -> Decimal | None:
    """The value of a decimal string as `parse` has it, None for an empty one."""
    return parse(text) if text else None


def to_cents(value: Decimal) -> Decimal:
    """Rounds to whole cents, half-even: the one rounding rule of the system."""
    return value.quantize(CENT, context=EXACT)


def value_of(quantity: Decimal, price: Decimal) -> Decimal:
    """What a quantity is worth at a price, in dollars and whole cents."""
    return to_cents(EXACT.multiply(quantity, price))


def dollars(value: Decimal) -> str:
    """A dollar amount on the wire: two decimals."""
    return f"{to_cents(value):f}"


def quantity(value: Decimal) -> str:
    """A quantity on the wire: no trailing zeros, no exponent."""
    return f"{value.normalize(EXACT):f}"


def price(value: Decimal) -> str:
    """A price on the wire: at least two decimals, at most eight, no trailing zeros past the second."""
    shortest = value.normalize(EXACT)
    exponent = shortest.as_tuple().exponent
    return f"{shortest:f}" if isinstance(exponent, int) and exponent < -2 else dollars(shortest)
