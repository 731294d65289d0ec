"""The watched users, and the reading of their orders."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from services.common.times import Clock
from services.order.domain import OrderFilter, Status
from services.order.ports import OrderRepository
from services.order.watch.announcements import Change
from services.order.watch.channel import Channel, OrderView
from services.order.watch.subscriptions import Subscriptions

REREAD_SECONDS = 10.0
_SWEEP_SECONDS = 1.0
_AT_ONCE = 16  # users whose orders are read at the same time
# How far back orders are read again: the clock that stamped one may be minutes off. A user can create no more orders
# between two reads than are read at once.
_RECENT = timedelta(minutes=10)
_RECENT_SIZE = 20
_OPEN = timedelta(days=1)  # an order is final within seconds, or quarantined
_OPEN_SIZE = 200

logger = logging.getLogger("cnop.watch")


class WatchedOrders:
    """The orders of the users who watch them here."""

    def __init__(
        self,
        repository: OrderRepository,
        subscriptions: Subscriptions,
        now: Clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._repository = repository
        self._subscriptions = subscriptions
        self._now = now
        self._monotonic = monotonic
        self._channels: dict[str, Channel] = {}

    @property
    def users(self) -> list[str]:
        """The watched users."""
        return list(self._channels)

    def heard(self, user_id: str, change: Change) -> None:
        """Takes an announcement."""
        if user_id in self._channels:
            self._channels[user_id].note(change)

    def lost(self) -> None:
        """Learns that announcements may have been lost: reads all orders again soon."""
        for channel in self._channels.values():
            channel.read_at = float("-inf")

    @asynccontextmanager
    async def view(self, user_id: str, wake: Callable[[], None]) -> AsyncIterator[OrderView]:
        """Yields what a stream shows. `wake` is called whenever there may be a message to take."""
        channel = self._channels.setdefault(user_id, Channel())
        view = OrderView(channel, wake)
        channel.views[view] = None  # from here on the channel stays
        try:
            if len(channel.views) == 1:
                await self._subscriptions.subscribe(user_id)
            await self._read(user_id, channel)
            await self._read_open(user_id, channel)
            yield view
        finally:
            del channel.views[view]
            if not channel.views:
                del self._channels[user_id]
                await self._subscriptions.unsubscribe(user_id)

    async def _read_open(self, user_id: str, channel: Channel) -> None:
        wanted = OrderFilter(status=Status.PENDING, start_time=self._now() - _OPEN)
        orders, _ = await self._repository.page(user_id, wanted, None, _OPEN_SIZE)
        for order in orders:
            channel.note(Change.of(order))

    async def _read(self, user_id: str, channel: Channel) -> None:
        """Reads the recent orders, and those that were open when they were last seen."""
        channel.read_at = self._monotonic()
        wanted = OrderFilter(start_time=self._now() - _RECENT)
        recent, _ = await self._repository.page(user_id, wanted, None, _RECENT_SIZE)
        read = {order.order_id for order in recent}
        for order in reversed(recent):
            channel.note(Change.of(order))
        for order_id in channel.open_orders():
            stored = await self._repository.get(user_id, order_id) if order_id not in read else None
            if stored is not None:
                channel.note(Change.of(stored))

    async def run(self) -> None:
        """Reads the orders of each watched user every 10 seconds, until it is cancelled."""
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            await self.sweep()

    async def sweep(self) -> None:
        """Reads the orders that are due."""
        due, places = self._monotonic() - REREAD_SECONDS, asyncio.Semaphore(_AT_ONCE)
        channels = [(user_id, channel) for user_id, channel in self._channels.items() if channel.read_at <= due]
        await asyncio.gather(*(self._reread(user_id, channel, places) for user_id, channel in channels))

    async def _reread(self, user_id: str, channel: Channel, places: asyncio.Semaphore) -> None:
        async with places:
            try:
                await self._read(user_id, channel)
            except Exception as error:  # a later sweep tries again
                logger.warning("orders of a watched user were not read", extra={"why": repr(error)})

    async def listen(self) -> None:
        """Hears announcements until it is cancelled."""
        await self._subscriptions.run(self)
