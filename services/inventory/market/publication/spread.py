"""The difference between the prices at which the house buys and sells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from services.common.money import EXACT, SATOSHI


@dataclass(frozen=True)
class Spread:
    """The difference between ask and bid in percent of the middle, by category, and for all others."""

    percent: Decimal
    by_category: Mapping[str, Decimal] = field(default_factory=dict)

    def around(self, middle: Decimal, category: str, increment: Decimal) -> tuple[Decimal, Decimal]:
        """Returns bid and ask: half of the difference below and above the middle, rounded away from it.

        The bid is above 0 even if the increment is larger than the price.
        """
        percent = self.by_category.get(category, self.percent)
        half = EXACT.divide(EXACT.multiply(middle, percent), Decimal(200))
        bid = _to_step(EXACT.subtract(middle, half), increment, ROUND_FLOOR)
        ask = _to_step(EXACT.add(middle, half), increment, ROUND_CEILING)
        return max(bid, SATOSHI), ask


def _to_step(price: Decimal, increment: Decimal, rounding: str) -> Decimal:
    """Rounds to a power of ten."""
    return price.quantize(increment.normalize(EXACT), rounding=rounding, context=EXACT)
