"""Orders wait for the next frame of prices, if it can be expected soon."""

from __future__ import annotations

import asyncio
import time

import pytest

from services.common.rpc import call
from services.common.rpc.call import Call
from services.common.rpc.errors import Unavailable
from services.order.awaited_prices import WAITING_MAX, AwaitedPrices
from services.prices.frame import Frame
from tests.market_fakes import frame


class FakeFeed:
    """Has no frame for the first reads."""

    def __init__(self, misses: float) -> None:
        self.misses = misses
        self.reads = 0
        self.is_stale = False

    async def current(self) -> Frame:
        self.reads += 1
        if self.reads <= self.misses:
            raise Unavailable("PRICES_UNAVAILABLE", "between two publishers")
        return frame({}, seq=self.reads)


async def refused(prices: AwaitedPrices) -> None:
    with pytest.raises(Unavailable):
        await prices.current()


async def test_an_order_waits_for_the_next_frame() -> None:
    feed = FakeFeed(misses=2)
    assert (await AwaitedPrices(feed).current()).seq == 3


async def test_an_order_does_not_wait_when_prices_have_been_away_for_long() -> None:
    feed = FakeFeed(misses=1)
    feed.is_stale = True
    await refused(AwaitedPrices(feed))


async def test_an_order_without_time_does_not_wait() -> None:
    call.enter(Call(request_id="", deadline=time.monotonic()))
    await refused(AwaitedPrices(FakeFeed(misses=1)))


async def test_an_order_waits_for_half_of_its_time() -> None:
    deadline = time.monotonic() + 0.4
    call.enter(Call(request_id="", deadline=deadline))
    feed = FakeFeed(misses=float("inf"))
    await refused(AwaitedPrices(feed))
    assert feed.reads <= 4  # one at once, then one each 0.1 s


async def test_only_some_orders_wait_so_that_other_calls_are_served() -> None:
    feed = FakeFeed(misses=float("inf"))
    prices = AwaitedPrices(feed)
    orders = [asyncio.create_task(prices.current()) for _ in range(WAITING_MAX + 5)]
    done, waiting = await asyncio.wait(orders, return_when=asyncio.FIRST_COMPLETED)
    assert len(waiting) == WAITING_MAX
    assert all(isinstance(order.exception(), Unavailable) for order in done)
    feed.misses = 0
    assert len({(await order).seq for order in waiting}) == WAITING_MAX
