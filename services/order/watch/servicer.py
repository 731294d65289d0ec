"""WatchOrders and Watch."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from cnop.order.v1 import order_service_pb2 as pb
from google.protobuf.message import Message

from services.common.rpc import call
from services.order.watch import channel
from services.order.watch.watched import WatchedOrders
from services.price_streams.board import Board
from services.streams import stream

_PRICES = pb.WatchResponse.DESCRIPTOR.fields_by_name["prices"].number
_LENGTH_DELIMITED = 2


@dataclass(frozen=True)
class OrderStreams:
    """The streams of the calling user."""

    orders: WatchedOrders
    prices: Board

    async def watch_orders(self) -> AsyncGenerator[Message, None]:
        """Yields the messages of a stream of orders."""
        one = stream.current()
        async with self.orders.view(call.principal().user_id, one.wake) as view:
            async for _ in one.turns():
                if (message := view.take()) is not None:
                    yield message
                elif one.is_quiet:
                    yield channel.heartbeat()

    async def watch(self, request: pb.WatchRequest) -> AsyncGenerator[Message | bytes, None]:
        """Yields the messages of a stream of prices and orders."""
        one = stream.current()
        assets, interval_ms = request.asset_ids, request.min_interval_ms
        async with self.orders.view(call.principal().user_id, one.wake) as orders:
            with self.prices.view(assets, interval_ms, request.resume_seq, one.wake) as prices:
                async for _ in one.turns():
                    order_news, price_news = orders.take(), prices.take()
                    if order_news is not None:
                        yield pb.WatchResponse(orders=order_news)
                    if price_news is not None:
                        yield about_prices(price_news)
                    elif order_news is None and one.is_quiet:
                        yield pb.WatchResponse(orders=channel.heartbeat())


def about_prices(message: bytes) -> bytes:
    """Returns the bytes of a WatchResponse with a message about prices, which streams share: it is not parsed."""
    return bytes([_PRICES << 3 | _LENGTH_DELIMITED]) + _varint(len(message)) + message


def _varint(number: int) -> bytes:
    """Returns a number as protobuf writes it: seven bits a byte, the lowest first."""
    digits = []
    while number > 0x7F:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])


def end(reason: str) -> pb.WatchResponse:
    """Returns the last message of a stream of prices and orders."""
    return pb.WatchResponse(orders=channel.end(reason))
