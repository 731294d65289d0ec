"""What streams of prices show, with frames that a test makes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from cnop.inventory.v1 import asset_pb2
from cnop.inventory.v1 import inventory_service_pb2 as pb
from hypothesis import given
from hypothesis import strategies as st

from services.price_streams.board import Board, View
from services.prices.frame import AssetPrice, Frame, Source, Status

Kind = pb.WatchPricesResponse.Kind


class Prices:
    """The feed of a test."""

    def __init__(self) -> None:
        self.latest: Frame | None = None
        self.is_stale = False

    async def newer(self, seq: int) -> Frame:
        assert self.latest is not None
        return self.latest


class Market:
    """A board, and the prices on it. Its clock is a test's."""

    def __init__(self) -> None:
        self.prices = Prices()
        self.woken = 0
        self.now = 0.0
        self.board = Board(self.prices, lambda: self.now)

    async def frame(self, seq: int, *, is_halted: bool = False, **dollars: str) -> None:
        prices = {name: _price(text) for name, text in sorted(dollars.items())}
        await self.show(Frame(seq, datetime(2026, 1, 1, tzinfo=UTC), Source.SIMULATED, is_halted, 1, prices))

    async def show(self, frame: Frame) -> None:
        self.prices.latest = frame
        await self.board.show()

    def view(self, *assets: str, interval_ms: int = 0, resume_seq: int = 0) -> AbstractContextManager[View]:
        return self.board.view(assets, interval_ms, resume_seq, self._wake)

    def _wake(self) -> None:
        self.woken += 1


def _price(text: str) -> AssetPrice:
    return AssetPrice(Decimal(text), Decimal(text) - 1, Decimal(text) + 1, Status.TRADING)


def read(data: bytes | None) -> pb.WatchPricesResponse:
    assert data is not None
    return pb.WatchPricesResponse.FromString(data)


def shown(message: pb.WatchPricesResponse) -> dict[str, str]:
    return {price.asset_id: price.price_usd for price in message.prices}


@pytest.fixture
def market() -> Market:
    return Market()


async def test_a_stream_begins_with_all_its_prices_and_goes_on_with_those_that_changed(market: Market) -> None:
    await market.frame(10, BTC="100", ETH="10", SOL="5")
    with market.view("ETH", "BTC") as view:
        first = read(view.take())
        assert (first.kind, first.seq, shown(first)) == (Kind.SNAPSHOT, 10, {"BTC": "100.00", "ETH": "10.00"})
        assert (first.prices[0].bid, first.prices[0].ask) == ("99.00", "101.00")
        assert first.prices[0].trading_status == asset_pb2.TRADING
        assert first.price_source == asset_pb2.SIMULATED
        assert view.take() is None
        market.now = 1.0
        await market.frame(11, BTC="101", ETH="10", SOL="6")
        assert market.woken == 1
        second = read(view.take())
        assert (second.kind, second.seq, shown(second)) == (Kind.DELTA, 11, {"BTC": "101.00"})


async def test_a_stream_is_not_woken_by_other_assets(market: Market) -> None:
    await market.frame(10, BTC="100", ETH="10")
    with market.view("ETH") as view:
        view.take()
        market.now = 1.0
        await market.frame(11, BTC="101", ETH="10")
        assert market.woken == 0
        assert view.take() is None


async def test_a_slow_stream_gets_one_message_with_all_changes(market: Market) -> None:
    await market.frame(10, BTC="100", ETH="10", SOL="5")
    with market.view() as slow, market.view() as fast:
        slow.take(), fast.take()
        for seq, btc, eth in ((11, "101", "10"), (12, "101", "11"), (13, "103", "11")):
            market.now += 1.0
            await market.frame(seq, BTC=btc, ETH=eth, SOL="5")
            assert read(fast.take()).seq == seq
        late = read(slow.take())
        assert (late.kind, late.seq, shown(late)) == (Kind.DELTA, 13, {"BTC": "103.00", "ETH": "11.00"})
        assert slow.take() is None


async def test_streams_of_the_same_set_and_pace_share_one_message(market: Market) -> None:
    await market.frame(10, BTC="100")
    with market.view("BTC") as one, market.view("BTC") as two:
        assert one.take() is two.take()
        market.now = 1.0
        await market.frame(11, BTC="101")
        assert one.take() is two.take()


async def test_a_stream_is_not_faster_than_its_pace(market: Market) -> None:
    await market.frame(0, BTC="100")
    with market.view("BTC", interval_ms=1000) as view:
        view.take()
        times = []
        for number in range(1, 21):
            market.now = number * 0.25
            await market.frame(number, BTC=str(100 + number))
            if (message := view.take()) is not None:
                times.append(read(message).seq)
        assert times == [4, 8, 12, 16, 20]


