from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from market_fakes import FakeAnchors, PricedAsset

from services.inventory.market.anchors import Anchor
from services.inventory.market.history.domain import Candle, Interval, Statistics
from services.inventory.market.history.fixed import FixedHistory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOVES = [
    Anchor(NOON + timedelta(minutes=10), Decimal(100)),
    Anchor(NOON + timedelta(minutes=70), Decimal(130)),
    Anchor(NOON + timedelta(minutes=80), Decimal(90)),
]
ASSET = PricedAsset(price=Decimal(90), priced_at=MOVES[-1].set_at)


def history(now: datetime) -> FixedHistory:
    return FixedHistory(FakeAnchors(MOVES), lambda: now)


def candle(hour: int, *prices: int) -> Candle:
    return Candle(NOON + hour * HOUR, *map(Decimal, prices))


async def test_a_price_lasts_until_the_next_one_is_set() -> None:
    found = await history(NOON + 2.5 * HOUR).candles(ASSET, Interval.HOUR, NOON - HOUR, NOON + 9 * HOUR)
    assert found == [candle(0, 100, 100, 100, 100), candle(1, 100, 130, 90, 90), candle(2, 90, 90, 90, 90)]


async def test_a_candle_that_has_not_ended_has_the_prices_so_far() -> None:
    found = await history(NOON + timedelta(minutes=75)).candles(ASSET, Interval.HOUR, NOON + HOUR, NOON + 2 * HOUR)
    assert found == [candle(1, 100, 130, 100, 130)]


async def test_changes_are_unknown_until_history_is_as_long() -> None:
    now = MOVES[0].set_at + timedelta(days=7)
    prices = Decimal(90), Decimal(90), Decimal(130), Decimal(90)
    assert await history(now).statistics(ASSET, now) == Statistics(Decimal("0.00"), Decimal("-10.00"), None, *prices)


async def test_the_extremes_of_a_day_include_the_price_at_its_start() -> None:
    now = MOVES[1].set_at + timedelta(days=1)
    found = await history(now).statistics(ASSET, now)
    assert (found.change_24h, found.high_24h, found.low_24h) == (Decimal("-30.77"), Decimal(130), Decimal(90))
