"""The gRPC methods of the catalogue and of the market."""

from __future__ import annotations

from dataclasses import dataclass

from cnop.inventory.v1 import inventory_service_pb2

from services.inventory.catalogue.servicers import Context, InventoryServicer
from services.inventory.market.history.servicers import CandleServicer


@dataclass(frozen=True)
class MarketServicer(InventoryServicer):
    """cnop.inventory.v1.InventoryService in full."""

    candles: CandleServicer

    async def ListCandles(
        self, request: inventory_service_pb2.ListCandlesRequest, context: Context
    ) -> inventory_service_pb2.ListCandlesResponse:
        return await self.candles.list(request)
