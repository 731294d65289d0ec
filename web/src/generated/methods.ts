// Made from gen/ by `npm run generate`.

export interface Method {
  /** The name of the RPC, for messages and logs. */
  readonly rpc: string;
  readonly isPublic?: true;
  readonly isAdmin?: true;
  /** Whether it has a request_id. */
  readonly isKeyed?: true;
  /** Absent for streams. */
  readonly timeoutMs?: number;
  readonly retry?: Retry;
}

export interface Retry {
  readonly attemptsMax: number;
  readonly firstPauseMs: number;
  readonly pauseMsMax: number;
  readonly multiplier: number;
  readonly codes: readonly string[];
}

const retry1: Retry = {"attemptsMax":4,"firstPauseMs":200,"pauseMsMax":2000,"multiplier":2,"codes":["UNAVAILABLE"]};

export const methods: Readonly<Record<string, Method>> = {
  "post /api/v1/auth/register": {"rpc":"AuthService/Register","isPublic":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/auth/login": {"rpc":"AuthService/Login","isPublic":true,"timeoutMs":10000},
  "post /api/v1/auth/refresh": {"rpc":"AuthService/RefreshToken","isPublic":true,"timeoutMs":10000},
  "post /api/v1/auth/logout": {"rpc":"AuthService/Logout","timeoutMs":10000},
  "post /api/v1/auth/password": {"rpc":"AuthService/ChangePassword","timeoutMs":10000},
  "get /api/v1/auth/sessions": {"rpc":"AuthService/ListSessions","timeoutMs":10000,"retry":retry1},
  "delete /api/v1/auth/sessions/{session_id}": {"rpc":"AuthService/RevokeSession","timeoutMs":10000},
  "get /.well-known/jwks.json": {"rpc":"AuthService/GetJwks","isPublic":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/balance": {"rpc":"AccountService/GetBalance","timeoutMs":10000,"retry":retry1},
  "post /api/v1/balance/deposit": {"rpc":"AccountService/Deposit","isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/balance/withdraw": {"rpc":"AccountService/Withdraw","isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/balance/transactions": {"rpc":"AccountService/ListTransactions","timeoutMs":10000,"retry":retry1},
  "get /api/v1/balance/asset/{asset_id}": {"rpc":"AccountService/GetHolding","timeoutMs":10000,"retry":retry1},
  "get /api/v1/assets/balances": {"rpc":"AccountService/ListHoldings","timeoutMs":10000,"retry":retry1},
  "get /api/v1/portfolio": {"rpc":"AccountService/GetPortfolio","timeoutMs":10000,"retry":retry1},
  "get /api/v1/auth/audit": {"rpc":"AuditService/ListMyAuditEvents","timeoutMs":10000,"retry":retry1},
  "get /api/v1/inventory/assets": {"rpc":"InventoryService/ListAssets","isPublic":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/inventory/assets/{asset_id}": {"rpc":"InventoryService/GetAsset","isPublic":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/inventory/market": {"rpc":"InventoryService/GetMarket","isPublic":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/inventory/assets/{asset_id}/candles": {"rpc":"InventoryService/ListCandles","isPublic":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/inventory/prices:watch": {"rpc":"InventoryService/WatchPrices","isPublic":true,"retry":retry1},
  "get /api/v1/inventory/assets/{asset_id}/prices": {"rpc":"InventoryService/ListPrices","isPublic":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/orders": {"rpc":"OrderService/ListOrders","timeoutMs":10000,"retry":retry1},
  "post /api/v1/orders": {"rpc":"OrderService/CreateOrder","isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/orders:preview": {"rpc":"OrderService/PreviewOrder","timeoutMs":10000,"retry":retry1},
  "get /api/v1/orders/{order_id}": {"rpc":"OrderService/GetOrder","timeoutMs":10000,"retry":retry1},
  "get /api/v1/orders:byRequestId": {"rpc":"OrderService/GetOrderByRequestId","timeoutMs":10000,"retry":retry1},
  "get /api/v1/orders:watch": {"rpc":"OrderService/WatchOrders","retry":retry1},
  "get /api/v1/watch": {"rpc":"OrderService/Watch","retry":retry1},
  "get /api/v1/assets/{asset_id}/transactions": {"rpc":"OrderService/ListAssetTransactions","timeoutMs":10000,"retry":retry1},
  "get /api/v1/auth/me": {"rpc":"UserService/GetProfile","timeoutMs":10000,"retry":retry1},
  "put /api/v1/auth/me": {"rpc":"UserService/UpdateProfile","timeoutMs":10000,"retry":retry1},
  "patch /api/v1/auth/me": {"rpc":"UserService/UpdateProfile","timeoutMs":10000,"retry":retry1},
  "get /api/v1/auth/profile": {"rpc":"UserService/GetProfile","timeoutMs":10000,"retry":retry1},
  "put /api/v1/auth/profile": {"rpc":"UserService/UpdateProfile","timeoutMs":10000,"retry":retry1},
  "patch /api/v1/auth/profile": {"rpc":"UserService/UpdateProfile","timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/assets": {"rpc":"AssetAdminService/CreateAsset","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "patch /api/v1/admin/assets/{asset_id}": {"rpc":"AssetAdminService/UpdateAsset","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/assets/{asset_id}:setActive": {"rpc":"AssetAdminService/SetAssetActive","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/assets/{asset_id}:setPrice": {"rpc":"AssetAdminService/SetPrice","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/assets/{asset_id}:setTradingStatus": {"rpc":"AssetAdminService/SetTradingStatus","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/market:setHalted": {"rpc":"AssetAdminService/SetMarketHalted","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/admin/house": {"rpc":"AssetAdminService/GetHouse","isAdmin":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/assets/{asset_id}:restock": {"rpc":"AssetAdminService/Restock","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/admin/audit": {"rpc":"AuditAdminService/ListAuditEvents","isAdmin":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/admin/orders:quarantined": {"rpc":"OrderAdminService/ListQuarantinedOrders","isAdmin":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/orders/{order_id}:release": {"rpc":"OrderAdminService/ReleaseOrder","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/orders/{order_id}:fail": {"rpc":"OrderAdminService/FailOrder","isAdmin":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/admin/users": {"rpc":"UserAdminService/ListUsers","isAdmin":true,"timeoutMs":10000,"retry":retry1},
  "get /api/v1/admin/users/{user_id}": {"rpc":"UserAdminService/GetUser","isAdmin":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/users/{user_id}:disable": {"rpc":"UserAdminService/DisableUser","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "post /api/v1/admin/users/{user_id}:enable": {"rpc":"UserAdminService/EnableUser","isAdmin":true,"isKeyed":true,"timeoutMs":10000,"retry":retry1},
  "get /health": {"rpc":"Edge/Health","isPublic":true,"timeoutMs":10000},
};
