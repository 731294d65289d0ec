"""The gRPC methods of orders."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import grpc
from cnop.order.v1 import order_pb2, order_service_pb2, order_service_pb2_grpc

from services.common import money
from services.common.rpc import call
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import moment
from services.order.domain import Order, OrderFilter, Status
from services.order.messages import SIDES, STATUSES, fill_message, order_message, preview_message
from services.order.ticket import Ticket
from services.order.usecases import Orders
from services.order.watch.servicer import OrderStreams

Context = grpc.aio.ServicerContext[Any, Any]

_Terms = order_service_pb2.CreateOrderRequest | order_service_pb2.PreviewOrderRequest


@dataclass(frozen=True)
class OrderServicer(order_service_pb2_grpc.OrderServiceServicer):
    """cnop.order.v1.OrderService."""

    orders: Orders
    pages: PageTokens
    streams: OrderStreams

    async def CreateOrder(self, request: order_service_pb2.CreateOrderRequest, context: Context) -> order_pb2.Order:
        ticket = Ticket(
            **_terms(request),
            limit_price=money.parse_optional(request.limit_price),
            expected_price=money.parse_optional(request.expected_price),
            max_slippage=money.parse_optional(request.max_slippage),
            request_id=request.request_id,
            preview_id=request.preview_id,
        )
        return order_message(await self.orders.create(ticket))

    async def PreviewOrder(
        self, request: order_service_pb2.PreviewOrderRequest, context: Context
    ) -> order_service_pb2.PreviewOrderResponse:
        return preview_message(await self.orders.preview(Ticket(**_terms(request))))

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
            status=STATUSES.get(request.status),
            asset_id=request.asset_id or None,
            side=SIDES.get(request.side),
            start_time=moment(request.start_time) if request.HasField("start_time") else None,
            end_time=moment(request.end_time) if request.HasField("end_time") else None,
        )
        orders, token = await self._page("orders", wanted, request.page_token, request.page_size)
        return order_service_pb2.ListOrdersResponse(
            orders=[order_message(order) for order in orders], next_page_token=token
        )

    def WatchOrders(self, request: order_service_pb2.WatchOrdersRequest, context: Context) -> AsyncIterator[Any]:
        return self.streams.watch_orders()

    def Watch(self, request: order_service_pb2.WatchRequest, context: Context) -> AsyncIterator[Any]:
        return self.streams.watch(request)

    async def ListAssetTransactions(
        self, request: order_service_pb2.ListAssetTransactionsRequest, context: Context
    ) -> order_service_pb2.ListAssetTransactionsResponse:
        wanted = OrderFilter(status=Status.COMPLETED, asset_id=request.asset_id)
        orders, token = await self._page("fills", wanted, request.page_token, request.page_size)
        return order_service_pb2.ListAssetTransactionsResponse(
            transactions=[fill_message(order) for order in orders], next_page_token=token
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


def _terms(request: _Terms) -> dict[str, Any]:
    """Returns what both a preview and an order say."""
    return {
        "user_id": call.principal().user_id,
        "side": SIDES[request.side],
        "asset_id": request.asset_id,
        "quantity": money.parse_optional(request.quantity) or money.ZERO,
        "quote_amount": money.parse_optional(request.quote_amount),
        "sell_all": request.sell_all,
    }
