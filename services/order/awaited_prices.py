"""The current prices, for orders that wait a moment: there may be none between two publishers."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from services.common.rpc import call
from services.common.rpc.errors import Unavailable
from services.prices.frame import Frame

WAIT_SECONDS_MAX = 3.0
WAITING_MAX = 64  # a quarter of the calls that a replica serves at once, by default
_PAUSE_SECONDS = 0.1


class Feed(Protocol):
    """The prices, as they can be had without waiting."""

    @property
    def is_stale(self) -> bool:
        """Whether no new frame was read for some seconds."""
        ...

    async def current(self) -> Frame:
        """Returns the latest frame, by a read that begins after this call. Raises Unavailable PRICES_UNAVAILABLE."""
        ...


class AwaitedPrices:
    """Reads the current prices, again and again while they cannot be had.

    A call waits for half of its time at most, so that the rest is left for what it does with the price. It does not
    wait when prices have been away for long, or when many wait: they would keep other calls from being served.
    """

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._waiting = 0

    async def current(self) -> Frame:
        """Returns the latest frame, by a read that begins after this call. Raises Unavailable PRICES_UNAVAILABLE."""
        end = time.monotonic() + call.remaining_seconds(2 * WAIT_SECONDS_MAX) / 2
        while True:
            try:
                return await self._feed.current()
            except Unavailable:
                if self._feed.is_stale or self._waiting >= WAITING_MAX or time.monotonic() >= end:
                    raise
            await self._pause()

    async def _pause(self) -> None:
        self._waiting += 1
        try:
            await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            self._waiting -= 1
