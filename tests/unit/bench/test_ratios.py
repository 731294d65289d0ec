from __future__ import annotations

import math
import random

import pytest

from bench import ratios


@pytest.mark.parametrize(
    ("degrees", "quantile"), [(9, 2.262), (10, 2.228), (14, 2.145), (19, 2.093), (29, 2.045), (99, 1.984)]
)
def test_quantiles_match_published_tables(degrees: int, quantile: float) -> None:
    assert ratios.student_quantile(0.975, degrees) == pytest.approx(quantile, abs=0.0006)


def test_pairs_of_one_ratio_give_it_exactly() -> None:
    ratio = ratios.paired([3.0 * number for number in range(1, 11)], [2.0 * number for number in range(1, 11)])
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((1.5, 1.5, 1.5))
    assert ratio.is_clear


def test_the_interval_is_that_of_the_mean_of_the_logarithms() -> None:
    ratio = ratios.paired([1.0, 4.0] * 5, [1.0] * 10)
    margin = 2.2622 * (math.log(4) * math.sqrt(10 * 0.25 / 9)) / math.sqrt(10)
    assert ratio.value == pytest.approx(2.0)
    assert ratio.low == pytest.approx(2.0 / math.exp(margin), rel=1e-3)
    assert ratio.high == pytest.approx(2.0 * math.exp(margin), rel=1e-3)


def test_drift_that_both_sides_share_does_not_matter() -> None:
    drift = [1.0 + 0.05 * number for number in range(10)]
    ratio = ratios.paired([100 * factor for factor in drift], [90 * factor for factor in drift])
    assert ratio.low == pytest.approx(ratio.high)


def test_nineteen_of_twenty_intervals_hold_the_true_ratio() -> None:
    choose = random.Random(7)  # noqa: S311 - a simulation
    held = 0
    for _ in range(1000):
        ours = [1.1 * choose.lognormvariate(0, 0.2) for _ in range(10)]
        ratio = ratios.paired(ours, [choose.lognormvariate(0, 0.2) for _ in range(10)])
        held += ratio.low <= 1.1 <= ratio.high
    assert held == pytest.approx(950, abs=20)


def test_an_interval_that_holds_1_shows_no_difference() -> None:
    assert not ratios.Ratio(1.02, 0.97, 1.07).is_clear
    assert ratios.Ratio(1.08, 1.02, 1.14).is_clear
    assert ratios.Ratio(0.92, 0.88, 0.97).is_clear


@pytest.mark.parametrize(("ours", "theirs"), [([1.0] * 9, [1.0] * 9), ([1.0] * 11, [1.0] * 10)])
def test_too_few_pairs_and_sequences_that_do_not_pair_are_refused(ours: list[float], theirs: list[float]) -> None:
    with pytest.raises(ValueError, match=r"10 pairs|zip"):
        ratios.paired(ours, theirs)
