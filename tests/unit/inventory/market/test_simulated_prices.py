from __future__ import annotations

import hashlib
import math
import statistics
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from market_fakes import ANCHORED_AT, CATEGORIES, SEED, PricedAsset

from services.inventory.market.simulation.arithmetic import exp
from services.inventory.market.simulation.courses import Course
from services.inventory.market.simulation.intervals import Interval
from services.inventory.market.simulation.market import SimulatedMarket
from services.inventory.market.simulation.profiles import profile_of
from services.inventory.market.simulation.source import SimulatedSource
from services.inventory.market.simulation.steps import DAY, HOUR, MINUTE, start_of, step_at

STEP_0 = step_at(ANCHORED_AT)
DAY_0 = STEP_0 // DAY


def course(asset_id: str = "SOL", price: str = "165.00", seed: bytes = SEED) -> Course:
    return SimulatedMarket(seed).course(asset_id, CATEGORIES[asset_id], Decimal(price), ANCHORED_AT)


def days(one: Course, count: int = 365) -> list[Interval]:
    return [one.day(day) for day in range(DAY_0 - count, DAY_0)]


def cells(one: Course, length: int, count: int) -> list[Interval]:
    found = (one.path.cells(day, length, day.start, day.start + DAY) for day in days(one, count))
    return [cell for part in found for cell in part]


# Literal values: a different one means that the past of every running system would change.
@pytest.mark.parametrize(
    ("asset_id", "price", "steps", "expected"),
    [
        ("BTC", "100000", 0, "100000.00000000"),
        ("BTC", "100000", 1, "99995.20011739"),
        ("BTC", "100000", 3 * DAY, "93842.66076540"),
        ("BTC", "100000", -200 * DAY, "88362.64983668"),
        ("USDC", "1.00", 1, "1.00000026"),
        ("USDC", "1.00", 3 * DAY, "1.00003182"),
        ("USDC", "1.00", -200 * DAY, "0.99998887"),
        ("PEPE", "0.00001212", -200 * DAY, "0.00000687"),
    ],
)
def test_prices_are_the_same_in_every_process(asset_id: str, price: str, steps: int, expected: str) -> None:
    assert str(course(asset_id, price).price_at(STEP_0 + steps)) == expected


def test_every_bit_of_a_path_is_the_same_on_every_platform() -> None:
    one = course("UNI", "8.92")
    path = "".join(map(repr, [*days(one, 100), *cells(one, MINUTE, 1)]))
    assert (
        hashlib.sha256(path.encode()).hexdigest()
        == "d8ce40187dd444f3ebf86efc0732245ffe5619c784a6108028faea9d04476a63"  # pragma: allowlist secret
    )


def test_another_seed_makes_another_market() -> None:
    one, other = (days(course(seed=seed)) for seed in (SEED, SEED[::-1]))
    assert (
        abs(statistics.correlation([day.close - day.open for day in one], [day.close - day.open for day in other]))
        < 0.2
    )


def test_a_short_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SimulatedMarket(b"guess")


@given(st.sampled_from(sorted(CATEGORIES)), st.integers(-2 * DAY, 2 * DAY))
def test_a_price_starts_at_its_anchor_and_goes_on_in_small_steps(asset_id: str, offset: int) -> None:
    one = course(asset_id, "1234.56789012")
    assert one.price_at(STEP_0) == Decimal("1234.56789012")
    before, after = one.price_at(STEP_0 + offset), one.price_at(STEP_0 + offset + 1)
    assert abs(after / before - 1) < profile_of(asset_id, CATEGORIES[asset_id]).daily / 10


@given(st.integers(-3 * DAY, 3 * DAY), st.lists(st.integers(-10, 40), max_size=30))
def test_a_reader_finds_the_same_prices_whatever_it_has_read_before(offset: int, moves: list[int]) -> None:
    source, one, step = SimulatedSource(SimulatedMarket(SEED)), course(), STEP_0 + offset
    for move in moves:
        step += move
        assert source.middles([PricedAsset()], start_of(step)) == {"SOL": one.price_at(step)}


def test_a_price_lasts_for_a_step() -> None:
    source = SimulatedSource(SimulatedMarket(SEED))
    start = start_of(STEP_0 + 1)
    prices = [source.middles([PricedAsset()], start + timedelta(milliseconds=late))["SOL"] for late in (0, 249, 250)]
    assert prices[0] == prices[1] != prices[2]


