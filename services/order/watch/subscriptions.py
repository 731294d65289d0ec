"""Hears the announcements for watched users."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from services.order.watch.announcements import Change, channel_of, user_of

_NOBODY = channel_of("")  # so that there is always a subscription
_WAIT_SECONDS = 1.0
_PAUSE_SECONDS = 0.5  # after Redis did not answer

logger = logging.getLogger("cnop.watch")


class Listener(Protocol):
    """What hears the announcements."""

    @property
    def users(self) -> list[str]:
        """The watched users."""
        ...

    def heard(self, user_id: str, change: Change) -> None:
        """Takes an announcement."""
        ...

    def lost(self) -> None:
        """Learns that announcements may have been lost."""
        ...


class Subscriptions:
    """One connection to Redis with a subscription for each watched user."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._pubsub: PubSub | None = None
        self._is_well = True

    async def subscribe(self, user_id: str) -> None:
        """Begins to listen for a user. If that fails, the connection is opened anew, for all users."""
        await self._try(lambda pubsub: pubsub.subscribe(channel_of(user_id)))

    async def unsubscribe(self, user_id: str) -> None:
        """Ends listening for a user."""
        await self._try(lambda pubsub: pubsub.unsubscribe(channel_of(user_id)))

    async def _try(self, change: Callable[[PubSub], Any]) -> None:
        if self._pubsub is not None:
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await change(self._pubsub)

    async def run(self, listener: Listener) -> None:
        """Listens until it is cancelled."""
        while True:
            try:
                await self._listen(listener)
            except Exception as error:
                if self._is_well:
                    logger.warning("changes of orders are not heard", extra={"why": repr(error)})
                self._is_well = False
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _listen(self, listener: Listener) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:
            await pubsub.subscribe(_NOBODY, *map(channel_of, listener.users))
            self._pubsub, self._is_well = pubsub, True
            listener.lost()
            try:
                while True:
                    message = await pubsub.get_message(timeout=_WAIT_SECONDS)
                    if message is not None:
                        listener.heard(user_of(message["channel"].decode()), Change.unpack(message["data"]))
            finally:
                self._pubsub = None
