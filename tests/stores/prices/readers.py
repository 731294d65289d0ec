"""Clients that are shown prices, and orders that are filled at them, checked against each other all the time."""

from __future__ import annotations

import asyncio
from collections import Counter

from services.common.rpc.errors import Unavailable
from services.inventory.market.publication.lease import first_seq
from services.order.awaited_prices import AwaitedPrices
from services.prices.feed import Feed


class Readers:
    """Feeds that show prices to clients, and one by which orders are filled, all checked all the time."""

    def __init__(self, shown: list[Feed], order: Feed) -> None:
        self.shown = shown
        self.order = order
        self.seen = 0  # the highest number that any client has seen
        self.orders = 0
        self.reasons: Counter[str] = Counter()  # of the refusals
        self._filled = asyncio.Event()

    async def place_orders(self) -> None:
        """Asserts forever that no order is filled at an older price than any client has seen."""
        prices = AwaitedPrices(self.order)
        while True:
            seen = self.seen = max(self.seen, *(feed.latest.seq for feed in self.shown if feed.latest), 0)
            try:
                frame = await prices.current()
            except Unavailable as refusal:
                self.reasons[refusal.reason] += 1
                await asyncio.sleep(0.01)
            else:
                assert frame.seq >= seen
                self.orders += 1
                self._filled.set()
                self.seen = max(self.seen, frame.seq)
            await asyncio.sleep(0)

    async def frames(self, count: int = 1) -> int:
        """Waits until every reader has that many more frames. Returns the number of the last that was seen."""
        await asyncio.gather(*(_frames(feed, count) for feed in (*self.shown, self.order)))
        return self.seen

    async def epoch(self, least: int) -> int:
        """Waits until every reader has frames of this or a later publisher. Returns the number of the last."""
        await asyncio.gather(*(feed.newer(first_seq(least)) for feed in (*self.shown, self.order)))
        return self.seen

    async def filled(self, count: int = 1) -> None:
        """Waits until that many more orders are filled."""
        for _ in range(count):
            self._filled.clear()
            await self._filled.wait()


async def _frames(feed: Feed, count: int) -> None:
    for _ in range(count):
        await feed.newer(feed.latest.seq if feed.latest else 0)
