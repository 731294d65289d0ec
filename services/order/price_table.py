"""The frame of prices in the inventory table, from the inventory service: for while Redis is away."""

from __future__ import annotations

import grpc
from cnop.inventory.v1 import stock_service_pb2, stock_service_pb2_grpc

from services.common.rpc import call
from services.common.rpc.errors import Unavailable
from services.prices.frame import frame_of
from services.prices.ports import TableFrame

_TIMEOUT_SECONDS = 2.0


class PriceTable:
    """Reads the frame."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stock = stock_service_pb2_grpc.StockServiceStub(channel)

    async def latest(self) -> TableFrame:
        """Reads the frame consistently. Raises Unavailable."""
        request = stock_service_pb2.GetPriceFrameRequest()
        try:
            found = await self._stock.GetPriceFrame(request, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())
        except grpc.aio.AioRpcError as error:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", f"the inventory service: {error.code().name}") from error
        return TableFrame(frame_of(found.frame) if found.HasField("frame") else None, found.seq_min)
