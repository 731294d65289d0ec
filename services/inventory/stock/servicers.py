"""The gRPC methods of stock, which the order and user services call."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import grpc
from cnop.inventory.v1 import stock_service_pb2, stock_service_pb2_grpc

from services.common import money
from services.common.money import ZERO
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.listings import Market
from services.inventory.catalogue.messages import source_value
from services.inventory.catalogue.priced import PricedCatalogue
from services.inventory.stock.usecases import Stock
from services.prices.frame import AssetPrice, frame_message
from services.prices.ports import FrameTable

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class StockServicer(stock_service_pb2_grpc.StockServiceServicer):
    """cnop.inventory.v1.StockService."""

    priced: PricedCatalogue
    stock: Stock
    frames: FrameTable

    async def BatchGetQuotes(
        self, request: stock_service_pb2.BatchGetQuotesRequest, context: Context
    ) -> stock_service_pb2.BatchGetQuotesResponse:
        catalogue = self.priced.catalogue
        snapshot = await catalogue.reach(max(self.priced.version, request.catalogue_version_min))
        version, market = snapshot.state.version, self.priced.market
        assets = await catalogue.find(request.asset_ids, confirm_inactive=request.confirm_inactive)
        quotes = [_quote(asset, self.priced.price(asset), market, version) for asset in assets]
        return stock_service_pb2.BatchGetQuotesResponse(quotes=quotes)

    async def GetPriceFrame(
        self, request: stock_service_pb2.GetPriceFrameRequest, context: Context
    ) -> stock_service_pb2.GetPriceFrameResponse:
        frame, seq_min = await self.frames.latest()
        return stock_service_pb2.GetPriceFrameResponse(frame=frame_message(frame) if frame else None, seq_min=seq_min)

    async def TakeStock(
        self, request: stock_service_pb2.TakeStockRequest, context: Context
    ) -> stock_service_pb2.TakeStockResponse:
        quantity, amount, fee = money.parse(request.quantity), _dollars(request.amount), _dollars(request.fee)
        await self.stock.take(request.order_id, request.asset_id, quantity, amount, fee)
        return stock_service_pb2.TakeStockResponse()

    async def ReturnStock(
        self, request: stock_service_pb2.ReturnStockRequest, context: Context
    ) -> stock_service_pb2.ReturnStockResponse:
        quantity = money.parse(request.quantity)
        if request.reason == stock_service_pb2.ReturnStockRequest.UNDO_TAKE:
            await self.stock.undo_take(request.order_id, request.asset_id, quantity)
        else:
            amount, fee = _dollars(request.amount), _dollars(request.fee)
            await self.stock.add_sold(request.order_id, request.asset_id, quantity, amount, fee)
        return stock_service_pb2.ReturnStockResponse()


def _dollars(text: str) -> Decimal:
    return money.parse_optional(text) or ZERO


def _quote(asset: Asset, price: AssetPrice, market: Market, version: int) -> stock_service_pb2.Quote:
    return stock_service_pb2.Quote(
        asset_id=asset.asset_id,
        name=asset.name,
        price_usd=money.price(price.middle),
        is_active=asset.is_active,
        quantity_increment=money.quantity(asset.quantity_increment),
        price_increment=money.quantity(asset.price_increment),
        order_value_min=money.dollars(asset.order_value_min),
        order_value_max=money.dollars(asset.order_value_max),
        catalogue_version=version,
        price_source=source_value(market.source),
        is_price_stale=market.is_stale,
    )
