"""Orders in the orders table."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import Condition, F, HashKey, RangeKey
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.order.domain import GRACE, Order, Side, Status
from services.order.schema import BY_ASSET, BY_CREATED, PENDING_SHARDS

_CHUNK = 200  # items that one query reads while it looks for matches
_SCANNED_MAX = 1_000  # items that one page reads while it looks for matches


@dataclass(frozen=True, slots=True)
class Filter:
    """Which orders of a user are wanted; None for any."""

    status: Status | None = None
    asset_id: str | None = None
    side: Side | None = None


def key_of(user_id: str, order_id: str) -> Item:
    """The key of an order."""
    return {"pk": f"USER#{user_id}", "sk": f"ORDER#{order_id}"}


class OrderStore:
    """Reads and writes orders."""

    def __init__(self, client: Client, table: str) -> None:
        self._client = client
        self._table = table

    async def add(self, order: Order) -> bool:
        """Adds an order; False when there is one with its id."""
        try:
            await dynamo.put(self._client, self._table, _item(order), F("pk").does_not_exist())
        except dynamo.ConditionFailed:
            return False
        return True

    async def get(self, user_id: str, order_id: str) -> Order | None:
        """The order, read consistently."""
        item = await dynamo.get(self._client, self._table, key_of(user_id, order_id))
        return order_of(item) if item else None

    async def move(self, before: Order, after: Order) -> bool:
        """Writes the next state of an order; False when another has written it."""
        update = (
            F("state").set(after.status.value)
            & F("version").set(after.version)
            & F("updated_at").set(after.updated_at.isoformat())
            & F("failure_reason").set(after.failure_reason)
            & F("failure_message").set(after.failure_message)
        )
        if after.is_final:
            update &= F("pending_shard").remove() & F("due_at").remove()
        unchanged = F("state").equals(before.status.value) & F("version").equals(before.version)
        try:
            await dynamo.update(self._client, self._table, key_of(before.user_id, before.order_id), update, unchanged)
        except dynamo.ConditionFailed:
            return False
        return True

    async def list(self, user_id: str, wanted: Filter, before: str | None, size: int) -> tuple[list[Order], str | None]:
        """A page of a user's orders, newest first, from just before the place `before`; and the next page's place.

        A page may be short while there are more: it reads no more than 1,000 orders in search of matches.
        """
        index, attribute = (BY_ASSET, "asset_key") if wanted.asset_id else (BY_CREATED, "created_key")
        prefix = f"{wanted.asset_id}#" if wanted.asset_id else ""
        user = HashKey("pk", f"USER#{user_id}")
        matches = _matches(wanted)
        found: list[Order] = []
        scanned = 0
        while True:
            page = await self._client.query_single_page(
                self._table,
                user & RangeKey(attribute).begins_with(prefix) if prefix else user,
                index=index,
                scan_forward=False,
                start_key={**key_of(user_id, before.partition("#")[2]), attribute: prefix + before} if before else None,
                filter_expression=matches,
                limit=_CHUNK if matches else size,
                consistent_read=True,
            )
            found += [order_of(item) for item in page.items]
            scanned += _CHUNK
            if len(found) > size:
                return found[:size], _place(found[size - 1])
            if page.last_evaluated_key is None:
                return found, None
            before = str(page.last_evaluated_key[attribute]).removeprefix(prefix)
            if len(found) == size or scanned >= _SCANNED_MAX:
                return found, before


def _matches(wanted: Filter) -> Condition | None:
    """The condition on what the index does not select."""
    conditions = []
    if wanted.status is not None:
        conditions.append(F("state").equals(wanted.status.value))
    if wanted.side is not None:
        conditions.append(F("side").equals(wanted.side.value))
    if not conditions:
        return None
    return conditions[0] & conditions[1] if len(conditions) == 2 else conditions[0]


def _place(order: Order) -> str:
    """The place of an order among those of its user: by time, then by id."""
    return f"{order.created_at.isoformat(timespec='microseconds')}#{order.order_id}"


def _item(order: Order) -> Item:
    item: dict[str, Any] = {
        **key_of(order.user_id, order.order_id),
        "order_id": order.order_id,
        "user_id": order.user_id,
        "side": order.side.value,
        "asset_id": order.asset_id,
        "quantity": order.quantity,
        "price": order.price,
        "limit_price": order.limit_price,
        "amount": order.amount,
        "request_id": order.request_id,
        "body": order.body,
        "created_at": order.created_at.isoformat(),
        "updated_at": order.updated_at.isoformat(),
        "state": order.status.value,
        "failure_reason": order.failure_reason,
        "failure_message": order.failure_message,
        "version": order.version,
        "created_key": _place(order),
        "asset_key": f"{order.asset_id}#{_place(order)}",
    }
    if not order.is_final:
        item["pending_shard"] = shard_of(order.order_id)
        item["due_at"] = (order.created_at + GRACE).isoformat()
    return item


def shard_of(order_id: str) -> int:
    """The shard of the index of orders that are not final."""
    return zlib.crc32(order_id.encode()) % PENDING_SHARDS


def order_of(item: dict[str, Any]) -> Order:
    """The order that an item holds."""
    limit_price: Decimal | None = item["limit_price"]
    return Order(
        order_id=item["order_id"],
        user_id=item["user_id"],
        side=Side(item["side"]),
        asset_id=item["asset_id"],
        quantity=item["quantity"],
        price=item["price"],
        limit_price=limit_price,
        amount=item["amount"],
        request_id=item["request_id"],
        body=item["body"],
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        status=Status(item["state"]),
        failure_reason=item["failure_reason"],
        failure_message=item["failure_message"],
        version=int(item["version"]),
    )
