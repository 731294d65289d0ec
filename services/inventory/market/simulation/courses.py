"""The course of a price: the path of an asset from the moment on at which its anchor was set."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from services.inventory.market.simulation.arithmetic import exp
from services.inventory.market.simulation.intervals import Interval
from services.inventory.market.simulation.paths import Path
from services.inventory.market.simulation.steps import DAY, step_at

_SATOSHIS = 10**8
_RETURN_DAYS = 30.0
_RETURN_DAYS_MAX = 360  # by then the rest is nothing


class Course:
    """Prices that are the anchor at the moment when it was set, and wander about it later and before.

    The path has some value at that moment, which is subtracted from it: on the day of the anchor all of it, on other
    days the less of it, the further away they are. So the price is drawn to the anchor. Within a day, a price is
    an increasing function of the value of an interval, and the order of values is that of prices.
    """

    def __init__(self, path: Path, anchor: Decimal, anchored_at: datetime) -> None:
        self.path = path
        self._satoshis = float(anchor * _SATOSHIS)
        self._step = step_at(anchored_at)
        self._day = self._step // DAY
        self._offset = path.value(self._plain_day(self._day), self._step)

    def _plain_day(self, day: int) -> Interval:
        return self.path.day(day, self.path.value_of_day(day), self.path.value_of_day(day + 1))

    def day(self, day: int) -> Interval:
        """Returns a day. Its values are for `price` with the same day."""
        if day == self._day:
            return self._plain_day(day)
        return self.path.day(day, self._value_of_day(day), self._value_of_day(day + 1))

    def _value_of_day(self, day: int) -> float:
        distance = max(self._day - day, day - self._day - 1)  # the day of the anchor is at 0 from begin to end
        left = exp(-distance / _RETURN_DAYS) if distance < _RETURN_DAYS_MAX else 0.0
        return self.path.value_of_day(day) - self._offset * left

    def satoshis(self, day: int, value: float) -> int:
        """Returns the price of a value of a day, in units of 10^-8 dollars. It is never 0."""
        shifted = value - self._offset if day == self._day else value
        return max(round(self._satoshis * exp(shifted)), 1)

    def price(self, day: int, value: float) -> Decimal:
        """Returns the price of a value of a day, in dollars."""
        return dollars(self.satoshis(day, value))

    def price_at(self, step: int) -> Decimal:
        """Returns the price at a step."""
        day = step // DAY
        return self.price(day, self.path.value(self.day(day), step))


def dollars(satoshis: int) -> Decimal:
    """Converts units of 10^-8 dollars."""
    return Decimal(satoshis).scaleb(-8)
