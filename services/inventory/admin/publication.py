"""Waits until a change of the catalogue is published with the prices, so that the next order obeys it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

from services.common.rpc import call
from services.common.rpc.errors import Unavailable
from services.inventory.catalogue.ports import Assets, Prices
from services.inventory.catalogue.usecases import Catalogue
from services.prices.keys import WANTED

_WAIT_SECONDS_MAX = 3.0
_WANTED_MS = 5000
_NOT_PUBLISHED = (
    "the change is stored, but not published yet: orders obey it from the next prices on that reflect it; "
    "repeat the request with the same request_id to wait for them"
)

logger = logging.getLogger("cnop.catalogue")


@dataclass(frozen=True)
class Publication:
    """Has the publisher of prices read the catalogue at once, and waits for its next frame."""

    assets: Assets
    catalogue: Catalogue
    prices: Prices
    redis: Redis

    async def wait(self) -> None:
        """Returns when prices were published that reflect all changes made so far.

        Raises Unavailable CHANGE_NOT_PUBLISHED if that takes longer than three seconds: an admin who halts the market
        must not believe that it is halted while orders are still filled at earlier prices.
        """
        version = (await self.assets.state(consistent=True)).version
        await self.catalogue.reach(version)
        with contextlib.suppress(RedisError, OSError):  # without it, the publisher learns within a second or two
            await self.redis.set(WANTED, version, px=_WANTED_MS)
        try:
            async with asyncio.timeout(call.remaining_seconds(_WAIT_SECONDS_MAX)):
                await self._published(version)
        except TimeoutError:
            logger.warning("a change is not published yet; orders may not obey it", extra={"version": version})
            raise Unavailable("CHANGE_NOT_PUBLISHED", _NOT_PUBLISHED) from None

    async def _published(self, version: int) -> None:
        frame = self.prices.latest
        while frame is None or frame.catalogue_version < version:
            frame = await self.prices.newer(frame.seq if frame else 0)
