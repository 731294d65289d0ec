"""The gRPC methods of stock, which the order and user services call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.inventory.v1 import stock_service_pb2, stock_service_pb2_grpc

from services.common import money
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.stock.usecases import Stock
from services.prices.frame import frame_message
from services.prices.ports import FrameTable

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class StockServicer(stock_service_pb2_grpc.StockServiceServicer):
    """cnop.inventory.v1.StockService."""

    catalogue: Catalogue
    stock: Stock
    frames: FrameTable

    async def BatchGetQuotes(
        self, request: stock_service_pb2.BatchGetQuotesRequest, context: Context
    ) -> stock_service_pb2.BatchGetQuotesResponse:
        assets = await self.catalogue.find(request.asset_ids, confirm_inactive=request.confirm_inactive)
        return stock_service_pb2.BatchGetQuotesResponse(quotes=[_quote(asset) for asset in assets])

    async def GetPriceFrame(
        self, request: stock_service_pb2.GetPriceFrameRequest, context: Context
    ) -> stock_service_pb2.GetPriceFrameResponse:
        frame, seq_min = await self.frames.latest()
        return stock_service_pb2.GetPriceFrameResponse(frame=frame_message(frame) if frame else None, seq_min=seq_min)

    async def TakeStock(
        self, request: stock_service_pb2.TakeStockRequest, context: Context
    ) -> stock_service_pb2.TakeStockResponse:
        await self.stock.take(request.order_id, request.asset_id, money.parse(request.quantity))
        return stock_service_pb2.TakeStockResponse()

    async def ReturnStock(
        self, request: stock_service_pb2.ReturnStockRequest, context: Context
    ) -> stock_service_pb2.ReturnStockResponse:
        quantity = money.parse(request.quantity)
        if request.reason == stock_service_pb2.ReturnStockRequest.UNDO_TAKE:
            await self.stock.undo_take(request.order_id, request.asset_id, quantity)
        else:
            await self.stock.add_sold(request.order_id, request.asset_id, quantity)
        return stock_service_pb2.ReturnStockResponse()


def _quote(asset: Asset) -> stock_service_pb2.Quote:
    return stock_service_pb2.Quote(
        asset_id=asset.asset_id, name=asset.name, price_usd=money.price(asset.price), is_active=asset.is_active
    )
