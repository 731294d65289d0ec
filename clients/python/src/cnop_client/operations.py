"""The methods of both clients, each written once as a plan.

Amounts are str, Decimal or int in arguments, and the strings of the contract in results; a float raises TypeError. A
change takes a request_id, or generates one: a replay with the same one has no second effect.
"""

from __future__ import annotations

import copy
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Self, TypeAlias, TypeVar

from cnop.inventory.v1 import asset_pb2, inventory_service_pb2
from cnop.order.v1 import order_pb2, order_service_pb2
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2,
    audit_pb2,
    audit_service_pb2,
    auth_service_pb2,
    profile_pb2,
    session_pb2,
    user_service_pb2,
)
from google.protobuf.timestamp_pb2 import Timestamp

from cnop_client import methods
from cnop_client.edge import Edge, user_agent
from cnop_client.methods import Method, Req, Res
from cnop_client.plans import Listing, Operation, Pages, Plan, Sleep, Watching
from cnop_client.session import TIMEOUT_SECONDS, Session
from cnop_client.streams import Stream
from cnop_client.tokens import MemoryTokens, TokenStore

Amount: TypeAlias = str | Decimal | int
Side: TypeAlias = Literal["BUY", "SELL"]
OrderStatus: TypeAlias = Literal["PENDING", "COMPLETED", "FAILED"]
TransactionType: TypeAlias = Literal["DEPOSIT", "WITHDRAWAL", "ORDER_PAYMENT", "ORDER_SALE"]
Sort: TypeAlias = Literal["RANK", "NAME", "PRICE", "CHANGE"]
Interval: TypeAlias = Literal["1m", "1h", "1d"]

_PENDING_POLL_SECONDS = 0.5
_Type = account_pb2.Transaction.Type
_Side, _Status, _Sort = order_pb2.Order.Side, order_pb2.Order.Status, inventory_service_pb2.ListAssetsRequest.Sort

T = TypeVar("T")
Page = TypeVar("Page", bound=Any)  # a response with a next_page_token


