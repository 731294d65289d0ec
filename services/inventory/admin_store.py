"""What admins change, in the inventory table: each change in one transaction with the item that names it."""

from __future__ import annotations

from datetime import datetime

from aiodynamo.client import Client
from aiodynamo.expressions import F
from aiodynamo.operations import ConditionCheck, Put, Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.inventory.domain import Asset, Change, Outcome, Step, spread
from services.inventory.store import InventoryStore, asset_item, asset_key, entry_item, price_item, stock_key


class ChangeExists(Exception):
    """The change was made before."""


class Stale(Exception):
    """The asset is not there, or is not any more what was read."""


def _key(change_id: str) -> Item:
    return {"pk": f"CHANGE#{change_id}", "sk": "CHANGE"}


class AdminStore:
    """Writes changes of assets."""

    def __init__(self, client: Client, table: str, inventory: InventoryStore) -> None:
        self._client = client
        self._table = table
        self._inventory = inventory

    async def body(self, change_id: str) -> str | None:
        """What a change was, None when there is none under the id."""
        item = await dynamo.get(self._client, self._table, _key(change_id))
        return str(item["body"]) if item else None

    async def create(self, change: Change, asset: Asset, seed: Step) -> None:
        """Adds an asset. Raises ChangeExists, and Stale when there is such an asset."""
        if not await self._inventory.add(asset, seed, self._record(change, asset.updated_at)):
            raise ChangeExists if await self.body(change.change_id) is not None else Stale

    async def replace(self, change: Change, before: Asset, after: Asset) -> None:
        """Writes a changed asset, and its price into the history when that has changed. Raises ChangeExists, Stale."""
        unchanged = F("updated_at").equals(before.updated_at.isoformat())
        operations: list[dynamo.Operation] = [Put(self._table, asset_item(after), unchanged)]
        if after.price != before.price:
            operations.append(Put(self._table, price_item(after), F("pk").does_not_exist()))
        await self._make(change, operations, after.updated_at)

    async def restock(self, change: Change, step: Step, now: datetime) -> None:
        """Adds to the stock, over all its shards. Raises ChangeExists, and Stale when there is no such asset."""
        who = {"actor_id": change.actor_id, "request_id": change.request_id}
        parts = enumerate(spread(step.change, self._inventory.shards))
        operations: list[dynamo.Operation] = [
            ConditionCheck(self._table, asset_key(step.asset_id), F("pk").exists()),
            Put(self._table, {**entry_item(Outcome(step), now), **who}, F("pk").does_not_exist()),
            *(
                Update(self._table, stock_key(step.asset_id, shard), F("available").add(part), None)
                for shard, part in parts
                if part
            ),
        ]
        await self._make(change, operations, now)

    def _record(self, change: Change, now: datetime) -> Put:
        facts = {
            "asset_id": change.asset_id,
            "actor_id": change.actor_id,
            "request_id": change.request_id,
            "body": change.body,
            "created_at": now.isoformat(),
        }
        return Put(self._table, {**_key(change.change_id), **facts}, F("pk").does_not_exist())

    async def _make(self, change: Change, operations: list[dynamo.Operation], now: datetime) -> None:
        try:
            await dynamo.transact(self._client, [self._record(change, now), *operations])
        except dynamo.ConditionFailed as failed:
            raise (ChangeExists if 0 in failed.positions else Stale) from None
