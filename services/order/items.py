"""Orders as items of the orders table."""

from __future__ import annotations

import zlib
from datetime import datetime
from decimal import Decimal
from typing import Any

from aiodynamo.types import Item

from services.common.money import ZERO
from services.order.domain import GRACE, Order, OrderFilter, Status
from services.order.schema import PENDING_SHARDS
from services.order.ticket import Side
from services.prices.frame import Source

_FIRST, _LAST = "0", ":"  # a position begins with a digit


def key_of(user_id: str, order_id: str) -> Item:
    """Returns the key of an order."""
    return {"pk": f"USER#{user_id}", "sk": f"ORDER#{order_id}"}


def position_of(order: Order) -> str:
    """Returns the position of an order in the lists of its user: by time, then by id."""
    return f"{order.created_at.isoformat(timespec='microseconds')}#{order.order_id}"


def positions(wanted: OrderFilter) -> tuple[str, str]:
    """Returns the first and the last position in the lists that a filter selects."""
    start, end = (
        moment and moment.isoformat(timespec="microseconds") for moment in (wanted.start_time, wanted.end_time)
    )
    return start or _FIRST, end or _LAST


def shard_of(order_id: str) -> int:
    """Returns the shard of an order in the index of pending orders."""
    return zlib.crc32(order_id.encode()) % PENDING_SHARDS


def item_of(order: Order) -> Item:
    """Returns the item of a new order."""
    position = position_of(order)
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
        "body": order.fingerprint,
        "created_at": order.created_at.isoformat(),
        "updated_at": order.updated_at.isoformat(),
        "state": order.status.value,
        "failure_reason": order.failure_reason,
        "failure_message": order.failure_message,
        "failure_facts": dict(order.failure_facts),
        "version": order.version,
        "created_key": position,
        "asset_key": f"{order.asset_id}#{position}",
    }
    item |= _options(order)
    if not order.is_final:
        item["pending_shard"] = shard_of(order.order_id)
        item["due_at"] = (order.created_at + GRACE).isoformat()
    return item


def _options(order: Order) -> Item:
    """Returns the attributes that only orders with them have."""
    options = {
        "fee": order.fee or None,
        "quote_amount": order.quote_amount,
        "sell_all": order.sell_all or None,
        "price_seq": order.price_seq or None,
        "price_source": order.price_source and order.price_source.value,
    }
    return {name: value for name, value in options.items() if value is not None}


def order_of(item: dict[str, Any]) -> Order:
    """Returns the order of an item."""
    limit_price: Decimal | None = item["limit_price"]
    source = item.get("price_source")
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
        fingerprint=item["body"],
        created_at=datetime.fromisoformat(item["created_at"]),
        updated_at=datetime.fromisoformat(item["updated_at"]),
        status=Status(item["state"]),
        failure_reason=item["failure_reason"],
        failure_message=item["failure_message"],
        failure_facts=item.get("failure_facts", {}),
        version=int(item["version"]),
        fee=item.get("fee", ZERO),
        quote_amount=item.get("quote_amount"),
        sell_all=item.get("sell_all", False),
        price_seq=int(item.get("price_seq", 0)),
        price_source=source and Source(source),
    )
