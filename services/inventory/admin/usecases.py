"""The use cases of admins: each change is made once, and recorded in the audit trail before it is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.common import money
from services.common.money import ZERO
from services.common.rpc.errors import AlreadyExists, InvalidArgument, key_reused
from services.common.times import Clock
from services.common.unit_of_work import Begin, UnitOfWork, retry_on_conflict
from services.inventory.admin.domain import Change, ChangeRequest, NewAsset
from services.inventory.admin.ports import Assets, ChangeExists, Changes, Publication, Stock, Trail
from services.inventory.catalogue.domain import Asset, asset_not_found
from services.inventory.stock.domain import restock_step
from services.prices.frame import Status

Add = Callable[[UnitOfWork, Change], Awaitable[None]]


@dataclass(frozen=True)
class AssetAdmin:
    """The use cases of admins.

    Those that change an asset return it as it is after the change, once prices that reflect the change were published.
    If that takes too long, they raise Unavailable CHANGE_NOT_PUBLISHED: the change is made, and a replay waits again.
    A replay changes nothing. All raise AlreadyExists IDEMPOTENCY_KEY_REUSED, Unavailable CONTENTION, and Unavailable if
    the audit trail cannot be written; all but `create` raise NotFound ASSET_NOT_FOUND.
    """

    begin: Begin
    assets: Assets
    stock: Stock
    changes: Changes
    trail: Trail
    publication: Publication
    now: Clock
    stock_changed: Callable[[str], None] = lambda asset_id: None  # is told which asset's stock has changed

    async def create(self, request: ChangeRequest, new: NewAsset) -> Asset:
        """Adds an asset, inactive and without stock. Raises AlreadyExists ASSET_EXISTS, and InvalidArgument."""
        values = new.values()

        async def add(tx: UnitOfWork, change: Change) -> None:
            now = self.now()
            asset = Asset(
                asset_id=request.asset_id,
                **values,
                is_active=False,
                priced_at=now,
                updated_at=now,
                available=ZERO,
            )
            asset.check()
            self.changes.add(tx, change, now)
            self.assets.add(tx, asset)
            self.assets.raise_version(tx)
            self.stock.add(tx, asset.asset_id, asset.available, now)

        return await self._change(request, "ASSET_CREATED", values, add)

    async def update(self, request: ChangeRequest, values: Mapping[str, Any]) -> Asset:
        """Sets some fields, which have the names of those of Asset. Raises InvalidArgument if they do not fit."""
        return await self._set(request, "ASSET_UPDATED", values)

    async def set_active(self, request: ChangeRequest, *, is_active: bool) -> Asset:
        """Opens an asset for trade, or closes it."""
        event = "ASSET_ACTIVATED" if is_active else "ASSET_DEACTIVATED"
        return await self._set(request, event, {"is_active": is_active})

    async def set_price(self, request: ChangeRequest, price: Decimal) -> Asset:
        """Sets the price, in dollars per unit. The next prices start there."""
        return await self._set(request, "ASSET_PRICED", {"price": price})

    async def set_status(self, request: ChangeRequest, status: Status) -> Asset:
        """Sets what may be done with an asset."""
        return await self._set(request, "ASSET_STATUS_SET", {"trading_status": status})

    async def set_halted(self, request: ChangeRequest, *, is_halted: bool) -> None:
        """Halts the whole market, or resumes it. Returns once that was published."""

        async def add(tx: UnitOfWork, change: Change) -> None:
            self.changes.add(tx, change, self.now())
            self.assets.set_halted(tx, is_halted=is_halted)

        event = "MARKET_HALTED" if is_halted else "MARKET_RESUMED"
        await self._make(request, event, {"is_halted": is_halted}, add)
        await self.publication.wait()

    async def restock(self, request: ChangeRequest, quantity: Decimal) -> Asset:
        """Adds to the stock."""
        step = restock_step(request.actor_id, request.request_id, request.asset_id, quantity)

        async def add(tx: UnitOfWork, change: Change) -> None:
            now = self.now()
            self.changes.add(tx, change, now)
            self.assets.require(tx, request.asset_id)
            self.stock.restock(tx, step, request.actor_id, request.request_id, now)

        await self._make(request, "ASSET_RESTOCKED", {"quantity": quantity}, add)
        self.stock_changed(request.asset_id)
        return await self._asset(request)

    async def _set(self, request: ChangeRequest, event: str, values: Mapping[str, Any]) -> Asset:
        async def replace(tx: UnitOfWork, change: Change) -> None:
            before = await self.assets.asset(request.asset_id)
            if before is None:
                raise asset_not_found(request.asset_id)
            after = before.changed(values, self.now())
            if values.keys() & {"circulating_supply", "max_supply"}:  # not otherwise: an older asset may break it
                after.check_supply()
            after.check_order_values()
            if "price_increment" in values:  # not otherwise: a price may fall
                after.check_price_increment()
            self.changes.add(tx, change, after.updated_at)
            self.assets.replace(tx, before, after)
            self.assets.raise_version(tx)

        return await self._change(request, event, values, replace)

    async def _change(self, request: ChangeRequest, event: str, values: Mapping[str, Any], add: Add) -> Asset:
        """Changes an asset as `_make` does, and returns it once the change was published."""
        await self._make(request, event, values, add)
        await self.publication.wait()
        return await self._asset(request)

    async def _asset(self, request: ChangeRequest) -> Asset:
        asset = await self.assets.asset(request.asset_id)
        if asset is None:
            raise asset_not_found(request.asset_id)
        return asset

    async def _make(self, request: ChangeRequest, event: str, values: Mapping[str, Any], add: Add) -> None:
        """Makes a change, whose parts `add` adds to a unit of work.

        `add` adds the change itself first, so that a replay is recognized whatever else has changed. For the same
        reason a refusal counts only if the change was not made before.
        """
        facts = {name: _text(value) for name, value in values.items()}
        change = request.change(event, facts)

        async def write() -> None:
            tx = self.begin()
            await add(tx, change)
            await tx.commit()

        async with self.trail.change(event, request.subject, request=request.request_id, **facts):
            try:
                await retry_on_conflict(write)
            except (ChangeExists, AlreadyExists, InvalidArgument):
                made = await self.changes.fingerprint(change.change_id)
                if made is None:
                    raise
                if made != change.fingerprint:
                    raise key_reused() from None


def _text(value: Decimal | str | bool | int | None) -> str:
    """Returns a value as the audit trail and the fingerprint of the change have it."""
    if isinstance(value, Decimal):
        return money.quantity(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
