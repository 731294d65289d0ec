"""The exponential function by basic operations alone, so that its last bit is the same on every platform."""

from __future__ import annotations


def exp(x: float) -> float:
    """Returns e**x for x between -12 and 12, to about 7 digits; exactly 1 for 0."""
    y = x / 64
    power = ((((y / 120 + 1 / 24) * y + 1 / 6) * y + 1 / 2) * y + 1) * y + 1
    power *= power
    power *= power
    power *= power
    power *= power
    power *= power
    return power * power
