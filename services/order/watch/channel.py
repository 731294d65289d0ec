"""The orders of one watched user, as the streams of that user show them."""

from __future__ import annotations

from collections.abc import Callable

from cnop.order.v1 import order_pb2, order_service_pb2

from services.order.watch.announcements import Change

Kind = order_service_pb2.WatchOrdersResponse.Kind

_ORDERS_MAX = 1000  # those not changed for the longest are forgotten


class Channel:
    """The latest states, in the order in which they became known. A state is shown once, and never an earlier one."""

    def __init__(self) -> None:
        self.views: dict[OrderView, None] = {}
        self.position = 0
        self.read_at = float("-inf")  # when the orders were last read
        self._changes: dict[str, tuple[int, Change]] = {}  # with their positions, which rise

    def note(self, change: Change) -> None:
        """Notes a state of an order. Wakes the streams if it is new."""
        order_id = change.order.order_id
        _, known = self._changes.get(order_id, (0, None))
        if known is not None and known.version >= change.version:
            return
        self.position += 1
        self._changes.pop(order_id, None)
        self._changes[order_id] = self.position, change
        if len(self._changes) > _ORDERS_MAX:
            del self._changes[next(iter(self._changes))]
        for view in self.views:
            view.wake()

    def open_orders(self) -> list[str]:
        """Returns the ids of the orders that are not final."""
        return [order_id for order_id, (_, change) in self._changes.items() if _is_open(change)]

    def since(self, position: int) -> list[order_pb2.Order]:
        """Returns the orders that have changed after a position."""
        found = []
        for at, change in reversed(self._changes.values()):
            if at <= position:
                break
            found.append(change.order)
        return found[::-1]

    def snapshot(self) -> list[order_pb2.Order]:
        """Returns the orders that are not final."""
        return [change.order for _, change in self._changes.values() if _is_open(change)]


class OrderView:
    """What one stream shows. It holds no messages, only how far it is."""

    def __init__(self, channel: Channel, wake: Callable[[], None]) -> None:
        self.wake = wake
        self._channel = channel
        self._position: int | None = None

    def take(self) -> order_service_pb2.WatchOrdersResponse | None:
        """Returns the next message, None if there is none."""
        before, self._position = self._position, self._channel.position
        if before is None:
            return order_service_pb2.WatchOrdersResponse(kind=Kind.SNAPSHOT, orders=self._channel.snapshot())
        if before == self._position:
            return None
        return order_service_pb2.WatchOrdersResponse(kind=Kind.CHANGE, orders=self._channel.since(before))


def heartbeat() -> order_service_pb2.WatchOrdersResponse:
    """Returns the message that says that nothing is new."""
    return order_service_pb2.WatchOrdersResponse(kind=Kind.HEARTBEAT)


def end(reason: str) -> order_service_pb2.WatchOrdersResponse:
    """Returns the last message of a stream."""
    return order_service_pb2.WatchOrdersResponse(kind=Kind.END, end_reason=reason)


def _is_open(change: Change) -> bool:
    return change.order.status == order_pb2.Order.PENDING