class Operations(ABC):
    """The methods of a client. `Client` and `AsyncClient` execute them."""

    def __init__(
        self,
        edge: str | Edge,
        *,
        tokens: TokenStore | None = None,
        root_certificates: bytes | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        program: str = "cnop-client",
    ) -> None:
        """`edge` is http://host:port or https://host:port. `program` is the name in the list of sessions.

        `timeout_seconds` is the deadline of each call, including its retries. Raises ValueError for an invalid address.
        """
        self.edge = Edge.at(edge, root_certificates) if isinstance(edge, str) else edge
        self._session = Session(self.edge.url, tokens or MemoryTokens())
        self._timeout_seconds = timeout_seconds
        self._options = self.edge.options(user_agent(program))
        self._connect()

    @abstractmethod
    def _connect(self) -> None:
        """Creates the channel."""

    @property
    def is_signed_in(self) -> bool:
        """Whether there are tokens for this edge. Their session may have ended."""
        return self._session.is_signed_in

    def within(self, timeout_seconds: float) -> Self:
        """Returns the same client with another deadline for each call: client.within(2).get_balance()."""
        other = copy.copy(self)
        other._timeout_seconds = timeout_seconds  # noqa: SLF001 - an object of this class
        return other

    def forget_tokens(self) -> None:
        """Deletes the tokens without a call, including the proof that this is a device of the user."""
        self._session.forget()

    # --- user and sessions ---

    @Operation
    def register(
        self,
        *,
        username: str,
        email: str,
        password: str,
        first_name: str,
        last_name: str,
        phone: str = "",
        date_of_birth: str = "",
        marketing_emails_consent: bool = False,
        request_id: str = "",
    ) -> Plan[profile_pb2.Profile]:
        """Registers a user, without signing in."""
        request = auth_service_pb2.RegisterRequest(
            username=username,
            email=email,
            password=password,
            first_name=first_name,
            last_name=last_name,
            phone=phone,
            date_of_birth=date_of_birth,
            marketing_emails_consent=marketing_emails_consent,
            request_id=request_id,
        )
        return self._call(methods.REGISTER, request)

    @Operation
    def login(self, username: str, password: str) -> Plan[None]:
        """Signs in. The client keeps the tokens, and refreshes them when necessary."""
        return self._session.login(username, password, self._timeout_seconds)

    @Operation
    def logout(self) -> Plan[None]:
        """Ends the session. It is not an error if it has already ended, or there is none."""
        return self._session.logout(self._timeout_seconds)

    @Operation
    def change_password(self, current_password: str, new_password: str) -> Plan[None]:
        """Changes the password and ends all sessions of the user, including this one."""
        request = auth_service_pb2.ChangePasswordRequest(current_password=current_password, new_password=new_password)
        yield from self._call(methods.CHANGE_PASSWORD, request)
        self._session.sign_out()

    @Operation
    def list_sessions(self) -> Plan[list[session_pb2.Session]]:
        """Lists the sessions that have not ended, the last used first."""
        reply = yield from self._call(methods.LIST_SESSIONS, auth_service_pb2.ListSessionsRequest())
        return list(reply.sessions)

    @Operation
    def revoke_session(self, session_id: str) -> Plan[None]:
        """Ends one session."""
        request = auth_service_pb2.RevokeSessionRequest(session_id=session_id)
        yield from self._call(methods.REVOKE_SESSION, request)

    @Operation
    def get_profile(self) -> Plan[profile_pb2.Profile]:
        """Gets the profile of the user."""
        return self._call(methods.GET_PROFILE, user_service_pb2.GetProfileRequest())

    @Operation
    def update_profile(
        self,
        *,
        email: str | None = None,
        first_name: str | None = None,
        last_name: str | None = None,
        phone: str | None = None,
        date_of_birth: str | None = None,
        marketing_emails_consent: bool | None = None,
        current_password: str | None = None,
    ) -> Plan[profile_pb2.Profile]:
        """Changes the given fields. An empty phone or date of birth removes it. Another email needs the password."""
        request = user_service_pb2.UpdateProfileRequest(
            email=email,
            first_name=first_name,
            last_name=last_name,
            phone=phone,
            date_of_birth=date_of_birth,
            marketing_emails_consent=marketing_emails_consent,
            current_password=current_password,
        )
        return self._call(methods.UPDATE_PROFILE, request)

    @Listing
    def list_audit_events(self, *, page_size: int = 0) -> Pages[audit_pb2.AuditEvent]:
        """Lists the audit events of the user: sign-ins, sessions, passwords. Newest first."""
        request = audit_service_pb2.ListMyAuditEventsRequest(page_size=page_size)
        return self._pages(methods.LIST_MY_AUDIT_EVENTS, request, lambda page: page.events)

    # --- account ---

    @Operation
    def get_balance(self) -> Plan[account_pb2.Balance]:
        """Gets the cash balance."""
        return self._call(methods.GET_BALANCE, account_service_pb2.GetBalanceRequest())

    @Operation
    def deposit(self, amount: Amount, *, request_id: str = "") -> Plan[account_pb2.Transaction]:
        """Deposits dollars."""
        request = account_service_pb2.DepositRequest(amount=decimal_text(amount), request_id=request_id)
        return self._call(methods.DEPOSIT, request)

    @Operation
    def withdraw(self, amount: Amount, *, request_id: str = "") -> Plan[account_pb2.Transaction]:
        """Withdraws dollars."""
        request = account_service_pb2.WithdrawRequest(amount=decimal_text(amount), request_id=request_id)
        return self._call(methods.WITHDRAW, request)

    @Listing
    def list_transactions(
        self,
        *,
        transaction_type: TransactionType | None = None,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        page_size: int = 0,
    ) -> Pages[account_pb2.Transaction]:
        """Lists the entries of the ledger, newest first: those from `start_time` on that were before `end_time`."""
        request = account_service_pb2.ListTransactionsRequest(
            transaction_type=_Type.Value(transaction_type or "TYPE_UNSPECIFIED"),
            start_time=timestamp(start_time),
            end_time=timestamp(end_time),
            page_size=page_size,
        )
        return self._pages(methods.LIST_TRANSACTIONS, request, lambda page: page.transactions)

    @Operation
    def get_holding(self, asset_id: str) -> Plan[account_pb2.Holding]:
        """Gets the holding of one asset."""
        return self._call(methods.GET_HOLDING, account_service_pb2.GetHoldingRequest(asset_id=asset_id))

    @Listing
    def list_holdings(self, *, page_size: int = 0) -> Pages[account_pb2.Holding]:
        """Lists the holdings, by asset id."""
        request = account_service_pb2.ListHoldingsRequest(page_size=page_size)
        return self._pages(methods.LIST_HOLDINGS, request, lambda page: page.holdings)

    @Operation
    def get_portfolio(self) -> Plan[account_pb2.Portfolio]:
        """Gets cash and holdings at market value."""
        return self._call(methods.GET_PORTFOLIO, account_service_pb2.GetPortfolioRequest())

    # --- catalogue, which is public ---

    @Listing
    def list_assets(
        self,
        *,
        search: str = "",
        category: str = "",
        sort: Sort = "RANK",
        show_inactive: bool = False,
        page_size: int = 0,
    ) -> Pages[asset_pb2.Asset]:
        """Lists the assets that can be traded; with `show_inactive` also those that are closed or not open yet."""
        request = inventory_service_pb2.ListAssetsRequest(
            search=search,
            category=category,
            sort=_Sort.Value(sort),
            show_inactive=show_inactive,
            page_size=page_size,
        )
        return self._pages(methods.LIST_ASSETS, request, lambda page: page.assets)

    @Operation
    def get_asset(self, asset_id: str) -> Plan[asset_pb2.Asset]:
        """Gets one asset."""
        return self._call(methods.GET_ASSET, inventory_service_pb2.GetAssetRequest(asset_id=asset_id))

    @Operation
    def get_market(self) -> Plan[asset_pb2.Market]:
        """Gets the state of the market as a whole: whether it is halted, and where the prices come from."""
        return self._call(methods.GET_MARKET, inventory_service_pb2.GetMarketRequest())

    @Operation
    def list_candles(
        self,
        asset_id: str,
        interval: Interval = "1h",
        *,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        page_size: int = 0,
    ) -> Plan[inventory_service_pb2.ListCandlesResponse]:
        """Lists candles of an asset, oldest first, and says where their prices come from.

        Without `start_time`, the last ones before `end_time` or now.
        """
        request = inventory_service_pb2.ListCandlesRequest(
            asset_id=asset_id,
            interval=interval,
            start_time=timestamp(start_time),
            end_time=timestamp(end_time),
            page_size=page_size,
        )
        return (yield from self._call(methods.LIST_CANDLES, request))

    @Listing
    def list_prices(self, asset_id: str, *, page_size: int = 0) -> Pages[asset_pb2.Price]:
        """Lists the prices of an asset that were set, newest first."""
        request = inventory_service_pb2.ListPricesRequest(asset_id=asset_id, page_size=page_size)
        return self._pages(methods.LIST_PRICES, request, lambda page: page.prices)

    @Watching
    def watch_prices(
        self, asset_ids: Sequence[str] = (), *, min_interval_ms: int = 0
    ) -> Stream[inventory_service_pb2.WatchPricesResponse]:
        """Watches prices: first those of all assets (by default of every one), then those that change.

        Goes on until the caller stops, or raises ApiError. Opens the stream again when it ends.
        """
        request = inventory_service_pb2.WatchPricesRequest(asset_ids=asset_ids, min_interval_ms=min_interval_ms)
        return Stream(self._session, methods.WATCH_PRICES, request)

    # --- orders ---

    @Watching
    def watch_orders(self) -> Stream[order_service_pb2.WatchOrdersResponse]:
        """Watches the orders: first those that are open, then every change of one. Goes on as watch_prices does."""
        return Stream(self._session, methods.WATCH_ORDERS, order_service_pb2.WatchOrdersRequest())

    @Watching
    def watch(
        self, asset_ids: Sequence[str] = (), *, min_interval_ms: int = 0
    ) -> Stream[order_service_pb2.WatchResponse]:
        """Watches prices and the orders in one stream. Goes on as watch_prices does."""
        request = order_service_pb2.WatchRequest(asset_ids=asset_ids, min_interval_ms=min_interval_ms)
        return Stream(self._session, methods.WATCH, request)

    @Operation
    def create_order(
        self,
        side: Side,
        asset_id: str,
        quantity: Amount = "",
        *,
        quote_amount: Amount = "",
        sell_all: bool = False,
        limit_price: Amount = "",
        expected_price: Amount = "",
        max_slippage: Amount = "",
        preview_id: str = "",
        request_id: str = "",
        wait_seconds: float = 0.0,
    ) -> Plan[order_pb2.Order]:
        """Makes an order: of a quantity, for `quote_amount` dollars, or of all that the user has.

        The worst acceptable unit price is `limit_price`, or follows from `expected_price` and `max_slippage` (percent,
        by default 5), or is that of the preview with `preview_id`. Returns the order, COMPLETED, or PENDING while a
        part of the system is unavailable; retries a PENDING order for `wait_seconds`. Raises ApiError if the order is
        refused.
        """
        request = order_service_pb2.CreateOrderRequest(
            side=_Side.Value(side),
            asset_id=asset_id,
            quantity=decimal_text(quantity),
            quote_amount=decimal_text(quote_amount),
            sell_all=sell_all,
            limit_price=decimal_text(limit_price),
            expected_price=decimal_text(expected_price),
            max_slippage=decimal_text(max_slippage),
            preview_id=preview_id,
            request_id=request_id,
        )
        end = time.monotonic() + wait_seconds
        order = yield from self._call(methods.CREATE_ORDER, request)
        while order.status == order_pb2.Order.PENDING and time.monotonic() < end:
            yield Sleep(_PENDING_POLL_SECONDS)
            order = yield from self._call(methods.CREATE_ORDER, request)
        return order

    @Operation
    def preview_order(
        self,
        side: Side,
        asset_id: str,
        quantity: Amount = "",
        *,
        quote_amount: Amount = "",
        sell_all: bool = False,
    ) -> Plan[order_service_pb2.PreviewOrderResponse]:
        """Returns what an order would cost, and why it would be refused."""
        request = order_service_pb2.PreviewOrderRequest(
            side=_Side.Value(side),
            asset_id=asset_id,
            quantity=decimal_text(quantity),
            quote_amount=decimal_text(quote_amount),
            sell_all=sell_all,
        )
        return self._call(methods.PREVIEW_ORDER, request)

    @Operation
    def get_order(self, order_id: str) -> Plan[order_pb2.Order]:
        """Gets one order."""
        return self._call(methods.GET_ORDER, order_service_pb2.GetOrderRequest(order_id=order_id))

    @Operation
    def get_order_by_request_id(self, request_id: str) -> Plan[order_pb2.Order]:
        """Gets the order that a request has made."""
        request = order_service_pb2.GetOrderByRequestIdRequest(request_id=request_id)
        return self._call(methods.GET_ORDER_BY_REQUEST_ID, request)

    @Listing
    def list_orders(
        self,
        *,
        status: OrderStatus | None = None,
        asset_id: str = "",
        side: Side | None = None,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        page_size: int = 0,
    ) -> Pages[order_pb2.Order]:
        """Lists the orders, newest first: those accepted from `start_time` on that were before `end_time`."""
        request = order_service_pb2.ListOrdersRequest(
            status=_Status.Value(status or "STATUS_UNSPECIFIED"),
            asset_id=asset_id,
            side=_Side.Value(side or "SIDE_UNSPECIFIED"),
            start_time=timestamp(start_time),
            end_time=timestamp(end_time),
            page_size=page_size,
        )
        return self._pages(methods.LIST_ORDERS, request, lambda page: page.orders)

    @Listing
    def list_asset_transactions(
        self, asset_id: str, *, page_size: int = 0
    ) -> Pages[order_service_pb2.AssetTransaction]:
        """Lists the fills of one asset, newest first."""
        request = order_service_pb2.ListAssetTransactionsRequest(asset_id=asset_id, page_size=page_size)
        return self._pages(methods.LIST_ASSET_TRANSACTIONS, request, lambda page: page.transactions)

    # --- helpers ---

    def _call(self, method: Method[Req, Res], request: Req) -> Plan[Res]:
        return self._session.call(method, request, self._timeout_seconds)

    def _pages(self, method: Method[Any, Page], request: Any, items: Callable[[Page], Sequence[T]]) -> Pages[T]:
        """The pages of a list. Each page has the deadline of a call."""

        def fetch(token: str) -> Plan[tuple[Sequence[T], str]]:
            request.page_token = token
            page = yield from self._call(method, request)
            return items(page), page.next_page_token

        return Pages(fetch)


def decimal_text(amount: Amount) -> str:
    """Formats an amount as in the contract. Raises TypeError for a float, which is not exact."""
    if isinstance(amount, str):
        return amount
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int):
        raise TypeError(f"an amount must be a str, Decimal or int, not {type(amount).__name__}")
    return format(amount, "f") if isinstance(amount, Decimal) else str(amount)


def timestamp(moment: datetime | None) -> Timestamp | None:
    """Converts a time for the wire. Raises ValueError for one without a time zone."""
    if moment is None:
        return None
    if moment.utcoffset() is None:
        raise ValueError("a time must have a time zone, as datetime.now(UTC) has")
    message = Timestamp()
    message.FromDatetime(moment)
    return message
