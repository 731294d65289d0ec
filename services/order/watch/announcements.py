"""Announces the changes of orders in Redis, off the path of the orders."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cnop.order.v1 import order_pb2
from redis.asyncio import Redis

from services.order.domain import Order, OrderFilter
from services.order.messages import order_message
from services.order.ports import OrderRepository

_CHANNEL = "cnop:orders:"  # and the id of a user
_BATCH_SECONDS = 0.05  # an order that is filled meanwhile is announced once
_WAITING_MAX = 10_000
_VERSION_BYTES = 8

logger = logging.getLogger("cnop.watch")


class Change(NamedTuple):
    """A state of an order. Its version tells it from earlier ones."""

    version: int
    order: order_pb2.Order

    @classmethod
    def of(cls, order: Order) -> Change:
        """Returns the state of an order."""
        return cls(order.version, order_message(order))

    def pack(self) -> bytes:
        """Returns the bytes of an announcement."""
        return self.version.to_bytes(_VERSION_BYTES) + self.order.SerializeToString()

    @classmethod
    def unpack(cls, data: bytes) -> Change:
        """Returns the change that was announced."""
        return cls(int.from_bytes(data[:_VERSION_BYTES]), order_pb2.Order.FromString(data[_VERSION_BYTES:]))


def channel_of(user_id: str) -> str:
    """Returns the channel of the changes of a user's orders."""
    return _CHANNEL + user_id


def user_of(channel: str) -> str:
    """Returns the user of a channel."""
    return channel.removeprefix(_CHANNEL)


class Announcer(Protocol):
    """Tells that orders have changed."""

    def announce(self, order: Order) -> None:
        """Tells it. Never waits and never fails."""
        ...


class RedisAnnouncer:
    """Announces in Redis, in batches, what somebody listens for. What cannot be announced soon is dropped.

    Who begins to listen reads the orders afterwards, and so learns what was stored before. A node of a cluster knows
    its own listeners alone: there, everything is announced.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._waiting: dict[str, Order] = {}
        self._woken = asyncio.Event()
        self._is_well = True
        self._knows_listeners: bool | None = None

    def announce(self, order: Order) -> None:
        """Tells that an order has changed."""
        if len(self._waiting) < _WAITING_MAX:
            self._waiting[order.order_id] = order
            self._woken.set()

    async def run(self) -> None:
        """Announces until it is cancelled."""
        while True:
            await self._woken.wait()
            await asyncio.sleep(_BATCH_SECONDS)
            self._woken.clear()
            batch, self._waiting = self._waiting, {}
            await self._try_to_send(batch.values())

    async def _try_to_send(self, orders: Iterable[Order]) -> None:
        try:
            await self._send(orders)
        except Exception as error:
            if self._is_well:
                logger.warning("changes of orders are not announced", extra={"why": repr(error)})
            self._is_well = False
        else:
            self._is_well = True

    async def _send(self, orders: Iterable[Order]) -> None:
        by_channel: dict[str, list[Order]] = {}
        for order in orders:
            by_channel.setdefault(channel_of(order.user_id), []).append(order)
        heard = await self._heard(list(by_channel))
        if not heard:
            return
        async with self._redis.pipeline(transaction=False) as pipe:
            for channel in heard:
                for order in by_channel[channel]:
                    pipe.publish(channel, Change.of(order).pack())
            await pipe.execute()

    async def _heard(self, channels: list[str]) -> list[str]:
        """Returns those of the channels on which somebody listens, or may listen."""
        if self._knows_listeners is None:
            server = await self._redis.info("server")
            mode = server.get("server_mode") or server.get("redis_mode")  # as Valkey says it, and Redis
            self._knows_listeners = mode == "standalone"
        if not self._knows_listeners:
            return channels
        counts = await self._redis.pubsub_numsub(*channels)
        return [channel for channel, (_, count) in zip(channels, counts, strict=True) if count]


@dataclass(frozen=True)
class AnnouncedOrders:
    """Orders whose changes are announced once they are stored."""

    repository: OrderRepository
    announcer: Announcer

    async def add(self, order: Order) -> bool:
        """Adds an order. Returns False if there is one with its id."""
        is_new = await self.repository.add(order)
        if is_new:
            self.announcer.announce(order)
        return is_new

    async def move(self, before: Order, after: Order) -> bool:
        """Writes the next state of an order. Returns False if its state is no longer `before`."""
        has_moved = await self.repository.move(before, after)
        if has_moved:
            self.announcer.announce(after)
        return has_moved

    async def get(self, user_id: str, order_id: str) -> Order | None:
        """Returns an order, read consistently; None if there is none."""
        return await self.repository.get(user_id, order_id)

    async def page(
        self, user_id: str, wanted: OrderFilter, cursor: str | None, size: int
    ) -> tuple[list[Order], str | None]:
        """Returns a page of a user's orders, newest first, and the cursor of the next page."""
        return await self.repository.page(user_id, wanted, cursor, size)