def test_a_new_anchor_takes_effect_at_once() -> None:
    source, later = SimulatedSource(SimulatedMarket(SEED)), ANCHORED_AT + timedelta(hours=1)
    source.middles([PricedAsset()], later)
    moved = PricedAsset(price=Decimal(200), priced_at=later)
    assert source.middles([moved], later) == {"SOL": Decimal(200)}


@pytest.mark.parametrize(
    ("asset_id", "least", "most"),
    [("BTC", 0.015, 0.03), ("SOL", 0.02, 0.04), ("UNI", 0.03, 0.055), ("PEPE", 0.045, 0.08), ("USDC", 5e-5, 2e-4)],
)
def test_a_day_moves_as_much_as_is_usual_for_such_an_asset(asset_id: str, least: float, most: float) -> None:
    one = course(asset_id)
    assert least < statistics.pstdev(day.close - day.open for day in days(one)) < most


@pytest.mark.parametrize(("length", "count"), [(HOUR, 60), (MINUTE, 4)])
def test_volatility_is_consistent_at_all_scales(length: int, count: int) -> None:
    one = course()
    moves = [cell.close - cell.open for cell in cells(one, length, count)]
    per_day = math.sqrt(statistics.fmean(move * move for move in moves) * DAY / length)
    assert 0.7 < per_day / profile_of("SOL", "layer-1").daily < 1.4


def test_calm_and_lively_times_alternate() -> None:
    moves = [abs(cell.close - cell.open) for cell in cells(course(), HOUR, 60)]
    assert statistics.correlation(moves[:-1], moves[1:]) > 0.1


def test_assets_move_together_and_more_so_in_a_category() -> None:
    moves = {name: [day.close - day.open for day in days(course(name))] for name in ("BTC", "SOL", "PEPE")}
    assert statistics.correlation(moves["BTC"], moves["SOL"]) > 0.5
    assert statistics.correlation(moves["BTC"], moves["PEPE"]) > 0.25


@given(st.binary(min_size=32, max_size=32), st.integers(-3000, 3000))
def test_no_seed_moves_a_stablecoin_by_more_than_a_tenth_of_a_percent(seed: bytes, offset: int) -> None:
    one = course("USDC", "1.00", seed)
    day = one.day(DAY_0 + offset)
    assert Decimal("0.999") < one.price(DAY_0 + offset, day.low)
    assert one.price(DAY_0 + offset, day.high) < Decimal("1.001")


def test_a_stablecoin_stays_within_a_tenth_of_a_percent() -> None:
    one = course("USDC", "1.00")
    extremes = [one.price(day.start // DAY, value) for day in days(one, 2000) for value in (day.low, day.high)]
    assert Decimal("0.999") < min(extremes)
    assert max(extremes) < Decimal("1.001")


@pytest.mark.parametrize("asset_id", ["SOL", "PEPE"])
def test_a_price_stays_around_its_anchor_for_years(asset_id: str) -> None:
    one = course(asset_id)
    closes = [one.day(day).open for day in range(DAY_0 - 10_000, DAY_0 + 10_000, 5)]
    reach = 3 * 8 * profile_of(asset_id, CATEGORIES[asset_id]).daily  # three standard deviations of 128 days
    assert max(map(abs, closes)) < reach
    assert abs(statistics.fmean(closes)) < reach / 10


@given(st.integers(DAY_0 - 400, DAY_0 + 400), st.data())
def test_an_interval_encloses_its_parts(day: int, data: st.DataObject) -> None:
    one = course()
    whole = one.day(day)
    while whole.length > 1:
        left, right = one.path.parts(whole)
        assert (left.start, right.start + right.length) == (whole.start, whole.start + whole.length)
        assert left.start + left.length == right.start
        assert (left.open, left.close, right.close) == (whole.open, right.open, whole.close)
        if whole.length > 2:  # steps have no inside
            assert max(left.high, right.high) == whole.high
            assert min(left.low, right.low) == whole.low
        for part in (left, right):
            assert part.low <= min(part.open, part.close)
            assert max(part.open, part.close) <= part.high
        whole = data.draw(st.sampled_from([left, right]))


@given(st.floats(-12, 12))
def test_the_exponential_function_is_accurate_enough(x: float) -> None:
    assert exp(x) == pytest.approx(math.exp(x), rel=1e-5)


def test_the_exponential_function_is_exact_at_zero() -> None:
    assert exp(0.0) == 1.0
