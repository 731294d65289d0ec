"""WatchPrices."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from cnop.inventory.v1 import inventory_service_pb2

from services.price_streams.board import Board
from services.streams import stream


async def watch_prices(board: Board, request: inventory_service_pb2.WatchPricesRequest) -> AsyncGenerator[bytes, None]:
    """Yields the messages of a stream of prices."""
    one = stream.current()
    with board.view(request.asset_ids, request.min_interval_ms, request.resume_seq, one.wake) as view:
        async for _ in one.turns():
            if (message := view.take()) is not None:
                yield message
            elif one.is_quiet:
                yield view.heartbeat()
