"""The use cases of admins: list the quarantined orders, and release or fail them."""

from __future__ import annotations

from dataclasses import dataclass

from services.common import ids
from services.common.rpc.errors import FailedPrecondition, NotFound
from services.common.times import Clock
from services.order.domain import Order, PendingOrder, Status
from services.order.ports import AuditTrail, OrderRepository, PendingOrders
from services.order.recovery import Recovery
from services.order.saga import Saga


@dataclass(frozen=True)
class OrderAdmin:
    """Manages the quarantine."""

    orders: OrderRepository
    pending: PendingOrders
    recovery: Recovery
    saga: Saga
    trail: AuditTrail
    now: Clock

    async def quarantined(
        self, cursor: dict[str, str] | None, size: int
    ) -> tuple[list[PendingOrder], dict[str, str] | None]:
        """Returns a page of the quarantined orders, the latest first, and the cursor of the next page."""
        return await self.pending.quarantined(cursor, size)

    async def release(self, user_id: str, order_id: str, *, admin_id: str, request_id: str) -> Order:
        """Releases an order of a user from quarantine and tries to fill it. Returns it as it is afterwards.

        A replay has no effect; it returns the order as it is now. Raises NotFound ORDER_NOT_FOUND, FailedPrecondition
        ORDER_NOT_QUARANTINED, and Unavailable if the audit trail cannot be written.
        """
        release_id = ids.derive("release", admin_id, request_id)
        async with self.trail.change("ORDER_RELEASED", f"order:{order_id}", user_id):
            released = await self.pending.released(user_id, order_id, release_id)
            return released or await self._release(user_id, order_id, release_id)

    async def fail(self, user_id: str, order_id: str) -> Order:
        """Fails a quarantined order of a user and undoes its steps. Returns it, also if it has failed before.

        Raises NotFound ORDER_NOT_FOUND, FailedPrecondition ORDER_NOT_QUARANTINED or ORDER_SETTLED, and Unavailable if
        the audit trail cannot be written.
        """
        async with self.trail.change("ORDER_FAILED", f"order:{order_id}", user_id):
            pending = await self.pending.find(user_id, order_id)
            if pending is not None and pending.is_quarantined:
                return await self.saga.fail(pending.order)
            order = await self._order(user_id, order_id)
            if order.status is not Status.FAILED:
                message = "the order is not in quarantine and cannot be failed; read the order to see its status"
                raise FailedPrecondition("ORDER_NOT_QUARANTINED", message, order_id=order_id)
            return order

    async def _release(self, user_id: str, order_id: str, release_id: str) -> Order:
        pending = await self.pending.find(user_id, order_id)
        if pending is None:
            await self._order(user_id, order_id)
            message = "the order is final and needs no release; read the order to see its status"
            raise FailedPrecondition("ORDER_NOT_QUARANTINED", message, order_id=order_id)
        if not pending.is_quarantined or not await self.pending.release(pending, release_id, self.now()):
            message = "the order is not in quarantine; recovery fills it without a release"
            raise FailedPrecondition("ORDER_NOT_QUARANTINED", message, order_id=order_id)
        released = await self.pending.find(user_id, order_id)
        return await self.recovery.recover(released) if released else pending.order

    async def _order(self, user_id: str, order_id: str) -> Order:
        order = await self.orders.get(user_id, order_id)
        if order is None:
            raise NotFound("ORDER_NOT_FOUND", "no order has this id; list the quarantined orders to find it")
        return order
