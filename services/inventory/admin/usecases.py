"""The use cases of admins: each change is made once, and recorded in the audit trail before it is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from services.common import money
from services.common.money import ZERO
from services.common.rpc.errors import AlreadyExists, InvalidArgument, key_reused
from services.common.times import Clock
from services.common.unit_of_work import Begin, UnitOfWork, retry_on_conflict
from services.inventory.admin.domain import Change, ChangeRequest, NewAsset
from services.inventory.admin.ports import Assets, ChangeExists, Changes, Stock, Trail
from services.inventory.catalogue.domain import Asset, asset_not_found
from services.inventory.stock.domain import restock_step


@dataclass(frozen=True)
class AssetAdmin:
    """The use cases of admins.

    All return the asset as it is after the change; a replay changes nothing. All raise AlreadyExists
    IDEMPOTENCY_KEY_REUSED, Unavailable CONTENTION, and Unavailable if the audit trail cannot be written; all but
    `create` raise NotFound ASSET_NOT_FOUND.
    """

    begin: Begin
    assets: Assets
    stock: Stock
    changes: Changes
    trail: Trail
    now: Clock

    async def create(self, request: ChangeRequest, new: NewAsset) -> Asset:
        """Adds an asset, inactive and without stock.

        Raises AlreadyExists ASSET_EXISTS or RANK_TAKEN, and InvalidArgument.
        """
        values = {field.name: getattr(new, field.name) for field in fields(new)}

        async def add(tx: UnitOfWork, change: Change) -> None:
            now = self.now()
            asset = Asset(
                asset_id=request.asset_id,
                **values,
                price_change_24h=ZERO,
                is_active=False,
                updated_at=now,
                available=ZERO,
            )
            asset.check_supply()
            asset.check_rank(await self.assets.ranks())
            self.changes.add(tx, change, now)
            self.assets.add(tx, asset)
            self.stock.add(tx, asset.asset_id, asset.available, now)

        return await self._make(request, "ASSET_CREATED", values, add)

    async def update(self, request: ChangeRequest, values: Mapping[str, Any]) -> Asset:
        """Sets some fields, which have the names of those of Asset.

        Raises AlreadyExists RANK_TAKEN, and InvalidArgument if the fields do not fit together.
        """
        return await self._set(request, "ASSET_UPDATED", values)

    async def set_active(self, request: ChangeRequest, *, is_active: bool) -> Asset:
        """Opens an asset for trade, or closes it."""
        event = "ASSET_ACTIVATED" if is_active else "ASSET_DEACTIVATED"
        return await self._set(request, event, {"is_active": is_active})

    async def set_price(self, request: ChangeRequest, price: Decimal) -> Asset:
        """Sets the price, in dollars per unit."""
        return await self._set(request, "ASSET_PRICED", {"price": price})

    async def restock(self, request: ChangeRequest, quantity: Decimal) -> Asset:
        """Adds to the stock."""
        step = restock_step(request.actor_id, request.request_id, request.asset_id, quantity)

        async def add(tx: UnitOfWork, change: Change) -> None:
            now = self.now()
            self.changes.add(tx, change, now)
            self.assets.require(tx, request.asset_id)
            self.stock.restock(tx, step, request.actor_id, request.request_id, now)

        return await self._make(request, "ASSET_RESTOCKED", {"quantity": quantity}, add)

    async def _set(self, request: ChangeRequest, event: str, values: Mapping[str, Any]) -> Asset:
        async def replace(tx: UnitOfWork, change: Change) -> None:
            before = await self.assets.asset(request.asset_id)
            if before is None:
                raise asset_not_found(request.asset_id)
            after = before.changed(values, self.now())
            if values.keys() & {"circulating_supply", "max_supply"}:  # not otherwise: an older asset may break it
                after.check_supply()
            if after.market_cap_rank != before.market_cap_rank:
                after.check_rank(await self.assets.ranks())
            self.changes.add(tx, change, after.updated_at)
            self.assets.replace(tx, before, after)

        return await self._make(request, event, values, replace)

    async def _make(
        self,
        request: ChangeRequest,
        event: str,
        values: Mapping[str, Any],
        add: Callable[[UnitOfWork, Change], Awaitable[None]],
    ) -> Asset:
        """Makes a change, whose parts `add` adds to a unit of work, and returns the asset.

        `add` adds the change itself first, so that a replay is recognized whatever else has changed. For the same
        reason a refusal counts only if the change was not made before.
        """
        facts = {name: _text(value) for name, value in values.items()}
        change = request.change(event, facts)

        async def write() -> None:
            tx = self.begin()
            await add(tx, change)
            await tx.commit()

        async with self.trail.change(event, f"asset:{request.asset_id}", request=request.request_id, **facts):
            try:
                await retry_on_conflict(write)
            except (ChangeExists, AlreadyExists, InvalidArgument):
                made = await self.changes.fingerprint(change.change_id)
                if made is None:
                    raise
                if made != change.fingerprint:
                    raise key_reused() from None
        asset = await self.assets.asset(request.asset_id)
        if asset is None:
            raise asset_not_found(request.asset_id)
        return asset


def _text(value: Decimal | str | bool | int | None) -> str:
    """Returns a value as the audit trail and the fingerprint of the change have it."""
    if isinstance(value, Decimal):
        return money.quantity(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
