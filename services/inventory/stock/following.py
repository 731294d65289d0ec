"""Keeps the stock that lists show fresh. An idle replica reads nothing for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from services.inventory.stock.ports import SharedChanges, SharedChangesAway, StockReader

_SECONDS = 1.0
_ALL_SECONDS = 60.0

logger = logging.getLogger("cnop.stock")


class StockFollower:
    """Reads again the stock that any replica has changed, or all of it if that is not known."""

    def __init__(
        self, reader: StockReader, shared: SharedChanges, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._reader = reader
        self._shared = shared
        self._monotonic = monotonic
        self._own: set[str] = set()  # changes of this replica since the last refresh
        self._untold: set[str] = set()  # earlier ones that the others have not been told
        self._unread: set[str] | None = set()  # None stands for all assets
        self._all_read_at = monotonic()

    def note(self, asset_id: str) -> None:
        """Takes note that this replica has changed the stock of an asset."""
        self._own.add(asset_id)

    async def refresh(self) -> None:
        """Reads what has changed since the last call. What cannot be read now is read at the next call."""
        await self._exchange()
        if self._unread is None:
            await self._reader.read_stock()
            self._all_read_at = self._monotonic()
        elif self._unread:
            await self._reader.read_stock(self._unread)
        self._unread = set()

    async def _exchange(self) -> None:
        own, self._own = self._own, set()
        try:
            changed = await self._shared.exchange(own | self._untold)
        except SharedChangesAway:
            # The changes of others are learned when they can be, so to read all of it is urgent only after a while.
            self._untold |= own
            changed = None if self._monotonic() - self._all_read_at >= _ALL_SECONDS else own
        else:
            self._untold = set()
        self._unread = None if changed is None or self._unread is None else self._unread.union(changed)

    async def keep_fresh(self) -> None:
        """Refreshes once a second, until cancelled."""
        while True:
            await asyncio.sleep(_SECONDS)
            try:
                await self.refresh()
            except Exception as error:
                logger.warning("the stock could not be read", extra={"why": repr(error)})
