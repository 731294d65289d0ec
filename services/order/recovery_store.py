"""Pending and quarantined orders in DynamoDB."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import Condition, F, HashKey, RangeKey, UpdateExpression
from aiodynamo.models import Select
from aiodynamo.operations import Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.order.domain import GRACE, Order, PendingOrder
from services.order.items import key_of, order_of, shard_of
from services.order.schema import PENDING, PENDING_SHARDS, QUARANTINE
from services.order.store import try_write


class RecoveryStore:
    """Finds orders by the sparse index and reads each one consistently, as the index may be out of date."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table
        self.shards = PENDING_SHARDS

    async def due(self, shard: int, now: datetime, size: int) -> list[PendingOrder]:
        """Returns at most `size` orders of a shard that are due, the oldest first.

        Also returns those whose due time is so late that only a clock that is far ahead can have set it: the process
        with that clock may never return.
        """
        latest = now + 2 * GRACE
        keys = await self._keys(shard, RangeKey("due_at").lte(now.isoformat()), size)
        keys += await self._keys(shard, RangeKey("due_at").gt(latest.isoformat()), max(1, size - len(keys)))
        found = [await self._read(key) for key in keys]
        return [one for one in found if one is not None and one.shard == shard and not now < one.due_at <= latest]

    async def _keys(self, shard: int, due: Condition, size: int) -> list[Item]:
        """Reads keys of a shard from the index."""
        page = await self._client.query_single_page(
            self._table,
            HashKey("pending_shard", shard) & due,
            index=PENDING,
            select=Select.all_projected_attributes,
            limit=size,
        )
        return [_key(item) for item in page.items]

    async def find(self, user_id: str, order_id: str) -> PendingOrder | None:
        """Returns the order if it is not final."""
        return await self._read(key_of(user_id, order_id))

    async def released(self, user_id: str, order_id: str, release_id: str) -> Order | None:
        """Returns the order as it is now if the request `release_id` has released it before."""
        item = await dynamo.get(self._client, self._table, key_of(user_id, order_id))
        return order_of(item) if item and release_id in item.get("releases", ()) else None

    async def _read(self, key: Item) -> PendingOrder | None:
        item = await dynamo.get(self._client, self._table, key)
        return _pending(item) if item and "pending_shard" in item else None

    async def claim(self, pending: PendingOrder, until: datetime) -> bool:
        """Hides an order from other sweeps until a time. Returns False if it has changed meanwhile.

        This only avoids double work; two sweeps may have the same order without harm.
        """
        return await self._update(pending, F("due_at").set(until.isoformat()))

    async def count_failure(self, pending: PendingOrder, until: datetime) -> bool:
        """Counts an attempt that failed with an internal error. The order is due again at `until`."""
        failures = pending.failures + 1
        return await self._update(pending, F("failures").set(failures) & F("due_at").set(until.isoformat()))

    async def quarantine(self, pending: PendingOrder, reason: str, now: datetime) -> bool:
        """Puts an order in quarantine: sweeps no longer find it."""
        return await self._update(
            pending,
            F("pending_shard").set(QUARANTINE)
            & F("failures").set(pending.failures + 1)
            & F("quarantine_reason").set(reason)
            & F("due_at").set(now.isoformat()),
        )

    async def release(self, pending: PendingOrder, release_id: str, now: datetime) -> bool:
        """Releases an order from quarantine. It is due at once."""
        return await self._update(
            pending,
            F("pending_shard").set(shard_of(pending.order.order_id))
            & F("failures").set(0)
            & F("releases").set([*pending.releases, release_id])
            & F("quarantine_reason").remove()
            & F("due_at").set(now.isoformat()),
        )

    async def quarantined(
        self, cursor: dict[str, str] | None, size: int
    ) -> tuple[list[PendingOrder], dict[str, str] | None]:
        """Returns a page of the quarantined orders, the latest first, and the cursor of the next page."""
        start: dict[str, Any] | None = {**cursor, "pending_shard": QUARANTINE} if cursor else None
        page = await self._client.query_single_page(
            self._table,
            HashKey("pending_shard", QUARANTINE),
            index=PENDING,
            select=Select.all_projected_attributes,
            scan_forward=False,
            start_key=start,
            limit=size,
        )
        found = [await self._read(_key(item)) for item in page.items]
        last = page.last_evaluated_key
        next_cursor = {name: str(last[name]) for name in ("pk", "sk", "due_at")} if last else None
        return [one for one in found if one is not None and one.is_quarantined], next_cursor

    async def _update(self, pending: PendingOrder, change: UpdateExpression) -> bool:
        order = pending.order
        unchanged: Condition = F("due_at").equals(pending.due_at.isoformat()) & F("version").equals(order.version)
        unchanged &= F("pending_shard").equals(pending.shard)
        key = key_of(order.user_id, order.order_id)
        return await try_write(self._client, Update(self._table, key, change, unchanged))


def _key(item: dict[str, Any]) -> Item:
    """Returns the key of an order that was found by the index."""
    return {"pk": item["pk"], "sk": item["sk"]}


def _pending(item: dict[str, Any]) -> PendingOrder:
    shard = int(item["pending_shard"])
    return PendingOrder(
        order=order_of(item),
        shard=shard,
        due_at=datetime.fromisoformat(item["due_at"]),
        failures=int(item.get("failures", 0)),
        is_quarantined=shard == QUARANTINE,
        reason=item.get("quarantine_reason", ""),
        releases=tuple(item.get("releases", ())),
    )
