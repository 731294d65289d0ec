from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kraken import FakeKraken, kraken
from market_fakes import ANCHORED_AT, FakeCandles, PricedAsset

from services.common.startup import StartupError
from services.inventory.market.exchange.backfill import Backfill, candles_of
from services.inventory.market.exchange.client import exchange_opener
from services.inventory.market.exchange.listening import ExchangeListener
from services.inventory.market.exchange.quotes import ExchangeSilentError, ExchangeSource, middle_of
from services.inventory.market.history.domain import Candle, Interval

ASSETS = [PricedAsset("BTC"), PricedAsset("SOL"), PricedAsset("PEPE")]


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class NotingSource(ExchangeSource):
    """Tells when it has taken quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: asyncio.Queue[dict[str, Decimal]] = asyncio.Queue()

    def note(self, middles: Any) -> None:
        super().note(middles)
        self.noted.put_nowait(middles)


@pytest.mark.parametrize(
    ("ticker", "expected"),
    [
        ({"bid": 100.0, "ask": 100.5, "last": 99.0}, "100.25"),
        ({"bid": 1.212e-05, "ask": 1.213e-05}, "0.00001212"),
        ({"bid": None, "ask": 100.5, "last": 99.0}, "99"),
        ({"bid": 101.0, "ask": 100.5, "last": 99.0}, "99"),
        ({"bid": 0.0, "ask": 0.0, "last": 1e-12}, "0.00000001"),
        ({"bid": float("nan"), "ask": float("inf"), "last": None}, None),
        ({"last": -1.0}, None),
        ({}, None),
    ],
    ids=str,
)
def test_the_price_is_the_middle_of_bid_and_ask(ticker: dict[str, Any], expected: str | None) -> None:
    assert middle_of(ticker) == (None if expected is None else Decimal(expected))


@given(st.dictionaries(st.sampled_from(["bid", "ask", "last"]), st.floats() | st.integers() | st.none() | st.text()))
def test_no_message_makes_a_price_that_is_not_one(ticker: dict[str, Any]) -> None:
    middle = middle_of(ticker)
    assert middle is None or middle >= Decimal("0.00000001")


def test_a_silent_exchange_has_no_prices() -> None:
    clock = Clock()
    source = ExchangeSource(clock)
    with pytest.raises(ExchangeSilentError):
        source.middles(ASSETS, ANCHORED_AT)
    source.begin({"BTC": Decimal(100), "SOL": Decimal(5)})
    clock.seconds = 4.0
    source.note({"BTC": Decimal(101)})
    clock.seconds = 8.0
    assert source.middles(ASSETS, ANCHORED_AT) == {"BTC": Decimal(101), "SOL": Decimal(5)}
    clock.seconds = 10.0
    with pytest.raises(ExchangeSilentError):
        source.middles(ASSETS, ANCHORED_AT)


def test_a_new_connection_forgets_what_the_old_one_said() -> None:
    source = ExchangeSource(Clock())
    source.begin({"BTC": Decimal(100), "SOL": Decimal(5)})
    source.begin({"BTC": Decimal(99)})
    assert source.middles(ASSETS, ANCHORED_AT) == {"BTC": Decimal(99)}


# What follows needs ccxt, which is optional. It talks to a server of this test, never to the network.


@pytest.fixture
async def fake() -> AsyncIterator[FakeKraken]:
    pytest.importorskip("ccxt")
    async with kraken() as one:
        one.rest = {"XXBTZUSD": ("99000.0", "99001.0"), "SOLUSD": ("160.0", "160.1")}
        yield one


def listener(fake: FakeKraken, source: ExchangeSource, silence_seconds: float = 60.0) -> ExchangeListener:
    connect = exchange_opener("kraken", **fake.options)
    return ExchangeListener(connect, source, lambda: [one.asset_id for one in ASSETS], "USD", silence_seconds)


async def test_prices_come_from_a_request_and_then_from_the_stream(fake: FakeKraken) -> None:
    source = NotingSource()
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        task = group.create_task(listener(fake, source).run())
        assert await source.noted.get() == {"BTC": Decimal("99000.5"), "SOL": Decimal("160.05")}
        assert await fake.subscribed.get() == ["BTC/USD", "SOL/USD"]
        await fake.quote("BTC/USD", 99010.0, 99012.0)
        assert await source.noted.get() == {"BTC": Decimal(99011)}
        prices = source.middles(ASSETS, ANCHORED_AT)
        task.cancel()
    assert prices == {"BTC": Decimal(99011), "SOL": Decimal("160.05")}


async def test_a_connection_that_breaks_is_made_again_and_the_gap_is_filled(fake: FakeKraken) -> None:
    source = NotingSource()
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        task = group.create_task(listener(fake, source).run())
        await source.noted.get()
        await fake.subscribed.get()
        fake.rest["XXBTZUSD"] = ("98000.0", "98001.0")
        await fake.connections[-1].close()
        assert await source.noted.get() == {"BTC": Decimal("98000.5"), "SOL": Decimal("160.05")}
        await fake.subscribed.get()
        task.cancel()


async def test_a_connection_that_is_open_but_silent_counts_as_broken(fake: FakeKraken) -> None:
    with pytest.raises(ExchangeSilentError):
        await listener(fake, ExchangeSource(), silence_seconds=0.5).listen()
    assert fake.connections, "it was connected"


async def test_an_exchange_without_any_of_the_assets_is_an_error(fake: FakeKraken) -> None:
    connect = exchange_opener("kraken", **fake.options)
    with pytest.raises(LookupError, match="USD"):
        await ExchangeListener(connect, ExchangeSource(), lambda: ["NONE"], "USD").listen()


def test_an_unknown_exchange_is_refused_at_the_start() -> None:
    pytest.importorskip("ccxt")
    with pytest.raises(StartupError, match="nowhere"):
        exchange_opener("nowhere")


async def test_missing_candles_are_asked_for_once(fake: FakeKraken) -> None:
    now = datetime(2026, 3, 2, 12, 0, 30, tzinfo=UTC)
    starts = [int(now.timestamp()) // 60 * 60 - 60 * age for age in range(30, -1, -1)]
    fake.minutes = [[start, "10.0", "12.5", "9.5", "11.0", "0", "1.0", 3] for start in starts]
    candles = FakeCandles()
    fill = Backfill(exchange_opener("kraken", **fake.options), candles, lambda: ["SOL", "PEPE"], "USD", lambda: now)
    await fill.fill()
    stored = candles.stored[("SOL", Interval.MINUTE)]
    assert len(stored) == 30, "the minute that has not ended is left out"
    assert stored[min(stored)] == Candle(min(stored), *map(Decimal, ("10", "12.5", "9.5", "11")))
    asked = fake.asked.count("1")
    await fill.fill()
    assert fake.asked.count("1") == asked == 1, "no minute is missing any more"


def test_a_candle_of_an_exchange_that_is_none_is_left_out() -> None:
    good = [1772452800000, 10.0, 12.0, 9.0, 11.0, 1.0]
    bad = [
        [good[0], 10.0, 9.0, 8.0, 10.0, 1.0],
        [good[0], None, 1.0, 1.0, 1.0, 1.0],
        [good[0], 0.0, 1.0, 0.0, 1.0, 0.0],
    ]
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert candles_of([*bad, good]) == [Candle(start, Decimal(10), Decimal(12), Decimal(9), Decimal(11))]
