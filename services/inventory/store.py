"""The inventory table: catalogue, stock, entries, prices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.models import BatchGetRequest
from aiodynamo.operations import Put, Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition
from services.inventory.domain import Asset, Outcome, Step, spread

_CATALOGUE = "CATALOGUE"
_LOADED = {"pk": _CATALOGUE, "sk": "#LOADED"}
_BATCH = 100  # keys in one BatchGetItem


class OutcomeExists(Exception):
    """The step has an outcome already."""


class InsufficientStock(Exception):
    """The stock does not cover the step."""


def asset_key(asset_id: str) -> Item:
    """The key of an asset in the catalogue."""
    return {"pk": _CATALOGUE, "sk": asset_id}


def stock_key(asset_id: str, shard: int) -> Item:
    """The key of a shard of an asset's stock."""
    return {"pk": f"STOCK#{asset_id}#{shard}", "sk": "0"}


def entry_key(effect_id: str) -> Item:
    """The key of the outcome of a step."""
    return {"pk": f"ENTRY#{effect_id}", "sk": "ENTRY"}


class InventoryStore:
    """Reads and writes the inventory table."""

    def __init__(self, client: Client, table: str, shards: int = 1) -> None:
        self._client = client
        self._table = table
        self.shards = shards

    async def assets(self) -> list[Asset]:
        """The whole catalogue with its stock. May be a moment behind: it is for lists and quotes."""
        key = HashKey("pk", _CATALOGUE) & RangeKey("sk").gte("0")  # past the markers, which start with '#'
        items = [item async for item in self._client.query(self._table, key)]
        available = await self._stocks([item["sk"] for item in items])
        return [asset_of(item, available.get(item["sk"], ZERO)) for item in items]

    async def _stocks(self, asset_ids: Sequence[str]) -> dict[str, Decimal]:
        stocks: dict[str, Decimal] = {}
        all_keys = [stock_key(asset_id, shard) for asset_id in asset_ids for shard in range(self.shards)]
        for start in range(0, len(all_keys), _BATCH):
            keys = all_keys[start : start + _BATCH]
            while keys:
                page = await self._client.batch_get({self._table: BatchGetRequest(keys=keys)})
                for item in page.items.get(self._table, ()):
                    asset_id = item["pk"].split("#")[1]
                    stocks[asset_id] = stocks.get(asset_id, ZERO) + item["available"]
                keys = list(page.unprocessed_keys.get(self._table, ()))
        return stocks

    async def asset(self, asset_id: str) -> Asset | None:
        """An asset as it is at this moment, None when there is none."""
        item = await dynamo.get(self._client, self._table, asset_key(asset_id))
        return asset_of(item, await self.available(asset_id)) if item else None

    async def available(self, asset_id: str) -> Decimal:
        """The stock of an asset at this moment."""
        return sum(await self.stock_by_shard(asset_id), ZERO)

    async def stock_by_shard(self, asset_id: str) -> list[Decimal]:
        """What each shard of an asset's stock holds, all at one moment."""
        if self.shards == 1:
            item = await dynamo.get(self._client, self._table, stock_key(asset_id, 0))
            return [item["available"] if item else ZERO]
        items = await dynamo.get_all(
            self._client, self._table, [stock_key(asset_id, shard) for shard in range(self.shards)]
        )
        return [item["available"] if item else ZERO for item in items]

    async def add(self, asset: Asset, seed: Step, *more: dynamo.Operation) -> bool:
        """Adds an asset with its first stock and price, and `more`, whole or not at all; False when it is there."""
        absent = F("pk").does_not_exist()
        try:
            await dynamo.transact(
                self._client,
                [
                    Put(self._table, asset_item(asset), absent),
                    *(
                        Put(self._table, {**stock_key(asset.asset_id, shard), "available": part}, absent)
                        for shard, part in enumerate(spread(asset.available, self.shards))
                    ),
                    Put(self._table, entry_item(Outcome(seed), asset.updated_at), absent),
                    Put(self._table, price_item(asset)),
                    *more,
                ],
            )
        except dynamo.ConditionFailed:
            return False
        return True

    async def loaded(self) -> str:
        """The fingerprint of the catalogue file that was loaded last."""
        item = await dynamo.get(self._client, self._table, _LOADED)
        return str(item["fingerprint"]) if item else ""

    async def set_loaded(self, fingerprint: str) -> None:
        """Remembers which catalogue file was loaded."""
        await self._client.put_item(self._table, {**_LOADED, "fingerprint": fingerprint})

    async def move(self, step: Step, shard: int, now: datetime) -> None:
        """Makes a step final and changes a shard of the stock, in one transaction.

        Raises OutcomeExists when it has an outcome, InsufficientStock when the shard does not cover it.
        """
        enough = F("available").gte(max(ZERO, -step.change))
        try:
            await dynamo.transact(
                self._client,
                [
                    Put(self._table, entry_item(Outcome(step), now), F("pk").does_not_exist()),
                    Update(
                        self._table,
                        stock_key(step.asset_id, shard),
                        F("available").add(step.change),
                        enough if step.change < 0 else None,  # stock that comes in may be the first of its shard
                    ),
                ],
            )
        except dynamo.ConditionFailed as failed:
            raise (OutcomeExists if 0 in failed.positions else InsufficientStock) from None

    async def gather(self, asset_id: str, seen: Sequence[Decimal], shard: int) -> bool:
        """Moves the stock of all shards, as it was seen, into one; False when any has changed since."""
        changes = [
            Update(
                self._table, stock_key(asset_id, other), F("available").set(ZERO), F("available").equals(seen[other])
            )
            for other in range(self.shards)
            if other != shard and seen[other]
        ]
        total = sum((update_seen for other, update_seen in enumerate(seen) if other != shard), ZERO)
        try:
            await dynamo.transact(
                self._client, [*changes, Update(self._table, stock_key(asset_id, shard), F("available").add(total))]
            )
        except dynamo.ConditionFailed:
            return False
        return True

    async def refuse(self, outcome: Outcome, now: datetime) -> None:
        """Makes a refusal the final outcome of a step. Raises OutcomeExists when it has one."""
        try:
            await dynamo.put(self._client, self._table, entry_item(outcome, now), F("pk").does_not_exist())
        except dynamo.ConditionFailed:
            raise OutcomeExists from None

    async def outcome(self, effect_id: str) -> Outcome | None:
        """The outcome of a step, None while it has none."""
        item = await dynamo.get(self._client, self._table, entry_key(effect_id))
        return _outcome(item) if item else None

    async def prices(
        self, asset_id: str, before: str | None, size: int
    ) -> tuple[list[tuple[datetime, Decimal]], str | None]:
        """A page of an asset's prices, newest first, from just before `before`; and where the next page starts."""
        key = HashKey("pk", f"PRICE#{asset_id}")
        page = await self._client.query_single_page(
            self._table, key & RangeKey("sk").lt(before) if before else key, scan_forward=False, limit=size
        )
        prices = [(datetime.fromisoformat(item["sk"]), item["price"]) for item in page.items]
        return prices, page.items[-1]["sk"] if page.last_evaluated_key and page.items else None


