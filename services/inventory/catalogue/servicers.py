"""The gRPC methods of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import grpc
from cnop.inventory.v1 import asset_pb2, inventory_service_pb2, inventory_service_pb2_grpc

from services.common import money, texts
from services.common.rpc.pages import Cursor, PageTokens, page_size
from services.common.times import timestamp
from services.inventory.catalogue.domain import Asset, AssetFilter, Sort, SortKey
from services.inventory.catalogue.snapshot import Snapshot
from services.inventory.catalogue.usecases import Catalogue

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
    pages: PageTokens

    async def ListAssets(
        self, request: inventory_service_pb2.ListAssetsRequest, context: Context
    ) -> inventory_service_pb2.ListAssetsResponse:
        snapshot = self.catalogue.snapshot
        key = request.SerializeToString(deterministic=True)
        return snapshot.response(key, lambda: self._list(snapshot, request))

    def _list(
        self, snapshot: Snapshot, request: inventory_service_pb2.ListAssetsRequest
    ) -> inventory_service_pb2.ListAssetsResponse:
        sort = _SORTS[request.sort]
        wanted = AssetFilter(request.search, request.category, request.show_inactive)
        query = ["assets", texts.folded(wanted.search), wanted.category, sort.value]
        query += ["inactive"] if wanted.show_inactive else []
        cursor = self.pages.open(request.page_token, *query)
        selection = snapshot.select(wanted, sort)
        assets, next_key = selection.page(_sort_key(cursor, sort), page_size(request.page_size))
        next_cursor = {"key": str(next_key[0]), "asset": next_key[1]} if next_key else None
        return inventory_service_pb2.ListAssetsResponse(
            assets=[asset_message(asset) for asset in assets],
            next_page_token=self.pages.seal(next_cursor, *query),
            total_size=len(selection.assets),
        )

    async def GetAsset(self, request: inventory_service_pb2.GetAssetRequest, context: Context) -> asset_pb2.Asset:
        return asset_message(await self.catalogue.get_with_stock(request.asset_id))

    async def ListPrices(
        self, request: inventory_service_pb2.ListPricesRequest, context: Context
    ) -> inventory_service_pb2.ListPricesResponse:
        query = "prices", request.asset_id
        page = self.pages.open(request.page_token, *query)
        cursor = page["cursor"] if page else None
        prices, next_cursor = await self.catalogue.prices(request.asset_id, cursor, page_size(request.page_size))
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


def asset_message(asset: Asset) -> asset_pb2.Asset:
    """Converts an asset for the wire."""
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
