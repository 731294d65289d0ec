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
from services.inventory.catalogue.domain import INCREMENT, ORDER_VALUE_MAX, ORDER_VALUE_MIN, Asset
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
        await self._finish(fingerprint)
        return sum(task.result() for task in tasks)

    async def _missing(self, file: Path, assets: Sequence[Asset]) -> list[Asset]:
        """Returns the assets of a file that are not in the catalogue. Raises StartupError."""
        for asset in assets:
            try:
                asset.check()
            except ServiceError as error:
                raise StartupError(f"{file}: {asset.asset_id}: {error.message}") from None
        known = {asset.asset_id for asset in await self.assets.assets()}
        return [asset for asset in assets if asset.asset_id not in known]

    async def add(self, asset: Asset) -> bool:
        """Adds an asset with its stock, which replicas list once the whole file is loaded.

        Returns False if the asset exists.
        """
        tx = self.begin()
        self.assets.add(tx, asset)
        self.stock.add(tx, asset.asset_id, asset.available, asset.updated_at)
        try:
            await tx.commit()
        except AlreadyExists:
            return False
        return True

    async def _finish(self, fingerprint: str) -> None:
        """Raises the version of the catalogue, once: to do so with each asset would serialise the additions."""
        tx = self.begin()
        self.assets.set_loaded(tx, fingerprint)
        self.assets.raise_version(tx)
        await tx.commit()


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
        priced_at=now,
        circulating_supply=Decimal(row["circulating_supply"]),
        max_supply=Decimal(row["max_supply"]) if row["max_supply"] else None,
        is_active=True,
        image="",
        updated_at=now,
        available=Decimal(row["stock"]),
        quantity_increment=Decimal(row.get("quantity_increment", INCREMENT)),
        price_increment=Decimal(row.get("price_increment", INCREMENT)),
        order_value_min=Decimal(row.get("order_value_min", ORDER_VALUE_MIN)),
        order_value_max=Decimal(row.get("order_value_max", ORDER_VALUE_MAX)),
    )
