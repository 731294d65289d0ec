"""The methods of the inventory service: parse, one call, build the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

import grpc
from cnop.inventory.v1 import (
    asset_pb2,
    inventory_service_pb2,
    inventory_service_pb2_grpc,
    stock_service_pb2,
    stock_service_pb2_grpc,
)

from services.common import money
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import timestamp
from services.inventory.catalogue import Catalogue, Snapshot
from services.inventory.domain import Asset, Sort, SortKey
from services.inventory.stock import Stock
from services.inventory.store import InventoryStore

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

    catalogue: Catalogue
    store: InventoryStore
    pages: PageTokens

    async def ListAssets(
        self, asked: inventory_service_pb2.ListAssetsRequest, context: Context
    ) -> inventory_service_pb2.ListAssetsResponse:
        snapshot = self.catalogue.snapshot
        answer = snapshot.answer(asked.SerializeToString(deterministic=True), lambda: self._list(snapshot, asked))
        return cast(inventory_service_pb2.ListAssetsResponse, answer)

    def _list(
        self, snapshot: Snapshot, asked: inventory_service_pb2.ListAssetsRequest
    ) -> inventory_service_pb2.ListAssetsResponse:
        sort = _SORTS[asked.sort]
        query = "assets", asked.search.casefold(), asked.category, sort.value
        cursor = self.pages.open(asked.page_token, *query)
        selection = snapshot.select(asked.search, asked.category, sort)
        assets, rest = selection.after(_place(cursor, sort), page_size(asked.page_size))
        return inventory_service_pb2.ListAssetsResponse(
            assets=[asset_message(asset) for asset in assets],
            next_page_token=self.pages.seal({"key": str(rest[0]), "asset": rest[1]} if rest else None, *query),
            total_size=len(selection.assets),
        )

    async def GetAsset(self, asked: inventory_service_pb2.GetAssetRequest, context: Context) -> asset_pb2.Asset:
        asset = self.catalogue.get(asked.asset_id)
        return asset_message(replace(asset, available=await self.store.available(asset.asset_id)))

    async def ListPrices(
        self, asked: inventory_service_pb2.ListPricesRequest, context: Context
    ) -> inventory_service_pb2.ListPricesResponse:
        asset = self.catalogue.get(asked.asset_id)
        cursor = self.pages.open(asked.page_token, "prices", asset.asset_id)
        before = cursor["before"] if cursor else None
        prices, rest = await self.store.prices(asset.asset_id, before, page_size(asked.page_size))
        return inventory_service_pb2.ListPricesResponse(
            prices=[asset_pb2.Price(price_usd=money.price(price), effective_at=timestamp(at)) for at, price in prices],
            next_page_token=self.pages.seal({"before": rest} if rest else None, "prices", asset.asset_id),
        )


@dataclass(frozen=True)
class StockServicer(stock_service_pb2_grpc.StockServiceServicer):
    """cnop.inventory.v1.StockService."""

    catalogue: Catalogue
    stock: Stock

    async def BatchGetQuotes(
        self, asked: stock_service_pb2.BatchGetQuotesRequest, context: Context
    ) -> stock_service_pb2.BatchGetQuotesResponse:
        assets = self.catalogue.snapshot.assets
        return stock_service_pb2.BatchGetQuotesResponse(
            quotes=[_quote(assets[asset_id]) for asset_id in asked.asset_ids if asset_id in assets]
        )

    async def TakeStock(
        self, asked: stock_service_pb2.TakeStockRequest, context: Context
    ) -> stock_service_pb2.TakeStockResponse:
        await self.stock.take(asked.order_id, asked.asset_id, money.parse(asked.quantity))
        return stock_service_pb2.TakeStockResponse()

    async def ReturnStock(
        self, asked: stock_service_pb2.ReturnStockRequest, context: Context
    ) -> stock_service_pb2.ReturnStockResponse:
        is_undo = asked.reason == stock_service_pb2.ReturnStockRequest.UNDO_TAKE
        put_back: Callable[[str, str, Decimal], Awaitable[None]] = (
            self.stock.undo_take if is_undo else self.stock.add_sold
        )
        await put_back(asked.order_id, asked.asset_id, money.parse(asked.quantity))
        return stock_service_pb2.ReturnStockResponse()


def _place(cursor: dict[str, str] | None, sort: Sort) -> SortKey | None:
    if cursor is None:
        return None
    key = cursor["key"]
    return (key if sort is Sort.NAME else Decimal(key)), cursor["asset"]


def asset_message(asset: Asset) -> asset_pb2.Asset:
    """An asset on the wire."""
    return asset_pb2.Asset(
        asset_id=asset.asset_id,
        name=asset.name,
        description=asset.description,
        category=asset.category,
        price_usd=money.price(asset.price),
        price_change_percentage_24h=f"{asset.price_change_24h:.2f}",
        market_cap=money.dollars(asset.market_cap),
        market_cap_rank=asset.market_cap_rank,
        circulating_supply=money.quantity(asset.circulating_supply),
        max_supply=money.quantity(asset.max_supply) if asset.max_supply is not None else "",
        available_quantity=money.quantity(asset.available),
        is_active=asset.is_active,
        image=asset.image,
        updated_at=timestamp(asset.updated_at),
    )


def _quote(asset: Asset) -> stock_service_pb2.Quote:
    return stock_service_pb2.Quote(
        asset_id=asset.asset_id, name=asset.name, price_usd=money.price(asset.price), is_active=asset.is_active
    )
