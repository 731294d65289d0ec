"""What was traded in the last 24 hours: the turnover now, less that of the first full hour of these."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from services.common.money import ZERO
from services.common.times import Clock
from services.inventory.catalogue.domain import StockLevel
from services.inventory.stock.ports import VolumeMarks

_COUNTED = timedelta(hours=23)  # before the current hour
_SECONDS = 30.0
_UNREAD_SECONDS = 0.5  # between attempts at the start

logger = logging.getLogger("cnop.stock")


class Volumes:
    """Marks the turnover of each asset at each full hour, and counts from the first mark of the last day.

    All replicas make the marks; the first to make one wins.
    """

    def __init__(self, marks: VolumeMarks, levels: Callable[[], Mapping[str, StockLevel]], now: Clock) -> None:
        self._marks = marks
        self._levels = levels
        self._now = now
        self._hour: datetime | None = None
        self._turnover: Mapping[str, Decimal] | None = None  # at the first mark

    @property
    def is_read(self) -> bool:
        """Whether a mark was read."""
        return self._turnover is not None

    def of(self, levels: Mapping[str, StockLevel]) -> Mapping[str, Decimal]:
        """Returns the dollars by asset, from the current turnover of each. It is empty until a mark was read."""
        before = self._turnover
        if before is None:
            return {}
        return {asset_id: max(ZERO, level.turnover - before.get(asset_id, ZERO)) for asset_id, level in levels.items()}

    async def refresh(self) -> None:
        """Once an hour: reads the first mark of the last day, and makes that of the hour. Raises what prevents it."""
        hour = self._now().replace(minute=0, second=0, microsecond=0)
        if hour == self._hour:
            return
        turnover = {asset_id: level.turnover for asset_id, level in self._levels().items() if level.turnover}
        oldest = await self._marks.oldest(hour - _COUNTED)
        self._turnover = turnover if oldest is None else oldest
        await self._marks.add(hour, turnover)
        self._hour = hour

    async def keep_fresh(self) -> None:
        """Refreshes for ever, until cancelled."""
        while True:
            try:
                await self.refresh()
            except Exception as error:  # the next attempt follows; until then, the old mark counts
                logger.warning("the volume of a day could not be read", extra={"why": repr(error)})
            await asyncio.sleep(_SECONDS if self.is_read else _UNREAD_SECONDS)
