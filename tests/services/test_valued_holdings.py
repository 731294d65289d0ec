"""Holdings and portfolio of a user, with prices from an inventory service."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import grpc
import pytest
from cnop.inventory.v1 import asset_pb2, stock_service_pb2, stock_service_pb2_grpc
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc

from services.common.rpc.pages import PageTokens
from services.user.ledger.domain import Holding
from services.user.ledger.portfolio import Portfolios
from services.user.ledger.quotes import InventoryQuotes
from services.user.ledger.servicers import AccountServicer
from tests.unit.user.ledger.ledger_fakes import FakeLedger, accounts_over

Metadata = tuple[tuple[str, str], ...]

SOURCES = [asset_pb2.SIMULATED, asset_pb2.FIXED, asset_pb2.EXCHANGE, asset_pb2.PRICE_SOURCE_UNSPECIFIED]


class Inventory(stock_service_pb2_grpc.StockServiceServicer):
    """Quotes 2 dollars for BTC alone, from a source."""

    def __init__(self) -> None:
        self.source: asset_pb2.PriceSource.ValueType = asset_pb2.SIMULATED
        self.is_stale = False

    async def BatchGetQuotes(self, request: Any, context: Any) -> stock_service_pb2.BatchGetQuotesResponse:
        quote = stock_service_pb2.Quote(
            asset_id="BTC", name="Bitcoin", price_usd="2.00", price_source=self.source, is_price_stale=self.is_stale
        )
        return stock_service_pb2.BatchGetQuotesResponse(quotes=[quote] if "BTC" in request.asset_ids else [])


@pytest.fixture
def inventory() -> Inventory:
    return Inventory()


@pytest.fixture
async def stock(serve_all: Any, inventory: Inventory) -> grpc.aio.Channel:
    def register(server: grpc.aio.Server) -> None:
        stock_service_pb2_grpc.add_StockServiceServicer_to_server(inventory, server)

    made: grpc.aio.Channel = (await serve_all(("cnop.inventory.v1.StockService",), register))("user")
    return made


@pytest.fixture
async def accounts(serve: Any, stock: grpc.aio.Channel) -> Any:
    """A stub of the account service. User u-1 has 100 dollars, a bitcoin, and an XRP, which has no price."""
    ledger = FakeLedger()
    ledger.open("u-1", "100.00")
    ledger.stored_holdings = {("u-1", name): Holding(name, Decimal(1)) for name in ("BTC", "XRP")}
    known = accounts_over(ledger)
    servicer = AccountServicer(known, Portfolios(known, InventoryQuotes(stock)), PageTokens(b"s" * 32))

    def register(server: grpc.aio.Server) -> None:
        account_service_pb2_grpc.add_AccountServiceServicer_to_server(servicer, server)

    channel = await serve(("cnop.user.v1.AccountService",), register)
    return account_service_pb2_grpc.AccountServiceStub(channel)


@pytest.fixture
def user(sign_in: Any) -> Metadata:
    made: Metadata = sign_in()
    return made


@pytest.mark.parametrize("is_stale", [False, True])
@pytest.mark.parametrize("source", SOURCES)
async def test_all_that_shows_a_price_says_where_it_comes_from_and_whether_it_is_too_old(
    accounts: Any, inventory: Inventory, user: Metadata, source: asset_pb2.PriceSource.ValueType, is_stale: bool
) -> None:
    inventory.source, inventory.is_stale = source, is_stale
    portfolio = await accounts.GetPortfolio(account_service_pb2.GetPortfolioRequest(), metadata=user)
    listed = await accounts.ListHoldings(account_service_pb2.ListHoldingsRequest(), metadata=user)
    one = await accounts.GetHolding(account_service_pb2.GetHoldingRequest(asset_id="BTC"), metadata=user)
    for shown in (portfolio, portfolio.holdings[0], listed.holdings[0], one):
        assert (shown.price_source, shown.is_price_stale) == (source, is_stale)
    assert one.current_price == "2.00"


async def test_without_a_price_there_is_no_source(accounts: Any, user: Metadata) -> None:
    one = await accounts.GetHolding(account_service_pb2.GetHoldingRequest(asset_id="XRP"), metadata=user)
    assert (one.current_price, one.price_source) == ("", asset_pb2.PRICE_SOURCE_UNSPECIFIED)
    assert not one.is_price_stale
