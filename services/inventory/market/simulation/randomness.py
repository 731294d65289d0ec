"""Random numbers that follow from the secret seed: the same in every process, for every version of Python.

Each number comes from a keyed hash (BLAKE2b) of the place where it is used, so that no number tells another. They are
fine: were there only some 256 of each, the exact prices of the past would leave few possibilities for the numbers
behind them, and so for prices to come. What is made of them needs no function of the C library, whose last bits differ
between platforms.
"""

from __future__ import annotations

import hashlib
import math
import struct

_PLACE = struct.Struct(">qI").pack
_DRAWS = struct.Struct(">8I")

_SPAN = 2**32
_BELL = math.sqrt(6) / _SPAN  # the sum of two numbers has a variance of a sixth of their span, squared

# A chance u makes the number SKEW * u / (SKEW_END - u): 1 on average, half of the time below 0.57, at most 4.97.
SKEW = 0.745
SKEW_END = int(1.15 * _SPAN)


class Randomness:
    """The random numbers of one use, such as one asset."""

    def __init__(self, seed: bytes, use: str) -> None:
        key = hashlib.blake2b(use.encode(), key=seed, digest_size=32).digest()
        self._state = hashlib.blake2b(key=key, digest_size=_DRAWS.size)

    def at(self, start: int, length: int) -> tuple[int, ...]:
        """Returns the eight numbers, of 32 bits, of an interval."""
        state = self._state.copy()
        state.update(_PLACE(start, length))
        return _DRAWS.unpack(state.digest())


def bell(first: int, second: int) -> float:
    """Returns a number of a distribution like the normal one: with mean 0 and variance 1, but within ±2.45."""
    return (first + second - _SPAN) * _BELL


def even(number: int) -> float:
    """Returns a number between -1 and 1, all equally likely."""
    return number * (2 / _SPAN) - 1
