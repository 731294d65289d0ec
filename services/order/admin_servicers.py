"""The gRPC methods of the quarantine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.order.v1 import order_admin_service_pb2, order_admin_service_pb2_grpc, order_pb2

from services.common.rpc import call
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import timestamp
from services.order.admin import OrderAdmin
from services.order.domain import PendingOrder
from services.order.messages import order_message

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class OrderAdminServicer(order_admin_service_pb2_grpc.OrderAdminServiceServicer):
    """cnop.order.v1.OrderAdminService."""

    admin: OrderAdmin
    pages: PageTokens

    async def ListQuarantinedOrders(
        self, request: order_admin_service_pb2.ListQuarantinedOrdersRequest, context: Context
    ) -> order_admin_service_pb2.ListQuarantinedOrdersResponse:
        cursor = self.pages.open(request.page_token, "quarantine")
        orders, next_cursor = await self.admin.quarantined(cursor, page_size(request.page_size))
        return order_admin_service_pb2.ListQuarantinedOrdersResponse(
            orders=[_quarantined(order) for order in orders],
            next_page_token=self.pages.seal(next_cursor, "quarantine"),
        )

    async def ReleaseOrder(
        self, request: order_admin_service_pb2.ReleaseOrderRequest, context: Context
    ) -> order_pb2.Order:
        admin_id = call.principal().user_id
        order = await self.admin.release(
            request.user_id, request.order_id, admin_id=admin_id, request_id=request.request_id
        )
        return order_message(order)

    async def FailOrder(self, request: order_admin_service_pb2.FailOrderRequest, context: Context) -> order_pb2.Order:
        return order_message(await self.admin.fail(request.user_id, request.order_id))


def _quarantined(pending: PendingOrder) -> order_admin_service_pb2.QuarantinedOrder:
    return order_admin_service_pb2.QuarantinedOrder(
        order=order_message(pending.order),
        user_id=pending.order.user_id,
        reason=pending.reason,
        tries=pending.failures,
        quarantined_at=timestamp(pending.due_at),
    )
