"""Ratios of paired measurements, with confidence intervals."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Ratio:
    """A ratio and its 95% confidence interval."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 1, that is, no difference."""
        return not self.low <= 1 <= self.high


def paired(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """Returns the geometric mean of the ratios of pairs, with Student's interval of the mean of their logarithms.

    The values must be above 0. Raises ValueError for fewer than 10 pairs, and for sequences of different lengths.
    """
    if len(ours) < 10:
        raise ValueError("an interval needs at least 10 pairs")
    logs = [math.log(our / their) for our, their in zip(ours, theirs, strict=True)]
    mean = statistics.fmean(logs)
    margin = student_quantile((1 + CONFIDENCE) / 2, len(logs) - 1) * statistics.stdev(logs) / math.sqrt(len(logs))
    return Ratio(math.exp(mean), math.exp(mean - margin), math.exp(mean + margin))


def student_quantile(probability: float, degrees: int) -> float:
    """Returns a quantile of Student's t distribution.

    By the expansion around the normal distribution (Abramowitz and Stegun, 26.7.5); from 9 degrees of freedom on it is
    right to 3 decimals.
    """
    z = statistics.NormalDist().inv_cdf(probability)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / degrees**power for power, term in enumerate(terms, start=1))
