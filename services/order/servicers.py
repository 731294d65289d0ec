"""The methods of the order service: parse, one call, build the answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import grpc
from cnop.order.v1 import (
    order_admin_service_pb2,
    order_admin_service_pb2_grpc,
    order_pb2,
    order_service_pb2,
    order_service_pb2_grpc,
)

from services.common import ids, money
from services.common.auth.audit_log import AuditLog
from services.common.rpc import call
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import timestamp
from services.order.domain import Order, Side, Status, Ticket
from services.order.recovery import Recovery
from services.order.recovery_store import Candidate
from services.order.store import Filter
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

    async def CreateOrder(self, asked: order_service_pb2.CreateOrderRequest, context: Context) -> order_pb2.Order:
        ticket = Ticket(
            user_id=call.principal().user_id,
            side=_SIDES_BY_VALUE[asked.side],
            asset_id=asked.asset_id,
            quantity=money.parse(asked.quantity),
            limit_price=_optional(asked.limit_price),
            expected_price=_optional(asked.expected_price),
            max_slippage=_optional(asked.max_slippage),
            request_id=asked.request_id,
        )
        return _order(await self.orders.create(ticket))

    async def PreviewOrder(
        self, asked: order_service_pb2.PreviewOrderRequest, context: Context
    ) -> order_service_pb2.PreviewOrderResponse:
        user_id = call.principal().user_id
        ticket = Ticket(user_id, _SIDES_BY_VALUE[asked.side], asked.asset_id, money.parse(asked.quantity))
        preview = await self.orders.preview(ticket)
        return order_service_pb2.PreviewOrderResponse(
            price=money.price(preview.price), total_amount=money.dollars(preview.amount), obstacles=preview.obstacles
        )

    async def GetOrder(self, asked: order_service_pb2.GetOrderRequest, context: Context) -> order_pb2.Order:
        return _order(await self.orders.get(call.principal().user_id, asked.order_id))

    async def ListOrders(
        self, asked: order_service_pb2.ListOrdersRequest, context: Context
    ) -> order_service_pb2.ListOrdersResponse:
        wanted = Filter(
            status=_STATUSES_BY_VALUE.get(asked.status),
            asset_id=asked.asset_id or None,
            side=_SIDES_BY_VALUE.get(asked.side),
        )
        orders, token = await self._page("orders", wanted, asked.page_token, asked.page_size)
        return order_service_pb2.ListOrdersResponse(orders=[_order(order) for order in orders], next_page_token=token)

    async def ListAssetTransactions(
        self, asked: order_service_pb2.ListAssetTransactionsRequest, context: Context
    ) -> order_service_pb2.ListAssetTransactionsResponse:
        wanted = Filter(status=Status.COMPLETED, asset_id=asked.asset_id)
        orders, token = await self._page("fills", wanted, asked.page_token, asked.page_size)
        return order_service_pb2.ListAssetTransactionsResponse(
            transactions=[_fill(order) for order in orders], next_page_token=token
        )

    async def _page(self, name: str, wanted: Filter, page_token: str, size: int) -> tuple[list[Order], str]:
        user_id = call.principal().user_id
        query = name, user_id, wanted.status or "", wanted.asset_id or "", wanted.side or ""
        cursor = self.pages.open(page_token, *query)
        before = cursor["before"] if cursor else None
        orders, rest = await self.orders.store.list(user_id, wanted, before, page_size(size))
        return orders, self.pages.seal({"before": rest} if rest else None, *query)


@dataclass(frozen=True)
class OrderAdminServicer(order_admin_service_pb2_grpc.OrderAdminServiceServicer):
    """cnop.order.v1.OrderAdminService."""

    recovery: Recovery
    trail: AuditLog
    pages: PageTokens

    async def ListQuarantinedOrders(
        self, asked: order_admin_service_pb2.ListQuarantinedOrdersRequest, context: Context
    ) -> order_admin_service_pb2.ListQuarantinedOrdersResponse:
        before = self.pages.open(asked.page_token, "quarantine")
        found, rest = await self.recovery.store.quarantined(before, page_size(asked.page_size))
        return order_admin_service_pb2.ListQuarantinedOrdersResponse(
            orders=[_quarantined(candidate) for candidate in found], next_page_token=self.pages.seal(rest, "quarantine")
        )

    async def ReleaseOrder(
        self, asked: order_admin_service_pb2.ReleaseOrderRequest, context: Context
    ) -> order_pb2.Order:
        release_id = ids.derive("release", call.principal().user_id, asked.request_id)
        async with self.trail.change("ORDER_RELEASED", f"order:{asked.order_id}", asked.user_id):
            return _order(await self.recovery.release(asked.user_id, asked.order_id, release_id))


def _optional(text: str) -> Decimal | None:
    return money.parse(text) if text else None


def _order(order: Order) -> order_pb2.Order:
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
    if not order.is_unsure:
        message.price, message.total_amount = money.price(order.price), money.dollars(order.amount)
        message.created_at.CopyFrom(timestamp(order.created_at))
        message.updated_at.CopyFrom(timestamp(order.updated_at))
    return message


def _quarantined(candidate: Candidate) -> order_admin_service_pb2.QuarantinedOrder:
    return order_admin_service_pb2.QuarantinedOrder(
        order=_order(candidate.order),
        user_id=candidate.order.user_id,
        reason=candidate.reason,
        tries=candidate.failures,
        quarantined_at=timestamp(candidate.due_at),
    )


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
