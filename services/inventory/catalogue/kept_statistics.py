"""The statistics of all assets, kept so that no list has to wait for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

from services.common.times import Clock
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.listings import Statistics
from services.inventory.catalogue.ports import History
from services.inventory.catalogue.usecases import Catalogue

_SECONDS = 5.0
_UNREAD_SECONDS = 0.2  # between two rounds at the start
_ROUNDS_MAX = 5  # at the start; then lists go without what could not be read
_AT_ONCE = 8  # at the start, when most of them wait for the table; later they are computed, one after another

logger = logging.getLogger("cnop.catalogue")


class KeptStatistics:
    """Reads the statistics in rounds. An asset that cannot be read keeps those it has, and stops no other."""

    def __init__(self, catalogue: Catalogue, history: History, now: Clock) -> None:
        self._catalogue = catalogue
        self._history = history
        self._now = now
        self._known: dict[str, Statistics] = {}
        self._rounds = 0
        self._is_read = False

    @property
    def known(self) -> Mapping[str, Statistics]:
        """What was read last, by asset id."""
        return self._known

    @property
    def is_read(self) -> bool:
        """Whether those of all assets have been read once, or five times been tried."""
        return self._is_read

    async def of(self, asset: Asset) -> Statistics:
        """Reads those of an asset. Raises what prevents it."""
        statistics = self._known[asset.asset_id] = await self._history.statistics(asset, self._now())
        return statistics

    async def refresh(self) -> None:
        """Reads those of all assets; at the start, those that are missing. Logs what could not be read."""
        assets = list(self._catalogue.snapshot.assets.values())
        size = 1 if self._is_read else _AT_ONCE
        if not self._is_read:
            assets = [asset for asset in assets if asset.asset_id not in self._known]
        batches = [assets[start : start + size] for start in range(0, len(assets), size)]
        errors = [error for batch in batches for error in await self._read(batch)]
        if errors:
            extra = {"assets": len(errors), "why": repr(errors[0])}
            logger.warning("the statistics of prices could not be read", extra=extra)
        self._rounds += 1
        self._is_read = self._is_read or not errors or self._rounds >= _ROUNDS_MAX

    async def _read(self, assets: Sequence[Asset]) -> list[BaseException]:
        """Reads those of some assets at once, and returns what went wrong."""
        results = await asyncio.gather(*map(self.of, assets), return_exceptions=True)
        return [result for result in results if isinstance(result, BaseException)]

    async def keep_fresh(self) -> None:
        """Refreshes for ever, until cancelled."""
        while True:
            if self._catalogue.is_read:
                await self.refresh()
            await asyncio.sleep(_SECONDS if self._is_read else _UNREAD_SECONDS)
