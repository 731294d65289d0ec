"""The path of an asset: the logarithm of its price over its anchor, before any anchor has been set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from services.inventory.market.simulation.climate import Climate, Wanderer
from services.inventory.market.simulation.intervals import Interval, root, split
from services.inventory.market.simulation.profiles import Profile
from services.inventory.market.simulation.randomness import Randomness, even
from services.inventory.market.simulation.steps import DAY

_BOUND = 3.0  # the most that the value of a day differs from 0, in standard deviations
_CACHED = 16
_LIVELINESS = 0.4  # how much more or less than usual a day may move


class Extremes(NamedTuple):
    high: float
    low: float


class Path:
    """The values of an asset. A day starts at its value and ends at that of the next day."""

    def __init__(self, seed: bytes, asset_id: str, profile: Profile, climate: Climate) -> None:
        self._profile = profile
        self._climate = climate
        self._own = profile.own
        self._random = Randomness(seed, f"asset {asset_id}")
        self._days = Wanderer(Randomness(seed, f"asset days {asset_id}"), profile.period_days)
        self._reach = _BOUND * sqrt(profile.period_days / 2)
        self.value_of_day = lru_cache(maxsize=_CACHED)(self._value_of_day)

    def _value_of_day(self, day: int) -> float:
        wandered = self._climate.day(day) + self._own * self._days.at(day)
        pressed = wandered / self._reach
        pressed *= pressed
        return self._profile.daily * wandered / sqrt(sqrt(1 + pressed * pressed))

    def day(self, day: int, opened: float, closed: float) -> Interval:
        """Returns a day that goes from one value to another."""
        random = self._random.at(day * DAY, DAY + 1)
        common = self._climate.shared(day * DAY, DAY + 1).lean
        deviation = self._profile.daily * (1 + _LIVELINESS * (common + even(random[2])) / 2)
        return root(day * DAY, DAY, opened, closed, variance=deviation * deviation, random=random)

    def parts(self, whole: Interval) -> tuple[Interval, Interval]:
        """Returns the two parts of an interval of at least two steps."""
        start, length = whole.start, whole.length
        return split(whole, self._climate.shared(start, length), self._own, self._random.at(start, length))

    def value(self, whole: Interval, step: int) -> float:
        """Returns the value at a step of an interval, or at its end."""
        if step >= whole.start + whole.length:
            return whole.close
        while step != whole.start:
            left, right = self.parts(whole)
            whole = left if step < right.start else right
        return whole.open

    def extremes(self, whole: Interval, first: int, last: int) -> Extremes:
        """Returns the extremes between two steps that an interval includes."""
        if first == last:
            value = self.value(whole, first)
            return Extremes(value, value)
        found = list(self._covering(whole, first, last))
        return Extremes(max(part.high for part in found), min(part.low for part in found))

    def _covering(self, whole: Interval, first: int, last: int) -> Iterator[Interval]:
        """Returns as few intervals as possible that together go from one step to another."""
        if first <= whole.start and whole.start + whole.length <= last:
            yield whole
            return
        left, right = self.parts(whole)
        if first < right.start:
            yield from self._covering(left, first, last)
        if last > right.start:
            yield from self._covering(right, first, last)

    def cells(self, whole: Interval, length: int, first: int, last: int) -> Iterator[Interval]:
        """Returns the intervals of a length, a minute or an hour, that start from one step on and before another."""
        if whole.length == length:
            yield whole
            return
        left, right = self.parts(whole)
        if first < right.start:
            yield from self.cells(left, length, first, last)
        if last > right.start:
            yield from self.cells(right, length, first, last)


class Walker:
    """Reads a path step by step: a step costs about one split. It may jump, at the cost of a longer way."""

    def __init__(self, path: Path, day: Callable[[int], Interval]) -> None:
        self._path = path
        self._day = day
        self._pending: list[Interval] = []  # what lies ahead in the day, the next interval last

    def value(self, step: int) -> float:
        """Returns the value at a step."""
        pending = self._pending
        while pending and step >= pending[-1].start + pending[-1].length:
            pending.pop()
        if not pending or step < pending[-1].start:
            pending[:] = [self._day(step // DAY)]
        while step != pending[-1].start:
            left, right = self._path.parts(pending.pop())
            pending.append(right)
            if step < right.start:
                pending.append(left)
        return pending[-1].open
