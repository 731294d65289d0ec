"""The difference between the prices at which the house buys and sells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from services.common.money import EXACT, SATOSHI


class Spread:
    """The difference between ask and bid in percent of the middle, by category, and for all others."""

    def __init__(self, percent: Decimal, by_category: Mapping[str, Decimal] | None = None) -> None:
        self._half = _half(percent)
        self._halves = {category: _half(one) for category, one in (by_category or {}).items()}

    def around(self, middle: Decimal, category: str, increment: Decimal) -> tuple[Decimal, Decimal]:
        """Returns bid and ask: half of the difference below and above the middle, rounded away from it.

        They are multiples of the increment of the asset while that is at most a tenth of the price, else of a smaller
        one: the increment was chosen for a higher price. The bid is above 0.
        """
        half = EXACT.multiply(middle, self._halves.get(category, self._half))
        step = _step(min(increment.adjusted(), max(middle.adjusted() - 1, SATOSHI.adjusted())))
        bid = EXACT.subtract(middle, half).quantize(step, ROUND_FLOOR, EXACT)
        ask = EXACT.add(middle, half).quantize(step, ROUND_CEILING, EXACT)
        return max(bid, SATOSHI), ask


def _half(percent: Decimal) -> Decimal:
    """Returns the part of a price that is half of a percentage."""
    return EXACT.divide(percent, Decimal(200))


@lru_cache
def _step(exponent: int) -> Decimal:
    """Returns a power of ten, an increment."""
    return Decimal((0, (1,), exponent))
