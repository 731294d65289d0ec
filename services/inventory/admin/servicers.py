"""The gRPC methods of the catalogue for admins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import grpc
from cnop.inventory.v1 import asset_admin_service_pb2, asset_admin_service_pb2_grpc, asset_pb2

from services.common import money
from services.common.rpc import call
from services.inventory.admin.domain import ChangeRequest, NewAsset
from services.inventory.admin.usecases import AssetAdmin
from services.inventory.catalogue.servicers import asset_message

Context = grpc.aio.ServicerContext[Any, Any]


class _Request(Protocol):
    asset_id: str
    request_id: str


@dataclass(frozen=True)
class AssetAdminServicer(asset_admin_service_pb2_grpc.AssetAdminServiceServicer):
    """cnop.inventory.v1.AssetAdminService."""

    admin: AssetAdmin

    async def CreateAsset(
        self, request: asset_admin_service_pb2.CreateAssetRequest, context: Context
    ) -> asset_pb2.Asset:
        new = NewAsset(
            name=request.name,
            description=request.description,
            category=request.category,
            price=money.parse(request.price_usd),
            market_cap_rank=request.market_cap_rank,
            circulating_supply=money.parse(request.circulating_supply),
            max_supply=money.parse_optional(request.max_supply),
            image=request.image,
        )
        return asset_message(await self.admin.create(_change_request(request), new))

    async def UpdateAsset(
        self, request: asset_admin_service_pb2.UpdateAssetRequest, context: Context
    ) -> asset_pb2.Asset:
        # ListFields has the fields that the request holds, also empty ones: they are declared optional.
        present = {field.name: value for field, value in request.ListFields() if field.name not in _NOT_SET}
        values = {name: _PARSE.get(name, _same)(value) for name, value in present.items()}
        return asset_message(await self.admin.update(_change_request(request), values))

    async def SetAssetActive(
        self, request: asset_admin_service_pb2.SetAssetActiveRequest, context: Context
    ) -> asset_pb2.Asset:
        return asset_message(await self.admin.set_active(_change_request(request), is_active=request.is_active))

    async def SetPrice(self, request: asset_admin_service_pb2.SetPriceRequest, context: Context) -> asset_pb2.Asset:
        return asset_message(await self.admin.set_price(_change_request(request), money.parse(request.price_usd)))

    async def Restock(self, request: asset_admin_service_pb2.RestockRequest, context: Context) -> asset_pb2.Asset:
        return asset_message(await self.admin.restock(_change_request(request), money.parse(request.quantity)))


def _change_request(request: _Request) -> ChangeRequest:
    return ChangeRequest(call.principal().user_id, request.request_id, request.asset_id)


def _same(value: Any) -> Any:
    return value


_NOT_SET = {"asset_id", "request_id"}
_PARSE: dict[str, Callable[[Any], Any]] = {"circulating_supply": money.parse, "max_supply": money.parse_optional}
