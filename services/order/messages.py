"""The messages of orders."""

from __future__ import annotations

from cnop.inventory.v1 import asset_pb2
from cnop.order.v1 import order_pb2, order_service_pb2

from services.common import money
from services.common.times import timestamp
from services.order.domain import Order, Status
from services.order.ticket import Side
from services.order.usecases import Preview
from services.prices.frame import Source

_SIDES = {Side.BUY: order_pb2.Order.BUY, Side.SELL: order_pb2.Order.SELL}
_STATUSES = {
    Status.PENDING: order_pb2.Order.PENDING,
    Status.COMPLETED: order_pb2.Order.COMPLETED,
    Status.FAILED: order_pb2.Order.FAILED,
}
_SOURCES = {
    None: asset_pb2.PRICE_SOURCE_UNSPECIFIED,
    Source.SIMULATED: asset_pb2.SIMULATED,
    Source.FIXED: asset_pb2.FIXED,
    Source.EXCHANGE: asset_pb2.EXCHANGE,
}
SIDES = {value: side for side, value in _SIDES.items()}
STATUSES = {value: status for status, value in _STATUSES.items()}


def order_message(order: Order) -> order_pb2.Order:
    """Returns the message of an order. What is unknown of an unconfirmed one is left out."""
    message = order_pb2.Order(
        order_id=order.order_id,
        side=_SIDES[order.side],
        type=order_pb2.Order.MARKET,
        asset_id=order.asset_id,
        limit_price=money.price(order.limit_price) if order.limit_price is not None else "",
        quote_amount=money.dollars(order.quote_amount) if order.quote_amount is not None else "",
        sell_all=order.sell_all,
        status=_STATUSES[order.status],
        failure_reason=order.failure_reason,
        request_id=order.request_id,
    )
    if not order.is_unconfirmed or order.is_by_quantity:
        message.quantity = money.quantity(order.quantity)
    if not order.is_unconfirmed:
        message.price, message.total_amount = money.price(order.price), money.dollars(order.amount)
        message.fee, message.net_amount = money.dollars(order.fee), money.dollars(order.net_amount)
        message.price_seq, message.price_source = order.price_seq, _SOURCES[order.price_source]
        message.created_at.CopyFrom(timestamp(order.created_at))
        message.updated_at.CopyFrom(timestamp(order.updated_at))
    return message


def fill_message(order: Order) -> order_service_pb2.AssetTransaction:
    """Returns the message of the fill of an order."""
    return order_service_pb2.AssetTransaction(
        order_id=order.order_id,
        asset_id=order.asset_id,
        side=_SIDES[order.side],
        quantity=money.quantity(order.quantity),
        price=money.price(order.price),
        total_amount=money.dollars(order.amount),
        filled_at=timestamp(order.updated_at),
        fee=money.dollars(order.fee),
        net_amount=money.dollars(order.net_amount),
    )


def preview_message(preview: Preview) -> order_service_pb2.PreviewOrderResponse:
    """Returns the message of a preview."""
    ticket, quote = preview.ticket, preview.quote
    return order_service_pb2.PreviewOrderResponse(
        price=money.price(quote.price),
        total_amount=money.dollars(ticket.amount(quote)),
        fee=money.dollars(ticket.fee(quote)),
        net_amount=money.dollars(ticket.net_amount(quote)),
        quantity=money.quantity(ticket.quantity),
        obstacles=preview.reasons,
        worst_price=money.price(preview.bound.worst_price),
        preview_id=preview.preview_id,
        expires_at=timestamp(preview.bound.expires_at),
        price_seq=quote.seq,
        price_source=_SOURCES[quote.source],
    )
