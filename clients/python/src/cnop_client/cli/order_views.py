"""What is shown of orders and previews."""

from __future__ import annotations

from cnop.inventory.v1 import asset_pb2
from cnop.order.v1 import order_pb2, order_service_pb2

from cnop_client.cli.output import Column, enum, moment

ORDERS = (
    Column[order_pb2.Order]("WHEN", lambda it: moment(it.created_at)),
    Column[order_pb2.Order]("SIDE", lambda it: enum(order_pb2.Order.Side, it.side)),
    Column[order_pb2.Order]("QUANTITY", lambda it: it.quantity, is_number=True),
    Column[order_pb2.Order]("ASSET", lambda it: it.asset_id),
    Column[order_pb2.Order]("PRICE", lambda it: it.price, is_number=True),
    Column[order_pb2.Order]("TOTAL", lambda it: it.total_amount, is_number=True),
    Column[order_pb2.Order]("FEE", lambda it: it.fee, is_number=True),
    Column[order_pb2.Order]("STATUS", lambda it: enum(order_pb2.Order.Status, it.status)),
    Column[order_pb2.Order]("REASON", lambda it: it.failure_reason),
    Column[order_pb2.Order]("ORDER", lambda it: it.order_id),
)
ORDER = (
    Column[order_pb2.Order]("order", lambda it: it.order_id),
    Column[order_pb2.Order]("side", lambda it: enum(order_pb2.Order.Side, it.side)),
    Column[order_pb2.Order]("asset", lambda it: it.asset_id),
    Column[order_pb2.Order]("quantity", lambda it: it.quantity),
    Column[order_pb2.Order]("price", lambda it: it.price),
    Column[order_pb2.Order]("price from", lambda it: _source(it.price_source)),
    Column[order_pb2.Order]("limit price", lambda it: it.limit_price),
    Column[order_pb2.Order]("total", lambda it: it.total_amount),
    Column[order_pb2.Order]("fee", lambda it: it.fee),
    Column[order_pb2.Order]("net", lambda it: it.net_amount),
    Column[order_pb2.Order]("status", lambda it: enum(order_pb2.Order.Status, it.status)),
    Column[order_pb2.Order]("reason", lambda it: it.failure_reason),
    Column[order_pb2.Order]("request id", lambda it: it.request_id),
    Column[order_pb2.Order]("created", lambda it: moment(it.created_at)),
    Column[order_pb2.Order]("updated", lambda it: moment(it.updated_at)),
)
PREVIEW = (
    Column[order_service_pb2.PreviewOrderResponse]("price", lambda it: it.price),
    Column[order_service_pb2.PreviewOrderResponse]("price from", lambda it: _source(it.price_source)),
    Column[order_service_pb2.PreviewOrderResponse]("quantity", lambda it: it.quantity),
    Column[order_service_pb2.PreviewOrderResponse]("total", lambda it: it.total_amount),
    Column[order_service_pb2.PreviewOrderResponse]("fee", lambda it: it.fee),
    Column[order_service_pb2.PreviewOrderResponse]("net", lambda it: it.net_amount),
    Column[order_service_pb2.PreviewOrderResponse]("obstacles", lambda it: ", ".join(it.obstacles) or "none"),
)
PREVIEW_ID = (
    Column[order_service_pb2.PreviewOrderResponse]("worst price", lambda it: it.worst_price),
    Column[order_service_pb2.PreviewOrderResponse]("preview id", lambda it: it.preview_id),
    Column[order_service_pb2.PreviewOrderResponse]("valid until", lambda it: moment(it.expires_at)),
)


def _source(number: int) -> str:
    """Where a price comes from; empty if it is not known."""
    return enum(asset_pb2.PriceSource, number) if number else ""
