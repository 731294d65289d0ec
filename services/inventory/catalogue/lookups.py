"""Looks up assets in the table that the snapshot lacks, or that it may be wrong about."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from services.common.rpc.errors import Unavailable
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.ports import Assets

_PAUSE_SECONDS = 0.1
_ASSETS_MAX = 50


@dataclass(frozen=True)
class _Read:
    """A read that has not begun: calls may add to its assets."""

    asset_ids: set[str]
    result: asyncio.Task[Mapping[str, Asset]]


class Lookups:
    """Reads assets for the calls that miss them, those of many calls at once.

    Each call gets the result of a read that began after it, so a definite refusal can rest on it. Whoever asks for
    invented assets cannot flood the table: there are at most ten reads a second, each of at most 50 assets.
    """

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        self._next: _Read | None = None
        self._turn = asyncio.Lock()
        self._ended_at = float("-inf")  # a time.monotonic() reading

    async def find(self, asset_ids: Collection[str]) -> Mapping[str, Asset]:
        """Returns those of the assets that exist, and maybe others.

        Raises Unavailable if too many are looked up already, and what prevents the read.
        """
        read = self._next or self._queue()
        if len(read.asset_ids.union(asset_ids)) > _ASSETS_MAX:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "too many unknown assets are looked up; try again")
        read.asset_ids.update(asset_ids)
        return await asyncio.shield(read.result)

    def _queue(self) -> _Read:
        asset_ids: set[str] = set()
        # In a context of its own: the deadline of the first call does not bind it.
        result = asyncio.create_task(self._run(asset_ids), context=contextvars.Context())
        # Each waiting call raises its exception. This marks it retrieved if none is left.
        result.add_done_callback(lambda task: task.cancelled() or task.exception())
        self._next = _Read(asset_ids, result)
        return self._next

    async def _run(self, asset_ids: set[str]) -> Mapping[str, Asset]:
        async with self._turn:
            await asyncio.sleep(self._ended_at + _PAUSE_SECONDS - time.monotonic())
            self._next = None  # calls that come from now on need a later read
            try:
                return {asset.asset_id: asset for asset in await self._assets.find(asset_ids)}
            finally:
                self._ended_at = time.monotonic()
