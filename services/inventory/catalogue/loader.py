"""Loads a catalogue file into the table. Assets that exist already are not changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.common.rpc.errors import AlreadyExists, ServiceError
from services.common.startup import StartupError
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

        Calls `progress(done, total)` after each asset. Does nothing if the same file was loaded last. Raises
        StartupError, before it adds anything, if the file cannot be read, or an asset breaks a rule of the catalogue.
        """
        try:
            content = await asyncio.to_thread(file.read_bytes)
        except OSError as error:
            raise StartupError(f"{file} cannot be read: {error.strerror}; --file names another catalogue") from None
        fingerprint = hashlib.sha256(content).hexdigest()
        if await self.assets.loaded() == fingerprint:
            return 0
        assets = await self._missing(file, _assets(file, content, self.now()))
        slots = asyncio.Semaphore(_CONCURRENCY)
        done = 0

        async def add(asset: Asset) -> bool:
            nonlocal done
            async with slots:
                added = await self.add(asset)
            done += 1
            progress(done, len(assets))
            return added

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(add(asset)) for asset in assets]
        await self.assets.set_loaded(fingerprint)
        return sum(task.result() for task in tasks)

    async def _missing(self, file: Path, assets: Sequence[Asset]) -> list[Asset]:
        """Returns the assets of a file that are not in the catalogue. Raises StartupError."""
        known = await self.assets.ranks()
        missing = [asset for asset in assets if asset.asset_id not in known]
        in_file: dict[str, int] = {}
        try:
            for asset in assets:
                asset.check_supply()
                asset.check_rank(in_file)
                in_file[asset.asset_id] = asset.market_cap_rank
            for asset in missing:
                asset.check_rank(known)
        except ServiceError as error:
            raise StartupError(f"{file}: {asset.asset_id}: {error.message}") from None
        return missing

    async def add(self, asset: Asset) -> bool:
        """Adds an asset with its stock. Returns False if the asset exists. Raises AlreadyExists RANK_TAKEN."""
        tx = self.begin()
        self.assets.add(tx, asset)
        self.stock.add(tx, asset.asset_id, asset.available, asset.updated_at)
        try:
            await tx.commit()
        except AlreadyExists as refusal:
            if refusal.reason != "ASSET_EXISTS":
                raise
            return False
        return True


def _assets(file: Path, content: bytes, now: datetime) -> list[Asset]:
    try:
        return [_asset(row, now) for row in json.loads(content)]
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        raise StartupError(f"{file} is no catalogue ({error!r}); --file names another one") from None


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
