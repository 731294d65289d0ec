"""Loads a catalogue file into the table. Assets that exist already are not changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.common.rpc.errors import AlreadyExists
from services.common.times import Clock
from services.common.unit_of_work import Begin
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.ports import NewAssets, NewStock

CATALOGUE_FILE = Path(__file__).with_name("catalogue.json")
_CONCURRENCY = 8


@dataclass(frozen=True)
class Loader:
    """The use case of the load-catalogue command."""

    begin: Begin
    assets: NewAssets
    stock: NewStock
    now: Clock

    async def load(self, file: Path, progress: Callable[[int, int], None]) -> int:
        """Adds the assets of a file that are missing, each with its stock, and returns how many it added.

        Calls `progress(done, total)` after each asset. Does nothing if the same file was loaded last.
        """
        content = await asyncio.to_thread(file.read_bytes)
        fingerprint = hashlib.sha256(content).hexdigest()
        if await self.assets.loaded() == fingerprint:
            return 0
        rows: list[dict[str, Any]] = json.loads(content)
        now = self.now()
        slots = asyncio.Semaphore(_CONCURRENCY)
        done = 0

        async def add(row: dict[str, Any]) -> bool:
            nonlocal done
            asset = _asset(row, now)
            async with slots:
                added = await self.add(asset)
            done += 1
            progress(done, len(rows))
            return added

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(add(row)) for row in rows]
        await self.assets.set_loaded(fingerprint)
        return sum(task.result() for task in tasks)

    async def add(self, asset: Asset) -> bool:
        """Adds an asset with its stock. Returns False if the asset exists."""
        tx = self.begin()
        self.assets.add(tx, asset)
        self.stock.add(tx, asset.asset_id, asset.available, asset.updated_at)
        try:
            await tx.commit()
        except AlreadyExists:
            return False
        return True


def _asset(row: dict[str, Any], now: datetime) -> Asset:
    return Asset(
        asset_id=row["asset_id"],
        name=row["name"],
        description=row["description"],
        category=row["category"],
        price=Decimal(row["price_usd"]),
        price_change_24h=Decimal(row["price_change_percentage_24h"]),
        market_cap_rank=row["market_cap_rank"],
        circulating_supply=Decimal(row["circulating_supply"]),
        max_supply=Decimal(row["max_supply"]) if row["max_supply"] else None,
        is_active=True,
        image="",
        updated_at=now,
        available=Decimal(row["stock"]),
    )
