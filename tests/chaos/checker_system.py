"""The system in one process, over a real database, and a client that records its requests and their answers.

Servicers, use cases and stores are the real ones. The calls between the services are function calls, which can be made
to fail.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, cast

import grpc
from aiodynamo.client import Client as Database
from cnop.inventory.v1 import asset_pb2
from cnop.order.v1 import order_service_pb2
from cnop.user.v1 import account_service_pb2, auth_service_pb2
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message

from services.common import ids
from services.common.dynamo import client as dynamo
from services.common.rpc import call as calls
from services.common.rpc.errors import ServiceError, Unavailable
from services.common.rpc.pages import PageTokens
from services.inventory.admin.store import ChangeStore
from services.inventory.admin.usecases import AssetAdmin
from services.inventory.catalogue.loader import Loader
from services.inventory.catalogue.store import CatalogueStore
from services.inventory.catalogue.usecases import Catalogue
from services.inventory.stock.store import StockStore
from services.inventory.stock.usecases import Stock
from services.order.previews import Previews
from services.order.quotes import Fees, Quotes
from services.order.recovery_store import RecoveryStore
from services.order.saga import Saga
from services.order.servicers import OrderServicer
from services.order.store import OrderStore
from services.order.usecases import Orders
from services.order.watch.servicer import OrderStreams
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.login_attempts.store import AttemptStore
from services.user.identity.login_attempts.throttle import Throttle
from services.user.identity.passwords import Passwords
from services.user.identity.servicers import AuthServicer
from services.user.identity.store import ProfileStore
from services.user.identity.usecases import Identity
from services.user.ledger.account import DailyLimits
from services.user.ledger.portfolio import Portfolios
from services.user.ledger.servicers import AccountServicer
from services.user.ledger.store import LedgerStore
from services.user.ledger.usecases import Accounts
from services.user.sessions.signing import SigningKeys
from services.user.sessions.usecases import Sessions
from services.user.settings import SignIn

from .checker_exchange import BUY_PERCENT, SELL_PERCENT, Exchange
from .checker_neighbours import Neighbours
from .checker_system_clock import Clock
from .history import History, Kind

LIMITS = DailyLimits(deposit=Decimal(50_000), withdrawal=Decimal(5_000))
SHARDS = 3
PASSWORD = "a long one, of many words"

# Not used here: the context of a call, pages, the prices of a portfolio, streams, tokens.
_CONTEXT = cast("grpc.aio.ServicerContext[Any, Any]", None)
_PAGES = PageTokens(b"")
_PORTFOLIOS = cast(Portfolios, None)
_STREAMS = cast(OrderStreams, None)
_KEYS, _SESSIONS = cast(SigningKeys, None), cast(Sessions, None)


class _Trail:
    """The audit trail of the inventory service, which the checker does not look at."""

    @asynccontextmanager
    async def change(self, *_: str, **__: str) -> AsyncIterator[None]:
        yield


class _Publication:
    """Publishes a change of the catalogue at once."""

    def __init__(self, catalogue: Catalogue, exchange: Exchange) -> None:
        self._catalogue = catalogue
        self._exchange = exchange

    async def wait(self) -> None:
        await self._catalogue.refresh()
        self._exchange.move()


@dataclass(frozen=True)
class System:
    """The three services."""

    clock: Clock
    loader: Loader
    assets: CatalogueStore
    asset_admin: AssetAdmin
    catalogue: Catalogue
    exchange: Exchange
    neighbours: Neighbours
    saga: Saga
    recovery: RecoveryStore
    auth: AuthServicer
    account: AccountServicer
    order: OrderServicer

    @classmethod
    def over(cls, database: Database, tables: Mapping[str, str]) -> System:
        """Returns the services over their tables, given by service name."""
        clock = Clock()
        begin, table = dynamo.units_of_work(database), tables["inventory"]
        stock = StockStore(database, table, SHARDS)
        assets = CatalogueStore(database, table, stock)
        catalogue = Catalogue(assets, stock, 1.0)
        ledger = LedgerStore(database, tables["user"])
        accounts = Accounts(ledger, begin, LIMITS, clock)
        neighbours = Neighbours(Stock(begin, stock, catalogue, clock), accounts)
        store = OrderStore(database, tables["order"])
        saga = Saga(store, neighbours, neighbours, clock)
        exchange = Exchange(catalogue, clock)
        quotes = Quotes(exchange, neighbours, Fees(BUY_PERCENT, SELL_PERCENT))
        orders = Orders(
            quotes=quotes,
            repository=store,
            saga=saga,
            inventory=neighbours,
            balances=neighbours,
            previews=Previews(b"a key of the checker"),
            answer_seconds=8.0,
            now=clock,
        )
        passwords = Passwords(4)
        attempts, key = AttemptStore(database, tables["user"]), b"a key of the checker"
        identity = Identity(
            profiles=ProfileStore(database, tables["user"]),
            accounts=ledger,
            sessions=_SESSIONS,
            trail=AuditTrail(AuditStore(database, tables["user"]), begin, clock),
            passwords=passwords,
            common_passwords=frozenset(),
            throttle=Throttle(attempts, passwords, SignIn().limits(), key, begin, clock),
            minimum_age=13,
            begin=begin,
            now=clock,
        )
        return cls(
            clock=clock,
            loader=Loader(begin, assets, stock, clock),
            assets=assets,
            asset_admin=AssetAdmin(
                begin, assets, stock, ChangeStore(database, table), _Trail(), _Publication(catalogue, exchange), clock
            ),
            catalogue=catalogue,
            exchange=exchange,
            neighbours=neighbours,
            saga=saga,
            recovery=RecoveryStore(database, tables["order"]),
            auth=AuthServicer(identity, _SESSIONS, _KEYS),
            account=AccountServicer(accounts, _PORTFOLIOS, _PAGES),
            order=OrderServicer(orders, _PAGES, _STREAMS),
        )


class Fate(Enum):
    """What happens to a call."""

    ANSWERED = "answered"
    RESPONSE_LOST = "the response is lost"
    LOST = "the call is lost"


class Client:
    """Calls the services and records the history."""

    def __init__(self, system: System, history: History) -> None:
        self._system = system
        self._history = history

    async def preview(self, user: str, terms: Mapping[str, Any]) -> str:
        """Previews an order. Returns the preview id."""
        calls.enter(calls.Call("scenario", time.monotonic() + 10, calls.Principal(user, "customer", "")))
        request = ParseDict(terms, order_service_pb2.PreviewOrderRequest())
        return (await self._system.order.PreviewOrder(request, _CONTEXT)).preview_id

    async def call(
        self, kind: Kind, user: str, request_id: str, body: Mapping[str, Any], fate: Fate = Fate.ANSWERED
    ) -> dict[str, Any]:
        """Returns the answer; `reason` if the call is refused; nothing if its outcome is unknown."""
        call = self._history.begin(kind, user, request_id, body)
        if fate is Fate.LOST:
            call.unknown()
            return {}
        calls.enter(calls.Call("scenario", time.monotonic() + 10, calls.Principal(user, "customer", "")))
        try:  # like the interceptor: a request without a request id gets one
            message = await self._send(kind, {**body, "request_id": request_id or ids.random()})
        except ServiceError as error:
            if fate is Fate.RESPONSE_LOST or isinstance(error, Unavailable):
                call.unknown()
                return {}
            call.refused(error.reason, {"message": error.message, **error.metadata})
            return {"reason": error.reason}
        if fate is Fate.RESPONSE_LOST:
            call.unknown()
            return {}
        # Like the edge: the field names of the contract, empty fields included.
        answer = MessageToDict(message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
        call.acknowledged(answer)
        return answer

    async def _send(self, kind: Kind, body: dict[str, Any]) -> Message:
        auth, account, order = self._system.auth, self._system.account, self._system.order
        match kind:
            case Kind.REGISTER:
                request = ParseDict({**body, "password": PASSWORD}, auth_service_pb2.RegisterRequest())
                return await auth.Register(request, _CONTEXT)
            case Kind.DEPOSIT:
                return await account.Deposit(ParseDict(body, account_service_pb2.DepositRequest()), _CONTEXT)
            case Kind.WITHDRAW:
                return await account.Withdraw(ParseDict(body, account_service_pb2.WithdrawRequest()), _CONTEXT)
            case Kind.BUY | Kind.SELL:
                trade = {**body, "side": kind.value.upper(), "type": "MARKET"}
                return await order.CreateOrder(ParseDict(trade, order_service_pb2.CreateOrderRequest()), _CONTEXT)
            case Kind.GET_ASSET:
                return asset_pb2.Asset(asset_id=body["asset_id"], price_seq=self._system.exchange.latest.seq)
            case Kind.GET_ORDER:
                return await order.GetOrder(order_service_pb2.GetOrderRequest(order_id=body["order_id"]), _CONTEXT)
        raise ValueError(f"unknown kind of call: {kind}")
