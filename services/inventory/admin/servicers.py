"""The gRPC methods of the catalogue for admins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import grpc
from cnop.inventory.v1 import asset_admin_service_pb2, asset_admin_service_pb2_grpc, asset_pb2

from services.common import money
from services.common.rpc import call
from services.inventory.admin.domain import ChangeRequest, NewAsset, Rules
from services.inventory.admin.house import House, Position, house_of
from services.inventory.admin.ports import StockLevels
from services.inventory.admin.usecases import AssetAdmin
from services.inventory.catalogue.domain import Asset
from services.inventory.catalogue.messages import asset_message, market_message, source_value
from services.inventory.catalogue.priced import PricedCatalogue
from services.prices.frame import Status

Context = grpc.aio.ServicerContext[Any, Any]


class _Request(Protocol):
    asset_id: str
    request_id: str


@dataclass(frozen=True)
class AssetAdminServicer(asset_admin_service_pb2_grpc.AssetAdminServiceServicer):
    """cnop.inventory.v1.AssetAdminService."""

    admin: AssetAdmin
    priced: PricedCatalogue
    stock: StockLevels

    async def CreateAsset(
        self, request: asset_admin_service_pb2.CreateAssetRequest, context: Context
    ) -> asset_pb2.Asset:
        new = NewAsset(
            name=request.name,
            description=request.description,
            category=request.category,
            price=money.parse(request.price_usd),
            circulating_supply=money.parse(request.circulating_supply),
            max_supply=money.parse_optional(request.max_supply),
            image=request.image,
            rules=Rules(**{name: money.parse_optional(getattr(request, name)) for name in _RULES}),
        )
        return await self._message(await self.admin.create(_change_request(request, request.market_cap_rank), new))

    async def UpdateAsset(
        self, request: asset_admin_service_pb2.UpdateAssetRequest, context: Context
    ) -> asset_pb2.Asset:
        # ListFields has the fields that the request holds, also empty ones: they are declared optional.
        present = {field.name: value for field, value in request.ListFields() if field.name not in _NOT_SET}
        values = {name: _PARSE.get(name, _same)(value) for name, value in present.items()}
        return await self._message(await self.admin.update(_change_request(request, request.market_cap_rank), values))

    async def SetAssetActive(
        self, request: asset_admin_service_pb2.SetAssetActiveRequest, context: Context
    ) -> asset_pb2.Asset:
        return await self._message(await self.admin.set_active(_change_request(request), is_active=request.is_active))

    async def SetPrice(self, request: asset_admin_service_pb2.SetPriceRequest, context: Context) -> asset_pb2.Asset:
        price = money.parse(request.price_usd)
        return await self._message(await self.admin.set_price(_change_request(request), price))

    async def SetTradingStatus(
        self, request: asset_admin_service_pb2.SetTradingStatusRequest, context: Context
    ) -> asset_pb2.Asset:
        status = Status(asset_pb2.TradingStatus.Name(request.trading_status))
        return await self._message(await self.admin.set_status(_change_request(request), status))

    async def SetMarketHalted(
        self, request: asset_admin_service_pb2.SetMarketHaltedRequest, context: Context
    ) -> asset_pb2.Market:
        change = ChangeRequest(call.principal().user_id, request.request_id, asset_id="")
        await self.admin.set_halted(change, is_halted=request.is_halted)
        return market_message(self.priced.market)

    async def GetHouse(
        self, request: asset_admin_service_pb2.GetHouseRequest, context: Context
    ) -> asset_admin_service_pb2.House:
        view = self.priced.view
        levels = await self.stock.levels(list(view.listings))
        return _house_message(house_of(view.listings.values(), levels, view.market))

    async def Restock(self, request: asset_admin_service_pb2.RestockRequest, context: Context) -> asset_pb2.Asset:
        quantity = money.parse(request.quantity)
        return await self._message(await self.admin.restock(_change_request(request), quantity))

    async def _message(self, asset: Asset) -> asset_pb2.Asset:
        return asset_message(*await self.priced.priced(asset))


def _change_request(request: _Request, market_cap_rank: int = 0) -> ChangeRequest:
    # Ranks were stored once: a request of that time has the same fingerprint if it is replayed now.
    ignored = {"market_cap_rank": str(market_cap_rank)} if market_cap_rank else {}
    return ChangeRequest(call.principal().user_id, request.request_id, request.asset_id, ignored)


def _house_message(house: House) -> asset_admin_service_pb2.House:
    return asset_admin_service_pb2.House(
        positions=[_position_message(position) for position in house.positions],
        exposure=money.dollars(house.exposure),
        turnover=money.dollars(house.turnover),
        fee_income=money.dollars(house.fees),
        price_seq=house.market.seq,
        price_source=source_value(house.market.source),
    )


def _position_message(position: Position) -> asset_admin_service_pb2.House.Position:
    return asset_admin_service_pb2.House.Position(
        asset_id=position.asset_id,
        quantity=money.quantity(position.stock.available),
        price_usd=money.price(position.price),
        value=money.dollars(position.value),
        turnover=money.dollars(position.stock.turnover),
        fee_income=money.dollars(position.stock.fees),
    )


def _same(value: Any) -> Any:
    return value


_RULES = ("quantity_increment", "price_increment", "order_value_min", "order_value_max")
_NOT_SET = {"asset_id", "request_id", "market_cap_rank"}
_PARSE: dict[str, Callable[[Any], Any]] = {
    "circulating_supply": money.parse,
    "max_supply": money.parse_optional,
    **dict.fromkeys(_RULES, money.parse),
}
