"""The gRPC methods of accounts and settlements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from cnop.inventory.v1 import asset_pb2
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2,
    account_service_pb2_grpc,
    settlement_service_pb2,
    settlement_service_pb2_grpc,
)

from services.common import money
from services.common.rpc import call
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import moment, timestamp
from services.prices.frame import Source
from services.user.ledger.account import Account
from services.user.ledger.domain import Entry, EntryFilter, Span, Trade
from services.user.ledger.lines import Kind
from services.user.ledger.portfolio import Portfolio, Portfolios, ValuedHolding
from services.user.ledger.usecases import Accounts

Context = grpc.aio.ServicerContext[Any, Any]

_TYPES = {
    Kind.DEPOSIT: account_pb2.Transaction.DEPOSIT,
    Kind.WITHDRAWAL: account_pb2.Transaction.WITHDRAWAL,
    Kind.ORDER_PAYMENT: account_pb2.Transaction.ORDER_PAYMENT,
    Kind.ORDER_SALE: account_pb2.Transaction.ORDER_SALE,
}
_KINDS = {value: kind for kind, value in _TYPES.items()}


@dataclass(frozen=True)
class AccountServicer(account_service_pb2_grpc.AccountServiceServicer):
    """cnop.user.v1.AccountService."""

    accounts: Accounts
    portfolios: Portfolios
    pages: PageTokens

    async def GetBalance(self, _: account_service_pb2.GetBalanceRequest, context: Context) -> account_pb2.Balance:
        return _balance(await self.accounts.balance(call.principal().user_id))

    async def Deposit(self, request: account_service_pb2.DepositRequest, context: Context) -> account_pb2.Transaction:
        user_id = call.principal().user_id
        return _transaction(await self.accounts.deposit(user_id, money.parse(request.amount), request.request_id))

    async def Withdraw(self, request: account_service_pb2.WithdrawRequest, context: Context) -> account_pb2.Transaction:
        user_id = call.principal().user_id
        return _transaction(await self.accounts.withdraw(user_id, money.parse(request.amount), request.request_id))

    async def ListTransactions(
        self, request: account_service_pb2.ListTransactionsRequest, context: Context
    ) -> account_service_pb2.ListTransactionsResponse:
        user_id = call.principal().user_id
        wanted = EntryFilter(
            kind=_KINDS.get(request.transaction_type),
            start_time=moment(request.start_time) if request.HasField("start_time") else None,
            end_time=moment(request.end_time) if request.HasField("end_time") else None,
        )
        query = "transactions", user_id, *_words(wanted)
        page = self.pages.open(request.page_token, *query)
        rest = Span(int(page.get("first", 1)), int(page["seq"])) if page else None
        entries, rest = await self.accounts.transactions(user_id, wanted, rest, page_size(request.page_size))
        cursor = {"first": str(rest.first), "seq": str(rest.end)} if rest else None
        return account_service_pb2.ListTransactionsResponse(
            transactions=[_transaction(entry) for entry in entries], next_page_token=self.pages.seal(cursor, *query)
        )

    async def GetHolding(self, request: account_service_pb2.GetHoldingRequest, context: Context) -> account_pb2.Holding:
        return _holding(await self.portfolios.holding(call.principal().user_id, request.asset_id))

    async def ListHoldings(
        self, request: account_service_pb2.ListHoldingsRequest, context: Context
    ) -> account_service_pb2.ListHoldingsResponse:
        user_id = call.principal().user_id
        page = self.pages.open(request.page_token, "holdings", user_id)
        cursor = page["asset"] if page else None
        holdings, next_cursor = await self.portfolios.holdings(user_id, cursor, page_size(request.page_size))
        token = self.pages.seal({"asset": next_cursor} if next_cursor else None, "holdings", user_id)
        return account_service_pb2.ListHoldingsResponse(
            holdings=[_holding(valued) for valued in holdings], next_page_token=token
        )

    async def GetPortfolio(self, _: account_service_pb2.GetPortfolioRequest, context: Context) -> account_pb2.Portfolio:
        return _portfolio(await self.portfolios.portfolio(call.principal().user_id))


@dataclass(frozen=True)
class SettlementServicer(settlement_service_pb2_grpc.SettlementServiceServicer):
    """cnop.user.v1.SettlementService."""

    accounts: Accounts

    async def SettleTrade(
        self, request: settlement_service_pb2.SettleTradeRequest, context: Context
    ) -> settlement_service_pb2.SettleTradeResponse:
        entry = await self.accounts.settle(request.user_id, _trade(request))
        account = await self.accounts.latest(request.user_id)
        return settlement_service_pb2.SettleTradeResponse(
            transaction_id=entry.effect.effect_id, available_balance=money.dollars(account.available)
        )

    async def VoidTrade(
        self, request: settlement_service_pb2.VoidTradeRequest, context: Context
    ) -> settlement_service_pb2.VoidTradeResponse:
        refusal = await self.accounts.void(request.user_id, _trade(request))
        return settlement_service_pb2.VoidTradeResponse(
            reason=refusal.reason, message=refusal.message, facts=refusal.metadata
        )


def _trade(request: settlement_service_pb2.SettleTradeRequest | settlement_service_pb2.VoidTradeRequest) -> Trade:
    return Trade(
        order_id=request.order_id,
        is_buy=request.side == settlement_service_pb2.SettleTradeRequest.BUY,
        asset_id=request.asset_id,
        quantity=money.parse(request.quantity),
        amount=money.parse(request.amount),
        fee=money.parse(request.fee or "0"),
    )


def _words(wanted: EntryFilter) -> list[str]:
    """Returns a filter as text, to bind page tokens to it."""
    words = {
        "kind": wanted.kind,
        "start": wanted.start_time and wanted.start_time.isoformat(),
        "end": wanted.end_time and wanted.end_time.isoformat(),
    }
    return [f"{name}={word}" for name, word in words.items() if word]


def _balance(account: Account) -> account_pb2.Balance:
    return account_pb2.Balance(
        current_balance=money.dollars(account.current),
        available_balance=money.dollars(account.available),
        held_balance=money.dollars(account.held),
        currency="USD",
        updated_at=timestamp(account.updated_at),
    )


def _transaction(entry: Entry) -> account_pb2.Transaction:
    return account_pb2.Transaction(
        transaction_id=entry.effect.effect_id,
        transaction_type=_TYPES[entry.effect.kind],
        amount=money.dollars(entry.amount),
        balance_after=money.dollars(entry.balance_after),
        status=account_pb2.Transaction.COMPLETED,
        order_id=entry.effect.order_id,
        asset_id=entry.effect.asset_id,
        quantity=money.quantity(entry.quantity) if entry.effect.asset_id else "",
        fee=money.dollars(entry.fee) if entry.effect.asset_id else "",
        created_at=timestamp(entry.created_at),
    )


def _holding(valued: ValuedHolding, percentage: str = "") -> account_pb2.Holding:
    holding, quote = valued.holding, valued.quote
    message = account_pb2.Holding(
        asset_id=holding.asset_id,
        quantity=money.quantity(holding.quantity),
        available_quantity=money.quantity(holding.available),
        average_cost=money.price(holding.average_cost),
        cost_basis=money.dollars(holding.cost),
        percentage=percentage,
    )
    if quote is not None:
        message.asset_name = quote.name
        message.current_price = money.price(quote.price)
        message.market_value = money.dollars(valued.value)
        message.unrealized_pnl = money.dollars(valued.value - holding.cost)
        message.price_source, message.is_price_stale = _source(quote.source), quote.is_stale
    return message


def _portfolio(portfolio: Portfolio) -> account_pb2.Portfolio:
    return account_pb2.Portfolio(
        total_value=money.dollars(portfolio.total),
        cash=money.dollars(portfolio.cash),
        holdings_value=money.dollars(portfolio.holdings_value),
        cost_basis=money.dollars(portfolio.cost),
        unrealized_pnl=money.dollars(portfolio.holdings_value - portfolio.cost),
        holdings=[_holding(valued, money.dollars(portfolio.percentage(valued))) for valued in portfolio.holdings],
        price_source=_source(portfolio.source),
        is_price_stale=portfolio.is_stale,
    )


def _source(source: Source | None) -> asset_pb2.PriceSource.ValueType:
    return asset_pb2.PriceSource.Value(source) if source else asset_pb2.PRICE_SOURCE_UNSPECIFIED
