"""The gRPC methods of the catalogue."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import grpc
from cnop.inventory.v1 import asset_pb2, inventory_service_pb2, inventory_service_pb2_grpc

from services.common import money, texts
from services.common.rpc.pages import Cursor, PageTokens, page_size
from services.common.times import timestamp
from services.inventory.catalogue.listings import AssetFilter, Sort, SortKey
from services.inventory.catalogue.messages import asset_message, market_message
from services.inventory.catalogue.priced import PricedCatalogue
from services.inventory.catalogue.view import View
from services.price_streams.board import Board
from services.price_streams.servicer import watch_prices

Context = grpc.aio.ServicerContext[Any, Any]

_Sort = inventory_service_pb2.ListAssetsRequest.Sort
_SORTS = {
    _Sort.SORT_UNSPECIFIED: Sort.RANK,
    _Sort.RANK: Sort.RANK,
    _Sort.NAME: Sort.NAME,
    _Sort.PRICE: Sort.PRICE,
    _Sort.CHANGE: Sort.CHANGE,
}


@dataclass(frozen=True)
class InventoryServicer(inventory_service_pb2_grpc.InventoryServiceServicer):
    """cnop.inventory.v1.InventoryService."""

    priced: PricedCatalogue
    pages: PageTokens
    board: Board

    async def ListAssets(
        self, request: inventory_service_pb2.ListAssetsRequest, context: Context
    ) -> inventory_service_pb2.ListAssetsResponse:
        view = self.priced.view
        key = request.SerializeToString(deterministic=True)
        return view.response(key, lambda: self._list(view, request))

    def _list(
        self, view: View, request: inventory_service_pb2.ListAssetsRequest
    ) -> inventory_service_pb2.ListAssetsResponse:
        sort = _SORTS[request.sort]
        wanted = AssetFilter(request.search, request.category, request.show_inactive)
        query = ["assets", texts.folded(wanted.search), wanted.category, sort.value]
        query += ["inactive"] if wanted.show_inactive else []
        cursor = self.pages.open(request.page_token, *query)
        selection = view.select(wanted, sort)
        listings, next_key = selection.page(_sort_key(cursor, sort), page_size(request.page_size))
        next_cursor = {"key": str(next_key[0]), "asset": next_key[1]} if next_key else None
        return inventory_service_pb2.ListAssetsResponse(
            assets=[asset_message(listing, view.market) for listing in listings],
            next_page_token=self.pages.seal(next_cursor, *query),
            total_size=len(selection.listings),
        )

    async def GetAsset(self, request: inventory_service_pb2.GetAssetRequest, context: Context) -> asset_pb2.Asset:
        return asset_message(*await self.priced.get(request.asset_id))

    async def GetMarket(self, request: inventory_service_pb2.GetMarketRequest, context: Context) -> asset_pb2.Market:
        return market_message(self.priced.market)

    def WatchPrices(self, request: inventory_service_pb2.WatchPricesRequest, context: Context) -> AsyncIterator[Any]:
        return watch_prices(self.board, request)

    async def ListPrices(
        self, request: inventory_service_pb2.ListPricesRequest, context: Context
    ) -> inventory_service_pb2.ListPricesResponse:
        query = "prices", request.asset_id
        page = self.pages.open(request.page_token, *query)
        cursor = page["cursor"] if page else None
        prices, next_cursor = await self.priced.catalogue.prices(request.asset_id, cursor, page_size(request.page_size))
        return inventory_service_pb2.ListPricesResponse(
            prices=[
                asset_pb2.Price(price_usd=money.price(price), effective_at=timestamp(effective_at))
                for effective_at, price in prices
            ],
            next_page_token=self.pages.seal({"cursor": next_cursor} if next_cursor else None, *query),
        )


def _sort_key(cursor: Cursor | None, sort: Sort) -> SortKey | None:
    if cursor is None:
        return None
    key = cursor["key"]
    return (key if sort is Sort.NAME else Decimal(key)), cursor["asset"]
