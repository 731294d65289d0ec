"""Who may call what. Written by hand, not read from the contracts, so that tests notice changes there."""

from __future__ import annotations

CALLERS = {
    "no token", "the owner", "another user", "an admin", "an expired token", "a token of a session that has ended",
    "a wrong mesh identity",
}  # fmt: skip
WAYS = ("REST", "gRPC at the edge", "gRPC-Web", "gRPC at the service's port")

# All methods, by who may call them.
METHODS = {
    "public": {
        "cnop.inventory.v1.InventoryService": {
            "ListAssets", "GetAsset", "GetMarket", "ListCandles", "WatchPrices", "ListPrices",
        },
        "cnop.user.v1.AuthService": {"Register", "Login", "RefreshToken", "GetJwks"},
    },
    "users": {
        "cnop.order.v1.OrderService": {
            "CreateOrder", "PreviewOrder", "GetOrder", "GetOrderByRequestId", "ListOrders", "ListAssetTransactions",
            "WatchOrders", "Watch",
        },
        "cnop.user.v1.AccountService": {
            "GetBalance", "Deposit", "Withdraw", "ListTransactions", "GetHolding", "ListHoldings", "GetPortfolio",
        },
        "cnop.user.v1.AuditService": {"ListMyAuditEvents"},
        "cnop.user.v1.AuthService": {"Logout", "ChangePassword", "ListSessions", "RevokeSession"},
        "cnop.user.v1.UserService": {"GetProfile", "UpdateProfile"},
    },
    "admins": {
        "cnop.inventory.v1.AssetAdminService": {
            "CreateAsset", "UpdateAsset", "SetAssetActive", "SetPrice", "SetTradingStatus", "SetMarketHalted",
            "GetHouse", "Restock",
        },
        "cnop.order.v1.OrderAdminService": {"ListQuarantinedOrders", "ReleaseOrder", "FailOrder"},
        "cnop.user.v1.AuditAdminService": {"ListAuditEvents"},
        "cnop.user.v1.UserAdminService": {"ListUsers", "GetUser", "DisableUser", "EnableUser"},
    },
    "named parts of the mesh": {
        "cnop.inventory.v1.StockService": {"BatchGetQuotes", "GetPriceFrame", "TakeStock", "ReturnStock"},
        "cnop.user.v1.AuditLogService": {"RecordEvent", "RecordRefusal"},
        "cnop.user.v1.SessionService": {"ListRevocations"},
        "cnop.user.v1.SettlementService": {"SettleTrade", "VoidTrade"},
    },
    "the edge": {"envoy.service.ratelimit.v3.RateLimitService": {"ShouldRateLimit"}},
    "all parts of the mesh": {
        "grpc.health.v1.Health": {"Check", "List", "Watch"},
        "grpc.reflection.v1alpha.ServerReflection": {"ServerReflectionInfo"},
    },
}  # fmt: skip

# Methods that take the session of a browser from a cookie. Such a call of a method for users needs no token.
WITH_COOKIE = {f"/cnop.user.v1.AuthService/{method}" for method in ("Login", "RefreshToken", "Logout")}

OPEN = ""
NOWHERE = "ROUTE_NOT_FOUND"
TOKEN, EXPIRED, REVOKED = "TOKEN_MISSING", "TOKEN_EXPIRED", "TOKEN_REVOKED"
ROLE, MESH = "ROLE_REQUIRED", "MESH_IDENTITY_REQUIRED"

# The reason of the refusal, or OPEN: by policy, by caller, in the order of WAYS. At a service's port all
# callers except the wrong mesh identity present the certificate of the edge.
VERDICTS = {
    "public": {
        "no token": (OPEN, OPEN, OPEN, OPEN),
        "the owner": (OPEN, OPEN, OPEN, OPEN),
        "another user": (OPEN, OPEN, OPEN, OPEN),
        "an admin": (OPEN, OPEN, OPEN, OPEN),
        "an expired token": (OPEN, OPEN, OPEN, OPEN),
        "a token of a session that has ended": (OPEN, OPEN, OPEN, OPEN),
        "a wrong mesh identity": (OPEN, OPEN, OPEN, MESH),
    },
    "users": {
        "no token": (TOKEN, TOKEN, TOKEN, TOKEN),
        "the owner": (OPEN, OPEN, OPEN, OPEN),
        "another user": (OPEN, OPEN, OPEN, OPEN),
        "an admin": (OPEN, OPEN, OPEN, OPEN),
        "an expired token": (EXPIRED, EXPIRED, EXPIRED, EXPIRED),
        "a token of a session that has ended": (REVOKED, REVOKED, REVOKED, REVOKED),
        "a wrong mesh identity": (TOKEN, TOKEN, TOKEN, MESH),
    },
    "admins": {
        "no token": (TOKEN, TOKEN, TOKEN, TOKEN),
        "the owner": (ROLE, ROLE, ROLE, ROLE),
        "another user": (ROLE, ROLE, ROLE, ROLE),
        "an admin": (OPEN, OPEN, OPEN, OPEN),
        "an expired token": (EXPIRED, EXPIRED, EXPIRED, EXPIRED),
        "a token of a session that has ended": (REVOKED, REVOKED, REVOKED, REVOKED),
        "a wrong mesh identity": (TOKEN, TOKEN, TOKEN, MESH),
    },
    "named parts of the mesh": {
        "no token": (NOWHERE, NOWHERE, NOWHERE, MESH),
        "the owner": (NOWHERE, NOWHERE, NOWHERE, MESH),
        "another user": (NOWHERE, NOWHERE, NOWHERE, MESH),
        "an admin": (NOWHERE, NOWHERE, NOWHERE, MESH),
        "an expired token": (NOWHERE, NOWHERE, NOWHERE, MESH),
        "a token of a session that has ended": (NOWHERE, NOWHERE, NOWHERE, MESH),
        "a wrong mesh identity": (NOWHERE, NOWHERE, NOWHERE, MESH),
    },
    "the edge": {
        "no token": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "the owner": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "another user": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "an admin": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "an expired token": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "a token of a session that has ended": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "a wrong mesh identity": (NOWHERE, NOWHERE, NOWHERE, MESH),
    },
    "all parts of the mesh": {
        "no token": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "the owner": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "another user": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "an admin": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "an expired token": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "a token of a session that has ended": (NOWHERE, NOWHERE, NOWHERE, OPEN),
        "a wrong mesh identity": (NOWHERE, NOWHERE, NOWHERE, MESH),
    },
}

KIND_OF = {
    f"/{service}/{method}": kind
    for kind, services in METHODS.items()
    for service, methods in services.items()
    for method in methods
}


def verdict(path: str, caller: str, way: str) -> str:
    """Returns the expected reason, or OPEN. Raises KeyError or ValueError for a cell that is not in the table."""
    return VERDICTS[KIND_OF[path]][caller][WAYS.index(way)]