def price_item(asset: Asset) -> Item:
    """The item that says what an asset costs from its last change on."""
    return {"pk": f"PRICE#{asset.asset_id}", "sk": asset.updated_at.isoformat(), "price": asset.price}


def asset_item(asset: Asset) -> Item:
    """The item of an asset in the catalogue."""
    return {
        **asset_key(asset.asset_id),
        "name": asset.name,
        "description": asset.description,
        "category": asset.category,
        "price": asset.price,
        "price_change_24h": asset.price_change_24h,
        "market_cap_rank": asset.market_cap_rank,
        "circulating_supply": asset.circulating_supply,
        "max_supply": asset.max_supply,
        "is_active": asset.is_active,
        "image": asset.image,
        "updated_at": asset.updated_at.isoformat(),
    }


def asset_of(item: dict[str, Any], available: Decimal) -> Asset:
    """The asset that an item holds."""
    fields = {key: value for key, value in item.items() if key not in {"pk", "sk"}}
    fields["asset_id"] = item["sk"]
    fields["market_cap_rank"] = int(item["market_cap_rank"])
    fields["updated_at"] = datetime.fromisoformat(item["updated_at"])
    return Asset(**fields, available=available)


def entry_item(outcome: Outcome, now: datetime) -> Item:
    """The item of the outcome of a step."""
    step = outcome.step
    item: dict[str, Any] = {
        **entry_key(step.effect_id),
        "order_id": step.order_id,
        "asset_id": step.asset_id,
        "change": step.change,
        "created_at": now.isoformat(),
    }
    if outcome.refusal is not None:
        refusal = outcome.refusal
        item["refusal"] = {"reason": refusal.reason, "message": refusal.message, "metadata": refusal.metadata}
    return item


def _outcome(item: dict[str, Any]) -> Outcome:
    step = Step(item["pk"].removeprefix("ENTRY#"), item["order_id"], item["asset_id"], item["change"])
    refusal = item.get("refusal")
    if refusal is None:
        return Outcome(step)
    return Outcome(step, FailedPrecondition(refusal["reason"], refusal["message"], **refusal["metadata"]))
