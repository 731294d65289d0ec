"""An interval of a simulated path, and how it is split in two.

A path is made from the top down. An interval knows its open, close, high and low (logarithms of prices), and how much
variance it has. It is split into two parts: the value between them is drawn around the line from open to close, as of a
Brownian motion that is known at both ends (a Brownian bridge), and each part gets a high and a low of its own. One part
has the high of the whole, one part, maybe the other, its low. So the highs and lows of intervals of all lengths are
consistent by construction, and that of a day needs no walk over its 345,600 steps.

The variance is split unequally, at random. Some hours are therefore calm and others are not, at every scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from services.inventory.market.simulation.randomness import SKEW, SKEW_END, bell, even
from services.inventory.market.simulation.steps import HOUR, MINUTE

# A high draws the middle towards it if it is further from open and close than this, in standard deviations.
_REACH = 0.85
_UNEVENNESS = 0.35
_TWO_STEPS = 2

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


def root(start: int, length: int, opened: float, closed: float, *, variance: float, random: Sequence[int]) -> Interval:
    """Returns an interval with a high and a low that are drawn at random, much as of a Brownian bridge.

    The maximum of a bridge is (open + close + sqrt((close - open)² + 2 variance E)) / 2, E exponentially distributed.
    """
    rise, sum_, spread = closed - opened, closed + opened, 2 * SKEW * variance
    up, down = random[4], random[5]
    high = (sum_ + sqrt(rise * rise + spread * up / (SKEW_END - up))) / 2
    low = (sum_ - sqrt(rise * rise + spread * down / (SKEW_END - down))) / 2
    return Interval(start, length, opened, closed, max(opened, closed, high), min(opened, closed, low), variance)


def split(whole: Interval, shared: Shared, own: float, random: Sequence[int]) -> tuple[Interval, Interval]:
    """Returns the two parts of an interval of at least two steps. `own` is the part of the asset in the shift."""
    start, length, opened, closed, _, _, variance = whole
    first, share, spare = _division(length)
    share += spare * (shared.lean + even(random[2]))
    left, right = variance * share, variance * (1 - share)
    shift = shared.shift + own * bell(random[0], random[1])
    middle = _kept(opened + (closed - opened) * share + shift * sqrt(left * (1 - share)), whole, random[3])
    if length == _TWO_STEPS:  # a step has no prices but these
        high_left, low_left = max(opened, middle), min(opened, middle)
        high_right, low_right = max(middle, closed), min(middle, closed)
    else:
        high_left, low_left, high_right, low_right = _extremes(whole, middle, left, right, random)
    return (
        _new(Interval, (start, first, opened, middle, high_left, low_left, left)),
        _new(Interval, (start + first, length - first, middle, closed, high_right, low_right, right)),
    )


def _extremes(
    whole: Interval, middle: float, left: float, right: float, random: Sequence[int]
) -> tuple[float, float, float, float]:
    """Returns the highs and the lows of the parts, which have the variances `left` and `right`.

    They are drawn as in `root`, but one part has the high of the whole, and one its low.
    """
    _, _, opened, closed, high, low, _ = whole
    _, _, _, _, up, down, up_right, down_right = random
    rise, sum_, spread = middle - opened, middle + opened, 2 * SKEW * left
    rise *= rise
    high_left = (sum_ + sqrt(rise + spread * up / (SKEW_END - up))) / 2
    low_left = (sum_ - sqrt(rise + spread * down / (SKEW_END - down))) / 2
    rise, sum_, spread = closed - middle, closed + middle, 2 * SKEW * right
    rise *= rise
    high_right = (sum_ + sqrt(rise + spread * up_right / (SKEW_END - up_right))) / 2
    low_right = (sum_ - sqrt(rise + spread * down_right / (SKEW_END - down_right))) / 2
    if high_left >= high_right:
        high_left, high_right = high, _between(middle, closed, high_right, high)
    else:
        high_left, high_right = _between(opened, middle, high_left, high), high
    if low_left <= low_right:
        low_left, low_right = low, -_between(-middle, -closed, -low_right, -low)
    else:
        low_left, low_right = -_between(-opened, -middle, -low_left, -low), low
    return high_left, low_left, high_right, low_right


def _between(opened: float, closed: float, high: float, high_max: float) -> float:
    """Returns a high that is not below open and close, nor above the greatest one."""
    return min(max(opened, closed, high), high_max)


@lru_cache(maxsize=1024)
def _division(length: int) -> tuple[int, float, float]:
    """Returns the length of the first part, its share of the whole, and how far that share may vary.

    Hours and minutes are never cut: each of them is a part at some depth.
    """
    unit = next(unit for unit in (HOUR, MINUTE, 1) if length > unit)
    first = max(length // unit // 2, 1) * unit
    share = first / length
    return first, share, share * (1 - share) * _UNEVENNESS


def _kept(middle: float, whole: Interval, number: int) -> float:
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
    distance = reach * (1 + even(number)) / 2
    return max(high - distance, low) if above >= below else min(low + distance, high)
