"""Stock, and the outcomes of the steps that change it, in the inventory table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiodynamo.client import Client
from aiodynamo.errors import TransactionCanceled, TransactionConflict, TransactionInProgress
from aiodynamo.expressions import F, UpdateExpression
from aiodynamo.models import BatchGetRequest
from aiodynamo.operations import Get, Put, Update
from aiodynamo.types import Item
from aiodynamo.utils import dy2py

from services.common.dynamo import client as dynamo
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition
from services.common.unit_of_work import Conflict, UnitOfWork, retry_on_conflict
from services.inventory.catalogue.domain import StockLevel, asset_exists
from services.inventory.stock.domain import Outcome, Step, seed_step, spread
from services.inventory.stock.ports import InsufficientStock, OutcomeExists

_BATCH = 100  # keys in one BatchGetItem
_ABSENT = F("pk").does_not_exist()


class StockStore:
    """Reads and writes stock. The stock of an asset is the sum of its shards."""

    def __init__(self, client: Client, table: str, shards: int = 1) -> None:
        self._client = client
        self._table = table
        self.shards = shards

    async def available(self, asset_id: str) -> Decimal:
        """Returns the stock of an asset, 0 if it has none. The read is consistent."""
        return sum(await self.available_by_shard(asset_id), ZERO)

    async def available_by_shard(self, asset_id: str) -> list[Decimal]:
        """Returns the stock of an asset in each shard, all at one moment. The read is consistent."""
        keys = [_stock_key(asset_id, shard) for shard in range(self.shards)]
        if self.shards == 1:
            items = [await dynamo.get(self._client, self._table, keys[0])]
        else:
            items = await self._get_all(keys)
        return [item["available"] if item else ZERO for item in items]

    async def _get_all(self, keys: Sequence[Item]) -> list[Item | None]:
        payload = {"TransactItems": [Get(self._table, key).to_request_payload() for key in keys]}

        async def read() -> dict[str, Any]:
            try:
                return await self._client.send_request(action="TransactGetItems", payload=payload)
            except (TransactionCanceled, TransactionConflict, TransactionInProgress):
                raise Conflict from None

        response = await retry_on_conflict(read)
        numeric_type = self._client.numeric_type
        return [dy2py(one["Item"], numeric_type) if one.get("Item") else None for one in response["Responses"]]

    async def levels(self, asset_ids: Sequence[str]) -> Mapping[str, StockLevel]:
        """Returns the stock of assets, without those that have none. The reads are consistent."""
        levels: dict[str, StockLevel] = {}
        all_keys = [_stock_key(asset_id, shard) for asset_id in asset_ids for shard in range(self.shards)]
        for start in range(0, len(all_keys), _BATCH):
            for item in await self._batch(all_keys[start : start + _BATCH]):
                asset_id = item["pk"].split("#")[1]
                levels[asset_id] = _added(levels.get(asset_id, StockLevel()), item)
        return levels

    async def _batch(self, keys: Sequence[Item]) -> list[Item]:
        items: list[Item] = []
        while keys:
            request = BatchGetRequest(keys=list(keys), consistent_read=True)
            page = await self._client.batch_get({self._table: request})
            items += page.items.get(self._table, ())
            keys = list(page.unprocessed_keys.get(self._table, ()))
        return items

    async def outcome(self, effect_id: str) -> Outcome | None:
        """Returns the outcome of a step, None while it has none. The read is consistent."""
        item = await dynamo.get(self._client, self._table, _entry_key(effect_id))
        return _outcome(item) if item else None

    def add(self, tx: UnitOfWork, asset_id: str, quantity: Decimal, now: datetime) -> None:
        """Adds the first stock of an asset. The commit raises AlreadyExists ASSET_EXISTS if the asset has stock."""
        for shard, part in enumerate(spread(quantity, self.shards)):
            item = {**_stock_key(asset_id, shard), "available": part}
            tx.add(Put(self._table, item, _ABSENT), asset_exists(asset_id))
        entry = _entry_item(Outcome(seed_step(asset_id, quantity)), now)
        tx.add(Put(self._table, entry, _ABSENT), asset_exists(asset_id))

    def move(self, tx: UnitOfWork, step: Step, shard: int, now: datetime) -> None:
        """Adds the outcome of a step, and its change to a shard.

        The commit raises OutcomeExists if the step has an outcome, InsufficientStock if the shard does not cover it.
        """
        tx.add(Put(self._table, _entry_item(Outcome(step), now), _ABSENT), OutcomeExists)
        # Incoming stock has no condition: it may be the first of its shard.
        covered = F("available").gte(-step.change) if step.change < 0 else None
        tx.add(Update(self._table, _stock_key(step.asset_id, shard), _change(step), covered), InsufficientStock)

    def restock(self, tx: UnitOfWork, step: Step, actor_id: str, request_id: str, now: datetime) -> None:
        """Adds the outcome of a step, and its change spread over all shards.

        The commit raises OutcomeExists if the step has an outcome.
        """
        entry = {**_entry_item(Outcome(step), now), "actor_id": actor_id, "request_id": request_id}
        tx.add(Put(self._table, entry, _ABSENT), OutcomeExists)
        for shard, part in enumerate(spread(step.change, self.shards)):
            if part:
                tx.add(Update(self._table, _stock_key(step.asset_id, shard), F("available").add(part), None))

    def gather(self, tx: UnitOfWork, asset_id: str, available: Sequence[Decimal], shard: int) -> None:
        """Moves the stock of all shards, which was read as `available`, to one.

        The commit raises Conflict if the stock of another shard has changed since.
        """
        others = [other for other in range(self.shards) if other != shard and available[other]]
        for other in others:
            unchanged = F("available").equals(available[other])
            tx.add(Update(self._table, _stock_key(asset_id, other), F("available").set(ZERO), unchanged))
        moved = sum((available[other] for other in others), ZERO)
        tx.add(Update(self._table, _stock_key(asset_id, shard), F("available").add(moved)))

    def refuse(self, tx: UnitOfWork, outcome: Outcome, now: datetime) -> None:
        """Adds a refusal as the outcome of a step. The commit raises OutcomeExists if the step has one."""
        tx.add(Put(self._table, _entry_item(outcome, now), _ABSENT), OutcomeExists)


def _change(step: Step) -> UpdateExpression:
    change = F("available").add(step.change)
    for name, value in (("turnover", step.amount), ("fees", step.fee)):
        if value:
            change &= F(name).add(value)
    return change


def _added(level: StockLevel, item: Item) -> StockLevel:
    """Adds a shard to the stock of an asset."""
    return StockLevel(
        level.available + item["available"],
        level.turnover + item.get("turnover", ZERO),
        level.fees + item.get("fees", ZERO),
    )


def _stock_key(asset_id: str, shard: int) -> Item:
    return {"pk": f"STOCK#{asset_id}#{shard}", "sk": "0"}


def _entry_key(effect_id: str) -> Item:
    return {"pk": f"ENTRY#{effect_id}", "sk": "ENTRY"}


def _entry_item(outcome: Outcome, now: datetime) -> Item:
    step = outcome.step
    item: dict[str, Any] = {
        **_entry_key(step.effect_id),
        "order_id": step.order_id,
        "asset_id": step.asset_id,
        "change": step.change,
        "created_at": now.isoformat(),
    }
    if outcome.refusal is None:
        item |= {name: value for name, value in (("amount", step.amount), ("fee", step.fee)) if value}
    else:
        refusal = outcome.refusal
        item["refusal"] = {"reason": refusal.reason, "message": refusal.message, "metadata": refusal.metadata}
    return item


def _outcome(item: dict[str, Any]) -> Outcome:
    step = Step(
        item["pk"].removeprefix("ENTRY#"),
        item["order_id"],
        item["asset_id"],
        item["change"],
        item.get("amount", ZERO),
        item.get("fee", ZERO),
    )
    refusal = item.get("refusal")
    if refusal is None:
        return Outcome(step)
    return Outcome(step, FailedPrecondition(refusal["reason"], refusal["message"], **refusal["metadata"]))
