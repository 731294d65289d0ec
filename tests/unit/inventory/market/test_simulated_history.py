from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from market_fakes import ANCHORED_AT, SEED, FakeAnchors, PricedAsset

from services.inventory.market.anchors import Anchor
from services.inventory.market.history.domain import Candle, Interval
from services.inventory.market.history.simulated import SimulatedHistory
from services.inventory.market.simulation.market import SimulatedMarket
from services.inventory.market.simulation.source import SimulatedSource
from services.inventory.market.simulation.steps import STEP

NOW = ANCHORED_AT + timedelta(days=3, hours=1, seconds=17)
MOVED_AT = ANCHORED_AT + timedelta(days=1, hours=2)
MOVES = [Anchor(ANCHORED_AT, Decimal(165)), Anchor(MOVED_AT, Decimal(150))]
SOL = PricedAsset("SOL", Decimal(150), MOVED_AT)
MINUTE, HOUR, DAY = Interval


def history(now: datetime = NOW, moves: Sequence[Anchor] = MOVES) -> SimulatedHistory:
    return SimulatedHistory(SimulatedMarket(SEED), FakeAnchors(list(moves)), lambda: now)


def price(at: datetime) -> Decimal:
    """Returns what the live market showed."""
    anchor = MOVES[at >= MOVED_AT]
    return SimulatedSource(SimulatedMarket(SEED)).middles([PricedAsset("SOL", anchor.price, anchor.set_at)], at)["SOL"]


def check(candles: Sequence[Candle], length: timedelta) -> None:
    for candle in candles:
        assert candle.low <= min(candle.open, candle.close)
        assert max(candle.open, candle.close) <= candle.high
    for one, following in itertools.pairwise(candles):
        assert following.start - one.start == length
        assert one.close == following.open


@pytest.mark.parametrize(
    ("small", "large", "start"),
    [
        (MINUTE, HOUR, NOW - timedelta(hours=3)),
        (MINUTE, HOUR, MOVED_AT - timedelta(hours=2)),
        (HOUR, DAY, NOW - timedelta(days=4)),
        (MINUTE, DAY, ANCHORED_AT - timedelta(days=30)),
    ],
)
async def test_candles_of_all_lengths_agree(small: Interval, large: Interval, start: datetime) -> None:
    begin = large.floor(start)
    end = begin + 3 * large.value
    parts, wholes = [await history().candles(SOL, length, begin, end) for length in (small, large)]
    check(parts, small.value)
    check(wholes, large.value)
    for whole in wholes:
        inside = [part for part in parts if whole.start <= part.start < whole.start + large.value]
        assert whole.open == inside[0].open
        assert whole.high == max(part.high for part in inside)
        assert whole.low == min(part.low for part in inside)
        assert whole.close == inside[-1].close


@pytest.mark.parametrize("start", [NOW - timedelta(minutes=2), MOVED_AT - timedelta(minutes=1)])
async def test_candles_hold_every_live_price(start: datetime) -> None:
    begin = MINUTE.floor(start)
    for candle in await history().candles(SOL, MINUTE, begin, begin + timedelta(minutes=3)):
        end = min(candle.start + MINUTE.value, NOW)
        shown = [price(candle.start + number * STEP) for number in range((end - candle.start) // STEP + 1)]
        assert candle.low <= min(shown)
        assert max(shown) <= candle.high
        assert (candle.open, candle.close) == (shown[0], shown[-1])


async def test_the_last_candle_ends_at_the_current_price_and_reveals_nothing_of_the_future() -> None:
    begin = HOUR.floor(NOW)
    [candle] = await history().candles(SOL, HOUR, begin, NOW + timedelta(days=1))
    [later] = await history(now=begin + timedelta(hours=1)).candles(SOL, HOUR, begin, begin + timedelta(minutes=1))
    assert candle.close == price(NOW)
    assert candle.high < later.high or candle.low > later.low
    minutes = await history().candles(SOL, MINUTE, begin, NOW)
    assert (candle.high, candle.low) == (max(one.high for one in minutes), min(one.low for one in minutes))


async def test_history_has_no_future_and_begins_a_year_before_the_first_anchor() -> None:
    ages = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    candles = await history().candles(SOL, DAY, *ages)
    assert candles[0].start == DAY.floor(ANCHORED_AT) - timedelta(days=365)
    assert candles[-1].start == DAY.floor(NOW)


async def test_a_later_anchor_changes_nothing_of_the_past() -> None:
    span = ANCHORED_AT - timedelta(days=5), MOVED_AT - timedelta(hours=1)
    before = await history(moves=MOVES[:1]).candles(PricedAsset(), HOUR, *span)
    assert before == await history().candles(SOL, HOUR, *span)


@given(st.integers(0, 5000), st.integers(1, 300), st.sampled_from(Interval))
async def test_any_part_of_a_history_equals_the_same_part_of_all(skipped: int, count: int, interval: Interval) -> None:
    one = history()
    start = MOVED_AT - skipped * interval.value / 10
    some = await one.candles(SOL, interval, start, start + count * interval.value)
    more = await one.candles(SOL, interval, start - 9 * interval.value, start + (count + 70) * interval.value)
    assert some == [candle for candle in more if start <= candle.start < start + count * interval.value]


async def test_statistics_agree_with_the_candles() -> None:
    now = MINUTE.floor(NOW)
    one = history(now)
    found = await one.statistics(SOL, now)
    minutes = await one.candles(SOL, MINUTE, now - timedelta(days=1), now)
    assert found.high_24h == max(candle.high for candle in minutes)
    assert found.low_24h == min(candle.low for candle in minutes)
    days = await one.candles(SOL, DAY, datetime(1970, 1, 1, tzinfo=UTC), now)
    assert found.history_high == max(candle.high for candle in days)
    assert found.history_low == min(candle.low for candle in days)
    for change, age in ((found.change_24h, 1), (found.change_7d, 7), (found.change_30d, 30)):
        assert change == round((price(now) / price(now - timedelta(days=age)) - 1) * 100, 2)


async def test_statistics_follow_the_minute_and_the_anchor() -> None:
    one = SimulatedHistory(SimulatedMarket(SEED), FakeAnchors(), lambda: NOW + timedelta(hours=1))
    first = await one.statistics(SOL, NOW)
    assert await one.statistics(SOL, NOW + timedelta(seconds=20)) is first
    assert await one.statistics(SOL, NOW + timedelta(minutes=1)) != first
    assert await one.statistics(PricedAsset(), NOW) != first


async def test_history_follows_a_change_of_the_category_as_prices_do() -> None:
    one, begin = history(), MINUTE.floor(NOW)
    await one.candles(SOL, MINUTE, begin, NOW)
    changed = replace(SOL, other_category="meme")
    [candle] = await one.candles(changed, MINUTE, begin, NOW)
    assert candle.close == SimulatedSource(SimulatedMarket(SEED)).middles([changed], NOW)["SOL"]


async def test_statistics_never_look_ahead_of_the_newest_prices() -> None:
    assert await history().statistics(SOL, NOW + timedelta(seconds=288)) == await history().statistics(SOL, NOW)
