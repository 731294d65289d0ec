"""Clients of the inventory and the user service."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import grpc
from cachetools import TTLCache
from cnop.inventory.v1 import inventory_service_pb2, inventory_service_pb2_grpc, stock_service_pb2
from cnop.inventory.v1 import stock_service_pb2_grpc as stock_grpc
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc, settlement_service_pb2
from cnop.user.v1 import settlement_service_pb2_grpc as settlement_grpc
from google.rpc import error_details_pb2, status_pb2

from services.common import money
from services.common.money import ZERO
from services.common.rpc import call
from services.common.rpc.errors import FailedPrecondition, NotFound
from services.common.rpc.status import DETAILS_KEY
from services.order.domain import Order
from services.order.ticket import Listing, Rules, Side

_TIMEOUT_SECONDS = 4.0
_USERS_MAX = 100_000
_CASH_SECONDS = 60.0
_Reason = stock_service_pb2.ReturnStockRequest.Reason
_SIDES = {
    Side.BUY: settlement_service_pb2.SettleTradeRequest.BUY,
    Side.SELL: settlement_service_pb2.SettleTradeRequest.SELL,
}


def _step_error(error: grpc.aio.AioRpcError) -> Exception:
    """Returns the refusal of a step, or the error itself if it is not final.

    Only FAILED_PRECONDITION is stored as the outcome of a step. NOT_FOUND is not.
    """
    if error.code() is grpc.StatusCode.FAILED_PRECONDITION:
        info = info_of(error)
        return FailedPrecondition(info.reason, error.details() or "", **info.metadata)
    return error


def info_of(error: grpc.aio.AioRpcError) -> error_details_pb2.ErrorInfo:
    """Returns the ErrorInfo of an error: its reason and its facts; an empty one if it has none."""
    info = error_details_pb2.ErrorInfo()
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS_KEY and isinstance(value, bytes):
            for detail in status_pb2.Status.FromString(value).details:
                if detail.Unpack(info):
                    return info
    return info


def _as_user() -> call.Metadata:
    """Returns the metadata of a call in the signed-in user's name. Raises as `call.principal` does."""
    return ("authorization", f"Bearer {call.principal().token}"), *call.as_service()


def _asset_not_found(asset_id: str) -> NotFound:
    text = f"asset {asset_id} does not exist; list the assets to find its id"  # as the inventory service says it
    return NotFound("ASSET_NOT_FOUND", text, asset_id=asset_id)


class InventoryClient:
    """The catalogue and stock, from the inventory service.

    Listings are cached for one version of the catalogue: that of the latest prices, which change with the catalogue.
    """

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._listings: dict[str, Listing] = {}
        self._catalogue_version = -1
        self._stock = stock_grpc.StockServiceStub(channel)
        self._assets = inventory_service_pb2_grpc.InventoryServiceStub(channel)

    async def listing(self, asset_id: str, catalogue_version: int) -> Listing:
        """Returns what the catalogue says about an asset. Raises NotFound ASSET_NOT_FOUND."""
        if catalogue_version != self._catalogue_version:
            self._listings, self._catalogue_version = {}, catalogue_version
        listings = self._listings
        if asset_id not in listings:
            quote = await self._fetch_quote(asset_id, catalogue_version)
            if quote.catalogue_version < catalogue_version:
                return _listing(quote)  # of a replica that could not reload; it may be outdated
            listings[asset_id] = _listing(quote)
        return listings[asset_id]

    async def _fetch_quote(self, asset_id: str, catalogue_version: int) -> stock_service_pb2.Quote:
        request = stock_service_pb2.BatchGetQuotesRequest(
            asset_ids=[asset_id], confirm_inactive=True, catalogue_version_min=catalogue_version
        )
        response = await self._stock.BatchGetQuotes(
            request, timeout=call.remaining_seconds(_TIMEOUT_SECONDS), metadata=call.as_service()
        )
        for quote in response.quotes:
            return quote
        raise _asset_not_found(asset_id)

    async def available(self, asset_id: str) -> Decimal:
        """Returns the stock of an asset that the house can sell. Raises NotFound ASSET_NOT_FOUND."""
        try:
            asset = await self._assets.GetAsset(
                inventory_service_pb2.GetAssetRequest(asset_id=asset_id),
                timeout=call.remaining_seconds(_TIMEOUT_SECONDS),
                metadata=call.as_service(),
            )
        except grpc.aio.AioRpcError as error:
            if error.code() == grpc.StatusCode.NOT_FOUND:
                raise _asset_not_found(asset_id) from error
            raise
        return money.parse(asset.available_quantity)

    async def take(self, order: Order) -> None:
        """Takes the stock of a buy. Raises FailedPrecondition if it is refused, which is final."""
        request = stock_service_pb2.TakeStockRequest(**_goods(order))
        try:
            await self._stock.TakeStock(request, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())
        except grpc.aio.AioRpcError as error:
            raise _step_error(error) from error

    async def undo_take(self, order: Order) -> None:
        """Returns the stock of a buy, and prevents a `take` that is still under way."""
        await self._return(order, _Reason.UNDO_TAKE)

    async def add_sold(self, order: Order) -> None:
        """Adds the quantity of a sell to the stock."""
        await self._return(order, _Reason.SALE)

    async def _return(self, order: Order, reason: stock_service_pb2.ReturnStockRequest.Reason.ValueType) -> None:
        request = stock_service_pb2.ReturnStockRequest(**_goods(order), reason=reason)
        await self._stock.ReturnStock(request, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())


