"""Random numbers that follow from the secret seed: the same in every process, for every version of Python.

Without the seed they cannot be predicted, however many prices are known: each comes from a keyed hash (BLAKE2b) of the
place where it is used.
"""

from __future__ import annotations

import hashlib
import math
import statistics
import struct

_PLACE = struct.Struct(">qI").pack
_BYTES = 8


def _levels() -> list[float]:
    return [(index + 0.5) / 256 for index in range(256)]


# Quantiles, so that a byte chooses a value. They are rounded: the last bits of logarithms differ between platforms.
NORMAL = tuple(round(statistics.NormalDist().inv_cdf(level), 6) for level in _levels())  # the bounds are ±2.89
EXPONENTIAL = tuple(round(-math.log(level), 6) for level in _levels())  # between 0 and 6.24
EVEN = tuple(2 * level - 1 for level in _levels())  # between -1 and 1


class Randomness:
    """The random numbers of one use, such as one asset."""

    def __init__(self, seed: bytes, use: str) -> None:
        key = hashlib.blake2b(use.encode(), key=seed, digest_size=32).digest()
        self._state = hashlib.blake2b(key=key, digest_size=_BYTES)

    def at(self, start: int, length: int) -> bytes:
        """Returns 8 random bytes that belong to an interval."""
        state = self._state.copy()
        state.update(_PLACE(start, length))
        return state.digest()