async def test_a_stream_resumes_where_this_process_knows_what_has_changed(market: Market) -> None:
    await market.frame(10, BTC="100", ETH="10")
    with market.view() as other:
        other.take()
        await market.frame(11, BTC="101", ETH="10")
        await market.frame(12, BTC="101", ETH="12")
        with market.view(resume_seq=11) as view:
            message = read(view.take())
            assert (message.kind, shown(message)) == (Kind.DELTA, {"ETH": "12.00"})
        with market.view(resume_seq=9) as view:
            assert read(view.take()).kind == Kind.SNAPSHOT


async def test_a_halt_and_old_prices_are_told_at_once(market: Market) -> None:
    await market.frame(10, BTC="100")
    with market.view() as view:
        view.take()
        market.now = 1.0
        await market.frame(11, is_halted=True, BTC="100")
        halted = read(view.take())
        assert (halted.kind, halted.is_halted, shown(halted)) == (Kind.DELTA, True, {})
        market.now, market.prices.is_stale = 10.0, True
        await market.board.show()
        stale = read(view.take())
        assert (stale.seq, stale.is_stale, shown(stale)) == (11, True, {})


async def test_a_stream_that_begins_before_there_are_prices_waits_for_them(market: Market) -> None:
    with market.view("BTC") as view:
        assert view.take() is None
        assert read(view.heartbeat()).is_stale
        await market.frame(1, BTC="100")
        assert market.woken == 1
        assert read(view.take()).kind == Kind.SNAPSHOT


async def test_a_group_goes_with_its_last_stream(market: Market) -> None:
    await market.frame(1, BTC="100")
    with market.view("BTC") as one, market.view("BTC"):
        one.take()
    assert market.board.groups == {}


async def test_a_stream_that_begins_while_its_group_goes_is_woken(market: Market) -> None:
    await market.frame(1, BTC="100")
    later = market.view("BTC")
    with market.view("BTC"):
        pass
    with later as view:
        view.take()
        market.now = 1.0
        await market.frame(2, BTC="101")
        assert market.woken == 1
        assert read(view.take()).seq == 2


async def test_the_board_runs_until_it_is_cancelled(market: Market) -> None:
    arrived = asyncio.Event()

    class Arriving(Prices):
        async def newer(self, seq: int) -> Frame:
            await arrived.wait()
            arrived.clear()
            return await super().newer(seq)

    prices = Arriving()
    board = Board(prices)
    running = asyncio.create_task(board.run())
    woken = asyncio.Event()
    with board.view((), 0, 0, woken.set) as view:
        prices.latest = Frame(1, datetime(2026, 1, 1, tzinfo=UTC), Source.FIXED, False, 1, {"BTC": _price("1")})
        arrived.set()
        await woken.wait()
        assert read(view.take()).seq == 1
    running.cancel()


@given(st.integers(0, 2**32))
async def test_whatever_a_stream_misses_it_ends_with_the_current_prices(seed: int) -> None:
    """Frames with random changes; three streams that take messages at random, one of which resumes."""
    rng, market = random.Random(seed), Market()  # noqa: S311 - repeatable
    names = ["BTC", "ETH", "SOL"]
    prices: dict[str, str] = dict.fromkeys(names, "10")
    seq = 1
    await market.frame(seq, **prices)
    known: list[dict[str, str]] = [{}, {}, {}]
    stack = ExitStack()
    views = [stack.enter_context(one) for one in (market.view(), market.view("BTC", "SOL"), market.view("ETH"))]
    for _ in range(30):
        seq += rng.choice((1, 1, 3))
        prices = {name: rng.choice((price, str(rng.randint(5, 20)))) for name, price in prices.items()}
        market.now += 1.0
        await market.frame(seq, **prices)
        for number, view in enumerate(views):
            if rng.random() < 0.5:
                _take(view, known[number])
    with market.view(resume_seq=seq) as last:
        _take(last, {})
    for number, view in enumerate(views):
        _take(view, known[number])
    assert known == [_select(prices, *names), _select(prices, "BTC", "SOL"), _select(prices, "ETH")]
    stack.close()


def _take(view: View, known: dict[str, str]) -> None:
    message = view.take()
    if message is not None:
        read_message = read(message)
        if read_message.kind == Kind.SNAPSHOT:
            known.clear()
        known.update(shown(read_message))


def _select(prices: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: f"{prices[name]}.00" for name in names}
