"""What an order needs of the other services."""

from __future__ import annotations

import time
from decimal import Decimal

import grpc
from cnop.inventory.v1 import inventory_service_pb2, inventory_service_pb2_grpc, stock_service_pb2
from cnop.inventory.v1 import stock_service_pb2_grpc as stock_grpc
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc, settlement_service_pb2
from cnop.user.v1 import settlement_service_pb2_grpc as settlement_grpc

from services.common import money
from services.common.money import ZERO
from services.common.rpc import call
from services.common.rpc.errors import NotFound
from services.common.rpc.status import reason_of
from services.order.domain import Order, Quote, Side

_TIMEOUT_SECONDS = 4.0
_Reason = stock_service_pb2.ReturnStockRequest.Reason
_SIDES = {
    Side.BUY: settlement_service_pb2.SettleTradeRequest.BUY,
    Side.SELL: settlement_service_pb2.SettleTradeRequest.SELL,
}


class Refused(Exception):
    """A step was refused, for ever."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason = reason
        self.message = message


def _refusal(error: grpc.aio.AioRpcError) -> Exception:
    """The refusal that an answer stands for; the error itself when it is not a final one.

    FAILED_PRECONDITION alone is stored as the outcome of the step. NOT_FOUND is not: another replica, which has read
    the catalogue later, may have taken the stock.
    """
    if error.code() is grpc.StatusCode.FAILED_PRECONDITION:
        return Refused(reason_of(error), error.details() or "")
    return error


def _asset_not_found(asset_id: str) -> NotFound:
    return NotFound("ASSET_NOT_FOUND", f"there is no asset {asset_id}", asset_id=asset_id)


class Inventory:
    """Prices and stock, from the inventory service.

    Quotes are good for `quote_seconds`: an order locks a price that is at most that much older than the inventory's.
    """

    def __init__(self, channel: grpc.aio.Channel, quote_seconds: float) -> None:
        self._quote_seconds = quote_seconds
        self._quotes: dict[str, tuple[Quote, float]] = {}  # with the reading of time.monotonic() until which it is good
        self._stock = stock_grpc.StockServiceStub(channel)
        self._assets = inventory_service_pb2_grpc.InventoryServiceStub(channel)

    async def quote(self, asset_id: str) -> Quote:
        """What an asset costs now. Raises NotFound ASSET_NOT_FOUND."""
        known = self._quotes.get(asset_id)
        if known is not None and time.monotonic() < known[1]:
            return known[0]
        quote = await self._fetch_quote(asset_id)
        self._quotes[asset_id] = quote, time.monotonic() + self._quote_seconds
        return quote

    async def _fetch_quote(self, asset_id: str) -> Quote:
        answer = await self._stock.BatchGetQuotes(
            stock_service_pb2.BatchGetQuotesRequest(asset_ids=[asset_id]),
            timeout=call.remaining_seconds(_TIMEOUT_SECONDS),
            metadata=call.as_service(),
        )
        for quote in answer.quotes:
            return Quote(quote.asset_id, money.parse(quote.price_usd), quote.is_active)
        raise _asset_not_found(asset_id)

    async def available(self, asset_id: str) -> Decimal:
        """The house's stock of an asset. Raises NotFound ASSET_NOT_FOUND."""
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
        """Takes the stock of a buy. Raises Refused when it is out of stock."""
        wanted = stock_service_pb2.TakeStockRequest(
            order_id=order.order_id, asset_id=order.asset_id, quantity=money.quantity(order.quantity)
        )
        try:
            await self._stock.TakeStock(wanted, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())
        except grpc.aio.AioRpcError as error:
            raise _refusal(error) from error

    async def undo_take(self, order: Order) -> None:
        """Gives back what `take` took, and makes sure that it takes nothing later."""
        await self._return(order, _Reason.UNDO_TAKE)

    async def add_sold(self, order: Order) -> None:
        """Adds what a sale brought to the house."""
        await self._return(order, _Reason.SALE)

    async def _return(self, order: Order, reason: stock_service_pb2.ReturnStockRequest.Reason.ValueType) -> None:
        back = stock_service_pb2.ReturnStockRequest(
            order_id=order.order_id, asset_id=order.asset_id, quantity=money.quantity(order.quantity), reason=reason
        )
        await self._stock.ReturnStock(back, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())


class Users:
    """Settlement, balances and holdings, from the user service."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._settlement = settlement_grpc.SettlementServiceStub(channel)
        self._accounts = account_service_pb2_grpc.AccountServiceStub(channel)

    async def settle(self, order: Order) -> None:
        """Moves cash and holding. Raises Refused when the account does not cover it."""
        trade = settlement_service_pb2.SettleTradeRequest(
            order_id=order.order_id,
            user_id=order.user_id,
            side=_SIDES[order.side],
            asset_id=order.asset_id,
            quantity=money.quantity(order.quantity),
            amount=money.dollars(order.amount),
        )
        try:
            await self._settlement.SettleTrade(trade, timeout=_TIMEOUT_SECONDS, metadata=call.as_service())
        except grpc.aio.AioRpcError as error:
            raise _refusal(error) from error

    async def cash(self) -> Decimal:
        """The dollars that the user who calls can spend."""
        balance = await self._accounts.GetBalance(
            account_service_pb2.GetBalanceRequest(),
            timeout=call.remaining_seconds(_TIMEOUT_SECONDS),
            metadata=call.as_user(),
        )
        return money.parse(balance.available_balance)

    async def held(self, asset_id: str) -> Decimal:
        """The quantity that the user who calls can sell."""
        try:
            holding = await self._accounts.GetHolding(
                account_service_pb2.GetHoldingRequest(asset_id=asset_id),
                timeout=call.remaining_seconds(_TIMEOUT_SECONDS),
                metadata=call.as_user(),
            )
        except grpc.aio.AioRpcError as error:
            if error.code() == grpc.StatusCode.NOT_FOUND:
                return ZERO
            raise
        return money.parse(holding.available_quantity)
