"""What admins do to assets, each change once in effect and in the audit trail before it is made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from services.common import ids, money
from services.common.auth.audit_log import AuditLog
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import AlreadyExists, NotFound, Unavailable, key_reused
from services.inventory.admin_store import AdminStore, ChangeExists, Stale
from services.inventory.domain import Asset, Change, Step
from services.inventory.stock import seed
from services.inventory.store import InventoryStore

_TRIES_MAX = 10
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Request:
    """Who asks for a change of which asset, under which id."""

    actor_id: str
    request_id: str
    asset_id: str

    def change(self, *body: str) -> Change:
        """The change that it names; one request id of an admin names one of them, whichever it is."""
        change_id = ids.derive("change", self.actor_id, self.request_id)
        return Change(change_id, self.asset_id, self.actor_id, self.request_id, ids.fingerprint(self.asset_id, *body))


@dataclass(frozen=True)
class AssetAdmin:
    """The use cases of admins.

    All answer the asset as it is afterwards; a replay has no second effect. Raise NotFound ASSET_NOT_FOUND,
    AlreadyExists IDEMPOTENCY_KEY_REUSED and, when the audit trail cannot be written, Unavailable.
    """

    inventory: InventoryStore
    store: AdminStore
    trail: AuditLog
    now: Callable[[], datetime]

    async def create(self, asked: Request, asset: Asset) -> Asset:
        """Adds an asset without stock. Raises AlreadyExists ASSET_EXISTS."""
        fields = {name: getattr(asset, name) for name in _CREATED}

        async def add(change: Change) -> None:
            try:
                await self.store.create(change, asset, seed(asset.asset_id, asset.available))
            except Stale:
                raise AlreadyExists("ASSET_EXISTS", f"there is an asset {asset.asset_id}") from None

        return await self._make(asked, "ASSET_CREATED", fields, add)

    async def update(self, asked: Request, fields: Mapping[str, Any]) -> Asset:
        """Sets some fields."""
        return await self._make(asked, "ASSET_UPDATED", fields, lambda change: self._replace(change, fields))

    async def set_active(self, asked: Request, *, is_active: bool) -> Asset:
        """Opens an asset for trade or closes it."""
        event, fields = "ASSET_ACTIVATED" if is_active else "ASSET_DEACTIVATED", {"is_active": is_active}
        return await self._make(asked, event, fields, lambda change: self._replace(change, fields))

    async def set_price(self, asked: Request, price: Decimal) -> Asset:
        """Sets the price, in dollars a unit."""
        fields = {"price": price}
        return await self._make(asked, "ASSET_PRICED", fields, lambda change: self._replace(change, fields))

    async def restock(self, asked: Request, quantity: Decimal) -> Asset:
        """Adds to the house's stock."""
        effect_id = ids.derive("restock", asked.actor_id, asked.request_id)
        step = Step(effect_id, "", asked.asset_id, quantity)

        async def add(change: Change) -> None:
            try:
                await self.store.restock(change, step, self.now())
            except Stale:
                raise _not_found(asked.asset_id) from None

        return await self._make(asked, "ASSET_RESTOCKED", {"quantity": quantity}, add)

    async def _make(
        self, asked: Request, event: str, fields: Mapping[str, Any], write: Callable[[Change], Awaitable[None]]
    ) -> Asset:
        facts = {name: _text(value) for name, value in fields.items()}
        change = asked.change(event, *(f"{name}={value}" for name, value in sorted(facts.items())))
        async with self.trail.change(event, f"asset:{asked.asset_id}", request=asked.request_id, **facts):
            try:
                await write(change)
            except ChangeExists:
                if await self.store.body(change.change_id) != change.body:
                    raise key_reused() from None
        asset = await self.inventory.asset(asked.asset_id)
        if asset is None:
            raise _not_found(asked.asset_id)
        return asset

    async def _replace(self, change: Change, fields: Mapping[str, Any]) -> None:
        """Changes an asset as it is now. Its time goes up with every change, so that the newest price is the last."""
        for attempt in range(_TRIES_MAX):
            before = await self.inventory.asset(change.asset_id)
            if before is None:
                raise _not_found(change.asset_id)
            after = replace(before, **fields, updated_at=max(self.now(), before.updated_at + _TICK))
            try:
                return await self.store.replace(change, before, after)
            except Stale:
                await asyncio.sleep(dynamo.backoff_seconds(attempt))
        raise Unavailable("CONTENTION", "the asset is being changed; try again")


_CREATED = (
    *("name", "description", "category", "price", "market_cap_rank", "circulating_supply", "max_supply", "image"),
)


def _text(value: Decimal | str | bool | int | None) -> str:
    """A value as the audit trail has it."""
    if isinstance(value, Decimal):
        return money.quantity(value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _not_found(asset_id: str) -> NotFound:
    return NotFound("ASSET_NOT_FOUND", f"there is no asset {asset_id}", asset_id=asset_id)
