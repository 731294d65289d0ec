"""The methods of the catalogue for admins: parse, one call, build the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import grpc
from cnop.inventory.v1 import asset_admin_service_pb2, asset_admin_service_pb2_grpc, asset_pb2

from services.common import money
from services.common.money import ZERO
from services.common.rpc import call
from services.inventory.admin import AssetAdmin, Request
from services.inventory.domain import Asset
from services.inventory.servicers import asset_message

Context = grpc.aio.ServicerContext[Any, Any]


class _Asked(Protocol):
    asset_id: str
    request_id: str


@dataclass(frozen=True)
class AssetAdminServicer(asset_admin_service_pb2_grpc.AssetAdminServiceServicer):
    """cnop.inventory.v1.AssetAdminService."""

    admin: AssetAdmin

    async def CreateAsset(self, asked: asset_admin_service_pb2.CreateAssetRequest, context: Context) -> asset_pb2.Asset:
        asset = Asset(
            asset_id=asked.asset_id,
            name=asked.name,
            description=asked.description,
            category=asked.category,
            price=money.parse(asked.price_usd),
            price_change_24h=ZERO,
            market_cap_rank=asked.market_cap_rank,
            circulating_supply=money.parse(asked.circulating_supply),
            max_supply=_optional(asked.max_supply),
            is_active=False,
            image=asked.image,
            updated_at=self.admin.now(),
            available=ZERO,
        )
        return asset_message(await self.admin.create(_request(asked), asset))

    async def UpdateAsset(self, asked: asset_admin_service_pb2.UpdateAssetRequest, context: Context) -> asset_pb2.Asset:
        present = {field.name: value for field, value in asked.ListFields()}  # with presence: also empty ones
        fields = {name: _PARSE.get(name, _same)(value) for name, value in present.items() if name not in _NAMES}
        return asset_message(await self.admin.update(_request(asked), fields))

    async def SetAssetActive(
        self, asked: asset_admin_service_pb2.SetAssetActiveRequest, context: Context
    ) -> asset_pb2.Asset:
        return asset_message(await self.admin.set_active(_request(asked), is_active=asked.is_active))

    async def SetPrice(self, asked: asset_admin_service_pb2.SetPriceRequest, context: Context) -> asset_pb2.Asset:
        return asset_message(await self.admin.set_price(_request(asked), money.parse(asked.price_usd)))

    async def Restock(self, asked: asset_admin_service_pb2.RestockRequest, context: Context) -> asset_pb2.Asset:
        return asset_message(await self.admin.restock(_request(asked), money.parse(asked.quantity)))


_NAMES = ("asset_id", "request_id")


def _request(asked: _Asked) -> Request:
    return Request(call.principal().user_id, asked.request_id, asked.asset_id)


def _optional(text: str) -> Decimal | None:
    return money.parse(text) if text else None


def _same(value: Any) -> Any:
    return value


_PARSE: dict[str, Callable[[Any], Any]] = {"circulating_supply": money.parse, "max_supply": _optional}
