"""The gRPC methods of orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.order.v1 import order_pb2, order_service_pb2, order_service_pb2_grpc

from services.common import money
from services.common.rpc import call
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import moment, timestamp
from services.order.domain import Order, OrderFilter, Side, Status, Ticket
from services.order.usecases import Orders

Context = grpc.aio.ServicerContext[Any, Any]

_SIDES = {Side.BUY: order_pb2.Order.BUY, Side.SELL: order_pb2.Order.SELL}
_SIDES_BY_VALUE = {value: side for side, value in _SIDES.items()}
_STATUSES = {
    Status.PENDING: order_pb2.Order.PENDING,
    Status.COMPLETED: order_pb2.Order.COMPLETED,
    Status.FAILED: order_pb2.Order.FAILED,
}
_STATUSES_BY_VALUE = {value: status for status, value in _STATUSES.items()}


@dataclass(frozen=True)
class OrderServicer(order_service_pb2_grpc.OrderServiceServicer):
    """cnop.order.v1.OrderService."""

    orders: Orders
    pages: PageTokens

    async def CreateOrder(self, request: order_service_pb2.CreateOrderRequest, context: Context) -> order_pb2.Order:
        ticket = Ticket(
            user_id=call.principal().user_id,
            side=_SIDES_BY_VALUE[request.side],
            asset_id=request.asset_id,
            quantity=money.parse(request.quantity),
            limit_price=money.parse_optional(request.limit_price),
            expected_price=money.parse_optional(request.expected_price),
            max_slippage=money.parse_optional(request.max_slippage),
            request_id=request.request_id,
        )
        return order_message(await self.orders.create(ticket))

    async def PreviewOrder(
        self, request: order_service_pb2.PreviewOrderRequest, context: Context
    ) -> order_service_pb2.PreviewOrderResponse:
        user_id = call.principal().user_id
        ticket = Ticket(user_id, _SIDES_BY_VALUE[request.side], request.asset_id, money.parse(request.quantity))
        preview = await self.orders.preview(ticket)
        return order_service_pb2.PreviewOrderResponse(
            price=money.price(preview.price), total_amount=money.dollars(preview.amount), obstacles=preview.reasons
        )

    async def GetOrder(self, request: order_service_pb2.GetOrderRequest, context: Context) -> order_pb2.Order:
        return order_message(await self.orders.get(call.principal().user_id, request.order_id))

    async def GetOrderByRequestId(
        self, request: order_service_pb2.GetOrderByRequestIdRequest, context: Context
    ) -> order_pb2.Order:
        return order_message(await self.orders.get_by_request_id(call.principal().user_id, request.request_id))

    async def ListOrders(
        self, request: order_service_pb2.ListOrdersRequest, context: Context
    ) -> order_service_pb2.ListOrdersResponse:
        wanted = OrderFilter(
            status=_STATUSES_BY_VALUE.get(request.status),
            asset_id=request.asset_id or None,
            side=_SIDES_BY_VALUE.get(request.side),
            start_time=moment(request.start_time) if request.HasField("start_time") else None,
            end_time=moment(request.end_time) if request.HasField("end_time") else None,
        )
        orders, token = await self._page("orders", wanted, request.page_token, request.page_size)
        return order_service_pb2.ListOrdersResponse(
            orders=[order_message(order) for order in orders], next_page_token=token
        )

    async def ListAssetTransactions(
        self, request: order_service_pb2.ListAssetTransactionsRequest, context: Context
    ) -> order_service_pb2.ListAssetTransactionsResponse:
        wanted = OrderFilter(status=Status.COMPLETED, asset_id=request.asset_id)
        orders, token = await self._page("fills", wanted, request.page_token, request.page_size)
        return order_service_pb2.ListAssetTransactionsResponse(
            transactions=[_fill(order) for order in orders], next_page_token=token
        )

    async def _page(self, name: str, wanted: OrderFilter, page_token: str, size: int) -> tuple[list[Order], str]:
        user_id = call.principal().user_id
        query = name, user_id, wanted.status or "", wanted.asset_id or "", wanted.side or "", *_window(wanted)
        page = self.pages.open(page_token, *query)
        orders, cursor = await self.orders.page(user_id, wanted, page["cursor"] if page else None, page_size(size))
        return orders, self.pages.seal({"cursor": cursor} if cursor else None, *query)


def _window(wanted: OrderFilter) -> list[str]:
    """Returns the times of a filter, to bind page tokens to them."""
    times = {"start": wanted.start_time, "end": wanted.end_time}
    return [f"{name}={at.isoformat()}" for name, at in times.items() if at]


def order_message(order: Order) -> order_pb2.Order:
    """Returns the message of an order. What is unknown of an unconfirmed one is left out."""
    message = order_pb2.Order(
        order_id=order.order_id,
        side=_SIDES[order.side],
        type=order_pb2.Order.MARKET,
        asset_id=order.asset_id,
        quantity=money.quantity(order.quantity),
        limit_price=money.price(order.limit_price) if order.limit_price is not None else "",
        status=_STATUSES[order.status],
        failure_reason=order.failure_reason,
        request_id=order.request_id,
    )
    if not order.is_unconfirmed:
        message.price, message.total_amount = money.price(order.price), money.dollars(order.amount)
        message.created_at.CopyFrom(timestamp(order.created_at))
        message.updated_at.CopyFrom(timestamp(order.updated_at))
    return message


def _fill(order: Order) -> order_service_pb2.AssetTransaction:
    return order_service_pb2.AssetTransaction(
        order_id=order.order_id,
        asset_id=order.asset_id,
        side=_SIDES[order.side],
        quantity=money.quantity(order.quantity),
        price=money.price(order.price),
        total_amount=money.dollars(order.amount),
        filled_at=timestamp(order.updated_at),
    )
