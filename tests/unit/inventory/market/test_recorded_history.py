from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from market_fakes import FakeCandles, PricedAsset, Prices

from services.inventory.market.history.domain import Candle, Interval, Statistics
from services.inventory.market.history.recorder import Recorder
from services.inventory.market.history.stored import StoredHistory

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SOL = PricedAsset(price=Decimal(50), priced_at=MIDNIGHT - 90 * 24 * HOUR)


def candle(start: datetime, *prices: int) -> Candle:
    return Candle(start, *map(Decimal, prices))


@pytest.fixture
def candles() -> FakeCandles:
    return FakeCandles()


@pytest.fixture
def prices() -> Prices:
    return Prices()


async def record(candles: FakeCandles, prices: Prices, begin: datetime, *shown: tuple[float, int]) -> None:
    """Records prices, each with its seconds after a moment."""
    recorder = Recorder(prices, candles)
    for seconds, price in shown:
        await recorder.note(prices.publish(begin + timedelta(seconds=seconds), price))


async def test_a_minute_is_stored_when_it_is_over(candles: FakeCandles, prices: Prices) -> None:
    await record(candles, prices, MIDNIGHT, (1, 10), (2, 12), (59, 9), (60, 11))
    assert candles.stored == {("SOL", Interval.MINUTE): {MIDNIGHT: candle(MIDNIGHT, 10, 12, 9, 11)}}


async def test_a_gap_does_not_reach_into_the_candle_before(candles: FakeCandles, prices: Prices) -> None:
    await record(candles, prices, MIDNIGHT, (1, 10), (200, 50))
    assert candles.stored[("SOL", Interval.MINUTE)] == {MIDNIGHT: candle(MIDNIGHT, 10, 10, 10, 10)}


async def test_hours_and_days_are_made_of_what_is_stored_whoever_stored_it(
    candles: FakeCandles, prices: Prices
) -> None:
    begin = MIDNIGHT - HOUR
    await candles.put(Interval.HOUR, {"SOL": candle(begin - HOUR, 5, 40, 4, 20)})
    await record(candles, prices, begin, (0, 20), (60, 30), (61, 31))
    await record(candles, prices, begin + 59 * MINUTE, (0, 25), (60, 26))  # another publisher
    assert candles.stored[("SOL", Interval.HOUR)][begin] == candle(begin, 20, 30, 20, 26)
    day = MIDNIGHT - 24 * HOUR
    assert candles.stored[("SOL", Interval.DAY)] == {day: candle(day, 5, 40, 4, 26)}


async def test_a_candle_that_has_not_ended_is_made_of_its_parts_and_the_current_price(
    candles: FakeCandles, prices: Prices
) -> None:
    now = MIDNIGHT + 2 * HOUR + 5.5 * MINUTE
    await candles.put(Interval.HOUR, {"SOL": candle(MIDNIGHT + HOUR, 10, 20, 8, 15)})
    await candles.put(Interval.MINUTE, {"SOL": candle(MIDNIGHT + 2 * HOUR, 15, 30, 15, 25)})
    prices.publish(now, 27)
    history = StoredHistory(candles, prices, lambda: now)
    days = await history.candles(SOL, Interval.DAY, MIDNIGHT, now)
    hours = await history.candles(SOL, Interval.HOUR, MIDNIGHT, now)
    minutes = await history.candles(SOL, Interval.MINUTE, now - MINUTE, now + HOUR)
    assert days == [candle(MIDNIGHT, 10, 30, 8, 27)]
    assert hours == [candle(MIDNIGHT + HOUR, 10, 20, 8, 15), candle(MIDNIGHT + 2 * HOUR, 15, 30, 15, 27)]
    assert minutes == [candle(now - timedelta(seconds=30), 27, 27, 27, 27)]


async def test_statistics_follow_the_price_and_read_the_past_rarely(candles: FakeCandles, prices: Prices) -> None:
    now = MIDNIGHT + 12 * HOUR
    for days, price in ((1, 50), (7, 40), (60, 200)):
        start = now - days * 24 * HOUR
        await candles.put(Interval.HOUR, {"SOL": candle(start, price, price, price, price)})
        await candles.put(Interval.DAY, {"SOL": candle(Interval.DAY.floor(start), price, price + 1, price - 1, price)})
    history = StoredHistory(candles, prices, lambda: now + HOUR)
    prices.publish(now, 60)
    first = await history.statistics(SOL, now)
    expected = Decimal("20.00"), Decimal("50.00"), None, Decimal(60), Decimal(50), Decimal(201), Decimal(39)
    assert first == Statistics(*expected)
    candles.reads = 0
    prices.publish(now, 30)
    later = await history.statistics(SOL, now + 9 * MINUTE)
    assert (later.change_24h, later.low_24h, later.history_low) == (Decimal("-40.00"), Decimal(30), Decimal(30))
    assert candles.reads == 0


async def test_an_asset_without_any_candle_has_its_price(candles: FakeCandles, prices: Prices) -> None:
    history = StoredHistory(candles, prices, lambda: MIDNIGHT)
    assert await history.statistics(SOL, MIDNIGHT) == Statistics(None, None, None, *[Decimal(50)] * 4)
    assert await history.candles(SOL, Interval.HOUR, MIDNIGHT - HOUR, MIDNIGHT + HOUR) == []
    assert await history.begins_at(SOL) == MIDNIGHT
