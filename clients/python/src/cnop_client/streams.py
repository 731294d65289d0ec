"""Streams that go on: when one ends, it is opened again where it ended."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import grpc

from cnop_client.errors import ApiError
from cnop_client.methods import Method
from cnop_client.plans import Plan, Send
from cnop_client.session import Session

T = TypeVar("T")

_PAUSES_SECONDS = (0.1, 0.5, 2.0, 5.0)
_TEMPORARY = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.CANCELLED}


class Stream(Generic[T]):
    """A stream of messages. It ends only with an error: that of a call, or because the session has ended."""

    def __init__(self, session: Session, method: Method[Any, Any], request: Any) -> None:
        self._session = session
        self._method = method
        self._request = request
        self._failures = 0

    def next_call(self) -> Plan[Send]:
        """The plan of opening the stream, for the first time or again."""
        call = yield from self._session.open(self._method, self._request)
        return call

    def take(self, message: Any) -> bool:
        """Takes note of a message. Returns whether it is one for the caller: the last message is not."""
        self._failures = 0
        prices, orders = _parts(message)
        if prices is not None and prices.seq:
            self._request.resume_seq = prices.seq
        reason = "".join(part.end_reason for part in (prices, orders) if part is not None)
        if reason == "SESSION_REVOKED":
            raise ApiError(grpc.StatusCode.UNAUTHENTICATED, "TOKEN_REVOKED", "the session has ended; sign in again")
        return not reason

    def pause_seconds(self, error: ApiError | None = None) -> float:
        """Returns how long to wait before the stream is opened again. Raises an error that is no reason to."""
        if error is None:
            return 0.0
        if error.code not in _TEMPORARY:
            raise error
        pause = _PAUSES_SECONDS[min(self._failures, len(_PAUSES_SECONDS) - 1)]
        self._failures += 1
        return max(pause, error.retry_after_seconds or 0.0)


def _parts(message: Any) -> tuple[Any, Any]:
    """Returns the message about prices and that about orders, either of which may be missing."""
    match message.DESCRIPTOR.name:
        case "WatchPricesResponse":
            return message, None
        case "WatchOrdersResponse":
            return None, message
        case _:
            which = message.WhichOneof("message")
            return (message.prices if which == "prices" else None, message.orders if which == "orders" else None)
