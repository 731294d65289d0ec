"""The methods that this package calls. Their access policies and request ids are read from the contracts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from cnop.access.v1 import access_pb2
from cnop.inventory.v1 import asset_pb2, inventory_service_pb2
from cnop.order.v1 import order_pb2, order_service_pb2
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2,
    audit_service_pb2,
    auth_service_pb2,
    profile_pb2,
    user_service_pb2,
)
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.message import Message

Req = TypeVar("Req", bound=Message)
Res = TypeVar("Res", bound=Message)


@dataclass(frozen=True)
class Method(Generic[Req, Res]):
    """A method: its gRPC path, and the types of its request and reply."""

    path: str
    request: type[Req]
    reply: type[Res]

    @property
    def name(self) -> str:
        """The full name in the contracts."""
        return self.path[1:].replace("/", ".")

    @cached_property
    def is_for_users(self) -> bool:
        """Whether the method requires an access token."""
        return bool(self._options.Extensions[access_pb2.policy].caller != access_pb2.Policy.PUBLIC)

    @cached_property
    def _options(self) -> descriptor_pb2.MethodOptions:
        return descriptor_pool.Default().FindMethodByName(self.name).GetOptions()

    @cached_property
    def has_request_id(self) -> bool:
        """Whether the request has a request_id, so that a replay gets the first answer and has no second effect."""
        return "request_id" in self.request.DESCRIPTOR.fields_by_name and not self._options.idempotency_level


def _auth(name: str, request: type[Req], reply: type[Res]) -> Method[Req, Res]:
    return Method(f"/cnop.user.v1.AuthService/{name}", request, reply)


def _user(name: str, request: type[Req], reply: type[Res]) -> Method[Req, Res]:
    return Method(f"/cnop.user.v1.UserService/{name}", request, reply)


def _account(name: str, request: type[Req], reply: type[Res]) -> Method[Req, Res]:
    return Method(f"/cnop.user.v1.AccountService/{name}", request, reply)


def _inventory(name: str, request: type[Req], reply: type[Res]) -> Method[Req, Res]:
    return Method(f"/cnop.inventory.v1.InventoryService/{name}", request, reply)


def _order(name: str, request: type[Req], reply: type[Res]) -> Method[Req, Res]:
    return Method(f"/cnop.order.v1.OrderService/{name}", request, reply)


REGISTER = _auth("Register", auth_service_pb2.RegisterRequest, profile_pb2.Profile)
LOGIN = _auth("Login", auth_service_pb2.LoginRequest, auth_service_pb2.LoginResponse)
REFRESH = _auth("RefreshToken", auth_service_pb2.RefreshTokenRequest, auth_service_pb2.LoginResponse)
LOGOUT = _auth("Logout", auth_service_pb2.LogoutRequest, auth_service_pb2.LogoutResponse)
CHANGE_PASSWORD = _auth(
    "ChangePassword", auth_service_pb2.ChangePasswordRequest, auth_service_pb2.ChangePasswordResponse
)
LIST_SESSIONS = _auth("ListSessions", auth_service_pb2.ListSessionsRequest, auth_service_pb2.ListSessionsResponse)
REVOKE_SESSION = _auth("RevokeSession", auth_service_pb2.RevokeSessionRequest, auth_service_pb2.RevokeSessionResponse)

GET_PROFILE = _user("GetProfile", user_service_pb2.GetProfileRequest, profile_pb2.Profile)
UPDATE_PROFILE = _user("UpdateProfile", user_service_pb2.UpdateProfileRequest, profile_pb2.Profile)
LIST_MY_AUDIT_EVENTS = Method(
    "/cnop.user.v1.AuditService/ListMyAuditEvents",
    audit_service_pb2.ListMyAuditEventsRequest,
    audit_service_pb2.ListMyAuditEventsResponse,
)

GET_BALANCE = _account("GetBalance", account_service_pb2.GetBalanceRequest, account_pb2.Balance)
DEPOSIT = _account("Deposit", account_service_pb2.DepositRequest, account_pb2.Transaction)
WITHDRAW = _account("Withdraw", account_service_pb2.WithdrawRequest, account_pb2.Transaction)
LIST_TRANSACTIONS = _account(
    "ListTransactions", account_service_pb2.ListTransactionsRequest, account_service_pb2.ListTransactionsResponse
)
GET_HOLDING = _account("GetHolding", account_service_pb2.GetHoldingRequest, account_pb2.Holding)
LIST_HOLDINGS = _account(
    "ListHoldings", account_service_pb2.ListHoldingsRequest, account_service_pb2.ListHoldingsResponse
)
GET_PORTFOLIO = _account("GetPortfolio", account_service_pb2.GetPortfolioRequest, account_pb2.Portfolio)

LIST_ASSETS = _inventory(
    "ListAssets", inventory_service_pb2.ListAssetsRequest, inventory_service_pb2.ListAssetsResponse
)
GET_ASSET = _inventory("GetAsset", inventory_service_pb2.GetAssetRequest, asset_pb2.Asset)
GET_MARKET = _inventory("GetMarket", inventory_service_pb2.GetMarketRequest, asset_pb2.Market)
LIST_CANDLES = _inventory(
    "ListCandles", inventory_service_pb2.ListCandlesRequest, inventory_service_pb2.ListCandlesResponse
)
LIST_PRICES = _inventory(
    "ListPrices", inventory_service_pb2.ListPricesRequest, inventory_service_pb2.ListPricesResponse
)

WATCH_PRICES = _inventory(
    "WatchPrices", inventory_service_pb2.WatchPricesRequest, inventory_service_pb2.WatchPricesResponse
)

CREATE_ORDER = _order("CreateOrder", order_service_pb2.CreateOrderRequest, order_pb2.Order)
PREVIEW_ORDER = _order("PreviewOrder", order_service_pb2.PreviewOrderRequest, order_service_pb2.PreviewOrderResponse)
GET_ORDER_BY_REQUEST_ID = _order("GetOrderByRequestId", order_service_pb2.GetOrderByRequestIdRequest, order_pb2.Order)
GET_ORDER = _order("GetOrder", order_service_pb2.GetOrderRequest, order_pb2.Order)
LIST_ORDERS = _order("ListOrders", order_service_pb2.ListOrdersRequest, order_service_pb2.ListOrdersResponse)
LIST_ASSET_TRANSACTIONS = _order(
    "ListAssetTransactions",
    order_service_pb2.ListAssetTransactionsRequest,
    order_service_pb2.ListAssetTransactionsResponse,
)
WATCH_ORDERS = _order("WatchOrders", order_service_pb2.WatchOrdersRequest, order_service_pb2.WatchOrdersResponse)
WATCH = _order("Watch", order_service_pb2.WatchRequest, order_service_pb2.WatchResponse)