def _listing(quote: stock_service_pb2.Quote) -> Listing:
    usual = Rules()
    rules = Rules(
        quantity_increment=money.parse_optional(quote.quantity_increment) or usual.quantity_increment,
        value_min=money.parse_optional(quote.order_value_min) or usual.value_min,
        value_max=money.parse_optional(quote.order_value_max) or usual.value_max,
    )
    return Listing(quote.is_active, rules)


class UserClient:
    """Settlement, balances and holdings, from the user service.

    What a user could spend last is cached: it may be outdated, but tells whether a buy is likely to be refused.
    """

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._cash: TTLCache[str, Decimal] = TTLCache(_USERS_MAX, _CASH_SECONDS, time.monotonic)
        self._settlement = settlement_grpc.SettlementServiceStub(channel)
        self._accounts = account_service_pb2_grpc.AccountServiceStub(channel)

    async def settle(self, order: Order) -> None:
        """Moves the cash and the holding of an order. Raises FailedPrecondition if it is refused, which is final."""
        request = settlement_service_pb2.SettleTradeRequest(**_trade(order))
        try:
            settled = await self._settlement.SettleTrade(request, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())
        except grpc.aio.AioRpcError as error:
            self._cash.pop(order.user_id, None)
            raise _step_error(error) from error
        if settled.available_balance:
            self._cash[order.user_id] = money.parse(settled.available_balance)

    async def void(self, order: Order) -> FailedPrecondition:
        """Prevents a `settle`. Returns its refusal. Raises FailedPrecondition ORDER_SETTLED if it has happened."""
        request = settlement_service_pb2.VoidTradeRequest(**_trade(order))
        try:
            refusal = await self._settlement.VoidTrade(request, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())
        except grpc.aio.AioRpcError as error:
            if info_of(error).reason == "TRADE_SETTLED":
                text = "its cash and holding have moved; release the order to complete it"
                raise FailedPrecondition("ORDER_SETTLED", text, order_id=order.order_id) from error
            raise
        return FailedPrecondition(refusal.reason, refusal.message, **refusal.facts)

    async def cash(self) -> Decimal:
        """Returns the dollars that the calling user can spend."""
        balance = await self._accounts.GetBalance(
            account_service_pb2.GetBalanceRequest(),
            timeout=call.remaining_seconds(_TIMEOUT_SECONDS),
            metadata=_as_user(),
        )
        cash = money.parse(balance.available_balance)
        self._cash[call.principal().user_id] = cash
        return cash

    def last_cash(self, user_id: str) -> Decimal | None:
        """Returns the dollars that a user could spend when that was last known here, None if it is long ago."""
        return self._cash.get(user_id)

    async def holding(self, asset_id: str) -> Decimal:
        """Returns the quantity of an asset that the calling user can sell."""
        try:
            holding = await self._accounts.GetHolding(
                account_service_pb2.GetHoldingRequest(asset_id=asset_id),
                timeout=call.remaining_seconds(_TIMEOUT_SECONDS),
                metadata=_as_user(),
            )
        except grpc.aio.AioRpcError as error:
            if error.code() == grpc.StatusCode.NOT_FOUND:
                return ZERO
            raise
        return money.parse(holding.available_quantity)


def _goods(order: Order) -> dict[str, Any]:
    """Returns the fields of a request to move the stock of an order."""
    return {
        "order_id": order.order_id,
        "asset_id": order.asset_id,
        "quantity": money.quantity(order.quantity),
        "amount": money.dollars(order.amount),
        "fee": money.dollars(order.fee) if order.fee else "",
    }


def _trade(order: Order) -> dict[str, Any]:
    """Returns the fields of a request to settle an order or to void it."""
    return {**_goods(order), "user_id": order.user_id, "side": _SIDES[order.side]}
