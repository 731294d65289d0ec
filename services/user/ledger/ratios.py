"""The two divisions of the ledger. Both keep 8 places, half-even, so that the average cost does not drift.

Whole cents would not do: 200 partial sales moved an average cost of 100,000 to 99,715.
"""

from __future__ import annotations

from decimal import Decimal

from services.common.money import EXACT, SATOSHI


def share(part: Decimal, whole: Decimal, of: Decimal) -> Decimal:
    """Returns `of` x `part` / `whole`, to 8 places."""
    return EXACT.divide(EXACT.multiply(of, part), whole).quantize(SATOSHI, context=EXACT)


def per_unit(amount: Decimal, quantity: Decimal) -> Decimal:
    """Returns the dollars of one unit, to 8 places."""
    return EXACT.divide(amount, quantity).quantize(SATOSHI, context=EXACT)
