"""An interval of a simulated path, and how it is split in two.

A path is made from the top down. An interval knows its open, close, high and low (logarithms of prices), and how much
variance it has. It is split into two parts: the value between them is drawn around the line from open to close, as of a
Brownian motion that is known at both ends (a Brownian bridge), and each part gets a high and a low of its own. One part
has the high of the whole, one part, maybe the other, its low. So the highs and lows of intervals of all lengths are
consistent by construction, and that of a day needs no walk over its 345,600 steps.

The variance is split unequally, at random. Some hours are therefore calm and others are not, at every scale.
"""

from __future__ import annotations

from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from services.inventory.market.simulation.randomness import EVEN, EXPONENTIAL, NORMAL
from services.inventory.market.simulation.steps import HOUR, MINUTE

# A high draws the middle towards it if it is further from open and close than this, in standard deviations.
_REACH = 0.85
_UNEVENNESS = 0.35

_new = tuple.__new__  # of named tuples: 0.2 us faster than their constructor, of 5 us for a split


class Interval(NamedTuple):
    start: int  # a step
    length: int  # in steps
    open: float
    close: float
    high: float
    low: float
    variance: float


class Shared(NamedTuple):
    """What the assets of a category share in the split of an interval."""

    shift: float  # of the middle, in standard deviations
    lean: float  # of the variance to the first part, between -1 and 1


def root(start: int, length: int, opened: float, closed: float, *, variance: float, random: bytes) -> Interval:
    """Returns an interval with a high and a low that are drawn at random, as of a Brownian bridge."""
    rise, sum_ = closed - opened, closed + opened
    high = (sum_ + sqrt(rise * rise + 2 * variance * EXPONENTIAL[random[0]])) / 2
    low = (sum_ - sqrt(rise * rise + 2 * variance * EXPONENTIAL[random[1]])) / 2
    return Interval(start, length, opened, closed, high, low, variance)


def split(whole: Interval, shared: Shared, own: float, random: bytes) -> tuple[Interval, Interval]:
    """Returns the two parts of an interval of at least two steps. `own` is the part of the asset in the shift.

    The high and the low of a part are those of a Brownian bridge, as in `root`. The chances are above 0, so that they
    enclose open and close whatever the rounding.
    """
    start, length, opened, closed, high, low, variance = whole
    first, share, spare = _division(length)
    share += spare * (shared.lean + EVEN[random[0]])
    left, right = variance * share, variance * (1 - share)
    shift = shared.shift + own * NORMAL[random[1]]
    middle = _kept(opened + (closed - opened) * share + shift * sqrt(left * (1 - share)), whole, random[2])

    rise, sum_ = middle - opened, middle + opened
    rise *= rise
    high_left = (sum_ + sqrt(rise + 2 * left * EXPONENTIAL[random[3]])) / 2
    low_left = (sum_ - sqrt(rise + 2 * left * EXPONENTIAL[random[4]])) / 2
    rise, sum_ = closed - middle, closed + middle
    rise *= rise
    high_right = (sum_ + sqrt(rise + 2 * right * EXPONENTIAL[random[5]])) / 2
    low_right = (sum_ - sqrt(rise + 2 * right * EXPONENTIAL[random[6]])) / 2

    if high_left >= high_right:
        high_left, high_right = high, min(high, high_right)
    else:
        high_left, high_right = min(high, high_left), high
    if low_left <= low_right:
        low_left, low_right = low, max(low, low_right)
    else:
        low_left, low_right = max(low, low_left), low
    return (
        _new(Interval, (start, first, opened, middle, high_left, low_left, left)),
        _new(Interval, (start + first, length - first, middle, closed, high_right, low_right, right)),
    )


@lru_cache(maxsize=1024)
def _division(length: int) -> tuple[int, float, float]:
    """Returns the length of the first part, its share of the whole, and how far that share may vary.

    Hours and minutes are never cut: each of them is a part at some depth.
    """
    unit = next(unit for unit in (HOUR, MINUTE, 1) if length > unit)
    first = max(length // unit // 2, 1) * unit
    share = first / length
    return first, share, share * (1 - share) * _UNEVENNESS


def _kept(middle: float, whole: Interval, chance: int) -> float:
    """Returns the middle within the high and the low, and near that of them which is too far away otherwise."""
    _, _, opened, closed, high, low, variance = whole
    if middle > high:
        middle = max(2 * high - middle, low)
    elif middle < low:
        middle = min(2 * low - middle, high)
    least, most = (opened, closed) if opened < closed else (closed, opened)
    above = high - max(most, middle)
    below = min(least, middle) - low
    reach = _REACH * sqrt(variance)
    if above <= reach and below <= reach:
        return middle
    distance = reach * (1 + EVEN[chance]) / 2
    return max(high - distance, low) if above >= below else min(low + distance, high)
