"""Loads the catalogue file into the table. Assets that are there already stay as they are."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.inventory.domain import Asset
from services.inventory.stock import seed
from services.inventory.store import InventoryStore

CATALOGUE_FILE = Path(__file__).with_name("catalogue.json")
_AT_ONCE = 8


async def load(store: InventoryStore, file: Path, now: datetime, progress: Callable[[int, int], None]) -> int:
    """Adds the assets of a file that are missing; calls `progress(done, total)` after each. The number added.

    A file that was loaded before is not looked at again.
    """
    content = await asyncio.to_thread(file.read_bytes)
    fingerprint = hashlib.sha256(content).hexdigest()
    if await store.loaded() == fingerprint:
        return 0
    rows: list[dict[str, Any]] = json.loads(content)
    at_once = asyncio.Semaphore(_AT_ONCE)
    done = 0

    async def add(row: dict[str, Any]) -> bool:
        nonlocal done
        asset = _asset(row, now)
        async with at_once:
            added = await store.add(asset, seed(asset.asset_id, asset.available))
        done += 1
        progress(done, len(rows))
        return added

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(add(row)) for row in rows]
    await store.set_loaded(fingerprint)
    return sum(task.result() for task in tasks)


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
