"""What the assets of the market, and those of a category, have in common."""

from __future__ import annotations

from array import array
from functools import lru_cache
from math import sqrt

from services.inventory.market.simulation.intervals import Shared
from services.inventory.market.simulation.profiles import Profile
from services.inventory.market.simulation.randomness import Randomness, bell, even

_CACHED = 4096
_PERIODS_CACHED = 8


class Wanderer:
    """Values of days that wander about 0, with a standard deviation of 1 for the change of a day.

    Values that are `period` days apart, a power of 2, are independent; between them lies a Brownian bridge. The
    variance of a value is then half of the period, for every day.
    """

    def __init__(self, randomness: Randomness, period: int) -> None:
        self._randomness = randomness
        self._period = period
        self._values = lru_cache(maxsize=_PERIODS_CACHED)(self._values_of_period)

    def at(self, day: int) -> float:
        """Returns the value of a day."""
        period, index = divmod(day, self._period)
        return self._values(period)[index]

    def _values_of_period(self, period: int) -> array[float]:
        start, length = period * self._period, self._period
        values = array("d", [0.0]) * length
        values[0] = self._knot(start)
        self._fill(values, 0, length, start, self._knot(start + length))
        return values

    def _fill(self, values: array[float], index: int, length: int, start: int, last: float) -> None:
        """Sets the values between that of `index` and the one `length` days later, which is `last`."""
        if length == 1:
            return
        half = length // 2
        middle = (values[index] + last) / 2 + self._normal(start + index, length) * sqrt(length) / 2
        values[index + half] = middle
        self._fill(values, index, half, start, middle)
        self._fill(values, index + half, half, start, last)

    def _knot(self, day: int) -> float:
        return self._normal(day, 0) * sqrt(self._period / 2)

    def _normal(self, start: int, length: int) -> float:
        return bell(*self._randomness.at(start, length)[:2])


class Climate:
    """The market as the assets of one profile and category feel it."""

    def __init__(self, seed: bytes, category: str, profile: Profile) -> None:
        self._profile = profile
        self._market = Randomness(seed, "market")
        self._category = Randomness(seed, f"category {category}")
        self._market_days = Wanderer(Randomness(seed, "market days"), profile.period_days)
        self._category_days = Wanderer(Randomness(seed, f"category days {category}"), profile.period_days)
        self.shared = lru_cache(maxsize=_CACHED)(self._shared)

    def day(self, day: int) -> float:
        """Returns the common part of the value of a day."""
        profile = self._profile
        return profile.market * self._market_days.at(day) + profile.category * self._category_days.at(day)

    def _shared(self, start: int, length: int) -> Shared:
        market, category = self._market.at(start, length), self._category.at(start, length)
        profile = self._profile
        shift = profile.market * bell(*market[:2]) + profile.category * bell(*category[:2])
        return Shared(shift, even(market[2]))
