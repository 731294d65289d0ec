"""The two divisions of the ledger, and how each is rounded: half-even, as everything (see services.common.money)."""

from __future__ import annotations

from decimal import Decimal

from services.common.money import EXACT, SATOSHI, to_cents


def share(part: Decimal, whole: Decimal, of: Decimal) -> Decimal:
    """Returns `of` x `part` / `whole`, to 2 places."""
    return to_cents(EXACT.divide(EXACT.multiply(of, part), whole))


def per_unit(amount: Decimal, quantity: Decimal) -> Decimal:
    """Returns the dollars of one unit, to 8 places."""
    return EXACT.divide(amount, quantity).quantize(SATOSHI, context=EXACT)
