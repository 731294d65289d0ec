// Made from gen/ by `npm run generate`.

export interface paths {
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers a user with an empty account
         * @description After UNAVAILABLE it is unknown whether the user was registered: send the request again with the same request_id. The ErrorInfo of the error contains it, also if the service generated it.
         *
         *     Returns INVALID_ARGUMENT (INVALID_FIELD) if a field breaks its rule, or the password is too common or contains the username, ALREADY_EXISTS (USERNAME_TAKEN, EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED), and RESOURCE_EXHAUSTED (RATE_LIMITED) and UNAVAILABLE (OVERLOADED) as Login does.
         *
         *     Public. Rate class: AUTH.
         */
        post: operations["AuthService_Register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs a user in and starts a session
         * @description A user has at most 20 sessions; a new one ends the least recently used.
         *
         *     Returns UNAUTHENTICATED (BAD_CREDENTIALS) for an unknown user and for a wrong password alike, and PERMISSION_DENIED (ACCOUNT_DISABLED) if the password is right but the account is disabled. Wrong passwords delay the next attempt, longer each time, whether the user exists or not: RESOURCE_EXHAUSTED (RATE_LIMITED) with retry_after_seconds, over HTTP also in the retry-after header.
         *
         *     While too many passwords wait to be checked, returns UNAVAILABLE (OVERLOADED) with retry_after_seconds. Such an attempt is not counted. Known addresses and devices of the user (see refresh_token) have a share of their own.
         *
         *     With `x-cnop-session: cookie`, sets the cookie, and refresh_token in the response is empty. A browser keeps the cookie until it is closed or, with remember_me, until the session ends. Returns PERMISSION_DENIED (CROSS_SITE_REQUEST) to pages of other origins.
         *
         *     Public. Rate class: AUTH.
         */
        post: operations["AuthService_Login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchanges a refresh token for new tokens
         * @description A refresh token is valid for one call: the response contains the next one. The session ends 30 days after the sign-in, however often it is refreshed.
         *
         *     A refresh token that is used a second time has been stolen: the session ends for both holders.
         *
         *     Returns UNAUTHENTICATED (REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, SESSION_ENDED) and PERMISSION_DENIED (ACCOUNT_DISABLED). After UNAVAILABLE the token may be used up: another attempt then ends the session. A session is refreshed at most 30 times a minute; beyond that it returns RESOURCE_EXHAUSTED (RATE_LIMITED) with retry_after_seconds, and the token is not used up.
         *
         *     With `x-cnop-session: cookie`, the token is in the cookie, and so is the next one: refresh_token is empty in the request and in the response. A browser that reloads the page may miss a response, so the previous cookie gets the same next one again for 30 seconds, at most 5 times; after that it ends the session. After UNAVAILABLE, try again. Also returns UNAUTHENTICATED (REFRESH_TOKEN_MISSING) without a cookie, and PERMISSION_DENIED (CROSS_SITE_REQUEST) to pages of other origins.
         *
         *     Public. Rate class: SESSION.
         */
        post: operations["AuthService_RefreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the calling session
         * @description All services reject its tokens within one second. Has no effect if the session has ended already.
         *
         *     With `x-cnop-session: cookie`, ends the session of the cookie and clears it. An access token is neither needed nor read, so that a page can sign out after its access token has expired. Has no effect without a valid cookie. Returns PERMISSION_DENIED (CROSS_SITE_REQUEST) to pages of other origins.
         *
         *     For signed-in users. Rate class: SESSION.
         */
        post: operations["AuthService_Logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the password and ends all sessions of the user, including the calling one
         * @description Sign in again with the new password.
         *
         *     Returns INVALID_ARGUMENT (INVALID_FIELD) if the new password breaks a rule, is too common, contains the username or is the current one, UNAUTHENTICATED (BAD_CREDENTIALS) if the current password is wrong, and RESOURCE_EXHAUSTED (RATE_LIMITED) and UNAVAILABLE (OVERLOADED) as Login does.
         *
         *     For signed-in users. Rate class: AUTH.
         */
        post: operations["AuthService_ChangePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the active sessions of the calling user, most recently used first
         * @description For signed-in users. Rate class: SESSION.
         */
        get: operations["AuthService_ListSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends a session of the calling user, as Logout ends the calling session
         * @description Returns NOT_FOUND (SESSION_NOT_FOUND) if the user has no such session, or it has ended.
         *
         *     For signed-in users. Rate class: SESSION.
         */
        delete: operations["AuthService_RevokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets the public keys that verify access tokens, as a JSON Web Key Set (RFC 7517)
         * @description Public. Rate class: READ.
         */
        get: operations["AuthService_GetJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets the cash balance
         * @description For signed-in users. Rate class: READ.
         */
        get: operations["AccountService_GetBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balance/deposit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deposits dollars
         * @description After UNAVAILABLE it is unknown whether the deposit was made: send the request again with the same request_id. The ErrorInfo of the error contains it, also if the service generated it.
         *
         *     Returns FAILED_PRECONDITION (DAILY_LIMIT_REACHED) if the amount exceeds the daily limit, and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) if the request_id was used for another request.
         *
         *     For signed-in users. Rate class: MONEY.
         */
        post: operations["AccountService_Deposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balance/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraws dollars
         * @description After UNAVAILABLE it is unknown whether the withdrawal was made: send the request again, as for Deposit.
         *
         *     Returns FAILED_PRECONDITION (INSUFFICIENT_FUNDS, DAILY_LIMIT_REACHED) if the amount exceeds the available balance or the daily limit, and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) if the request_id was used for another request.
         *
         *     For signed-in users. Rate class: MONEY.
         */
        post: operations["AccountService_Withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balance/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the transactions of the ledger, newest first
         * @description For signed-in users. Rate class: READ.
         */
        get: operations["AccountService_ListTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balance/asset/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets the holding of an asset
         * @description Returns NOT_FOUND (HOLDING_NOT_FOUND) if the user holds none of it.
         *
         *     For signed-in users. Rate class: READ.
         */
        get: operations["AccountService_GetHolding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the holdings, ordered by asset id
         * @description For signed-in users. Rate class: READ.
         */
        get: operations["AccountService_ListHoldings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portfolio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets cash and holdings at market value, most valuable first
         * @description Returns UNAVAILABLE (DEPENDENCY_UNAVAILABLE) if there are no prices.
         *
         *     For signed-in users. Rate class: READ.
         */
        get: operations["AccountService_GetPortfolio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the events that concern the calling user or that this user caused, newest first
         * @description For signed-in users. Rate class: READ.
         */
        get: operations["AuditService_ListMyAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the assets that can be traded: those that are active
         * @description Public. Rate class: READ.
         */
        get: operations["InventoryService_ListAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/assets/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets an asset, with the quantity that is available now
         * @description Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist.
         *
         *     Public. Rate class: READ.
         */
        get: operations["InventoryService_GetAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/market": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets the state of the market as a whole
         * @description Public. Rate class: READ.
         */
        get: operations["InventoryService_GetMarket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/assets/{asset_id}/candles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the candles of an asset, oldest first: at most 1000
         * @description Without start_time, the last ones before end_time.
         *
         *     Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist, and UNAVAILABLE (PRICES_UNAVAILABLE) while there are no prices yet.
         *
         *     Public. Rate class: HISTORY.
         */
        get: operations["InventoryService_ListCandles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/prices:watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Streams prices: first those of all selected assets, then those that have changed
         * @description A client that reads slowly gets fewer messages, each with all that has changed. A heartbeat is sent when nothing else was for 15 seconds.
         *
         *     The last message says why the stream ends. A stream lasts at most 10 minutes: resume it with the last seq.
         *
         *     Returns RESOURCE_EXHAUSTED (TOO_MANY_STREAMS) if the user or the address has too many streams.
         *
         *     Public. Rate class: READ.
         */
        get: operations["InventoryService_WatchPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory/assets/{asset_id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the price history of an asset, newest first: the prices that admins have set
         * @description Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist.
         *
         *     Public. Rate class: READ.
         */
        get: operations["InventoryService_ListPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the orders, newest first
         * @description For signed-in users. Rate class: READ.
         */
        get: operations["OrderService_ListOrders"];
        put?: never;
        /**
         * Creates an order and fills it
         * @description Returns the order as COMPLETED, or as PENDING if a dependency stays unavailable: it will then complete or fail without the client, and a replay of the request returns its state. If even the table of orders is unavailable, it is unknown whether the order was stored; it is returned as PENDING, without price and times, and a replay with the request_id of the response returns the order, or creates it. An error is final: the order never takes effect. After UNAVAILABLE, this attempt has stored nothing.
         *
         *     Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist, FAILED_PRECONDITION (INSUFFICIENT_FUNDS, INSUFFICIENT_HOLDINGS, OUT_OF_STOCK, ASSET_INACTIVE, ASSET_HALTED, ASSET_SELL_ONLY, MARKET_HALTED, QUANTITY_INCREMENT, ORDER_VALUE_OUT_OF_RANGE, PRICE_OUT_OF_BOUNDS, PREVIEW_EXPIRED, ACCOUNT_NOT_FOUND, TRADE_VOIDED) if the order cannot be filled, ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) if the request_id was used for another order, and UNAVAILABLE (PRICES_UNAVAILABLE) if the current price is not known.
         *
         *     For signed-in users. Rate class: TRADE.
         */
        post: operations["OrderService_CreateOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders:preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calculates what an order would cost and what would prevent it
         * @description Has no effect.
         *
         *     Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist.
         *
         *     For signed-in users. Rate class: READ.
         */
        post: operations["OrderService_PreviewOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets an order
         * @description Returns NOT_FOUND (ORDER_NOT_FOUND) if the order does not exist or belongs to another user.
         *
         *     For signed-in users. Rate class: READ.
         */
        get: operations["OrderService_GetOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders:byRequestId": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets the order that a request has made, by its request_id
         * @description Returns NOT_FOUND (ORDER_NOT_FOUND) if there is none: the request has not been stored, but it may still be, as long as it is under way.
         *
         *     For signed-in users. Rate class: READ.
         */
        get: operations["OrderService_GetOrderByRequestId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders:watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Streams the orders of the user: first those that are open, then every change of one
         * @description The last message says why the stream ends. A stream lasts at most 10 minutes and ends with the session.
         *
         *     Returns RESOURCE_EXHAUSTED (TOO_MANY_STREAMS) if the user or the address has too many streams.
         *
         *     For signed-in users. Rate class: READ.
         */
        get: operations["OrderService_WatchOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Streams prices and the orders of the user in one stream, for browsers
         * @description The messages are those of InventoryService.WatchPrices and WatchOrders.
         *
         *     Returns RESOURCE_EXHAUSTED (TOO_MANY_STREAMS) if the user or the address has too many streams.
         *
         *     For signed-in users. Rate class: READ.
         */
        get: operations["OrderService_Watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assets/{asset_id}/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the fills of an asset, newest first
         * @description For signed-in users. Rate class: READ.
         */
        get: operations["OrderService_ListAssetTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets the profile
         * @description For signed-in users. Rate class: SESSION.
         */
        get: operations["UserService_GetProfile"];
        /**
         * Updates the fields of the profile that are set in the request
         * @description The request sets values, so it may be repeated and needs no request_id. PUT is the same as PATCH: fields that are not set keep their values.
         *
         *     Another e-mail address requires the current password: whoever has the address may get into the account. Returns INVALID_ARGUMENT (INVALID_FIELD) if it is missing, UNAUTHENTICATED (BAD_CREDENTIALS) if it is wrong, RESOURCE_EXHAUSTED (RATE_LIMITED) as Login does, and ALREADY_EXISTS (EMAIL_TAKEN) if the e-mail address is taken.
         *
         *     For signed-in users. Rate class: SESSION.
         *
         *     An alias of `UserService_UpdateProfile`.
         */
        put: operations["UserService_UpdateProfile_put_me"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Updates the fields of the profile that are set in the request
         * @description The request sets values, so it may be repeated and needs no request_id. PUT is the same as PATCH: fields that are not set keep their values.
         *
         *     Another e-mail address requires the current password: whoever has the address may get into the account. Returns INVALID_ARGUMENT (INVALID_FIELD) if it is missing, UNAUTHENTICATED (BAD_CREDENTIALS) if it is wrong, RESOURCE_EXHAUSTED (RATE_LIMITED) as Login does, and ALREADY_EXISTS (EMAIL_TAKEN) if the e-mail address is taken.
         *
         *     For signed-in users. Rate class: SESSION.
         */
        patch: operations["UserService_UpdateProfile"];
        trace?: never;
    };
    "/api/v1/auth/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets the profile
         * @description For signed-in users. Rate class: SESSION.
         *
         *     An alias of `UserService_GetProfile`.
         */
        get: operations["UserService_GetProfile_profile"];
        /**
         * Updates the fields of the profile that are set in the request
         * @description The request sets values, so it may be repeated and needs no request_id. PUT is the same as PATCH: fields that are not set keep their values.
         *
         *     Another e-mail address requires the current password: whoever has the address may get into the account. Returns INVALID_ARGUMENT (INVALID_FIELD) if it is missing, UNAUTHENTICATED (BAD_CREDENTIALS) if it is wrong, RESOURCE_EXHAUSTED (RATE_LIMITED) as Login does, and ALREADY_EXISTS (EMAIL_TAKEN) if the e-mail address is taken.
         *
         *     For signed-in users. Rate class: SESSION.
         *
         *     An alias of `UserService_UpdateProfile`.
         */
        put: operations["UserService_UpdateProfile_put_profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Updates the fields of the profile that are set in the request
         * @description The request sets values, so it may be repeated and needs no request_id. PUT is the same as PATCH: fields that are not set keep their values.
         *
         *     Another e-mail address requires the current password: whoever has the address may get into the account. Returns INVALID_ARGUMENT (INVALID_FIELD) if it is missing, UNAUTHENTICATED (BAD_CREDENTIALS) if it is wrong, RESOURCE_EXHAUSTED (RATE_LIMITED) as Login does, and ALREADY_EXISTS (EMAIL_TAKEN) if the e-mail address is taken.
         *
         *     For signed-in users. Rate class: SESSION.
         *
         *     An alias of `UserService_UpdateProfile`.
         */
        patch: operations["UserService_UpdateProfile_profile"];
        trace?: never;
    };
    "/api/v1/admin/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds an asset to the catalogue
         * @description The new asset has no stock and is inactive until it is restocked and activated.
         *
         *     Returns ALREADY_EXISTS (ASSET_EXISTS) if another asset has the symbol, and INVALID_ARGUMENT if max_supply is below circulating_supply, order_value_max below order_value_min, or price_increment above a tenth of the price.
         *
         *     Returns UNAVAILABLE (CHANGE_NOT_PUBLISHED) if the change is stored but not published yet.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["AssetAdminService_CreateAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/assets/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Updates the fields of an asset that are set in the request
         * @description Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist, and INVALID_ARGUMENT if max_supply would be below circulating_supply, order_value_max below order_value_min, or price_increment above a tenth of the price.
         *
         *     Returns UNAVAILABLE (CHANGE_NOT_PUBLISHED) if the change is stored but not published yet.
         *
         *     For admins. Rate class: TRADE.
         */
        patch: operations["AssetAdminService_UpdateAsset"];
        trace?: never;
    };
    "/api/v1/admin/assets/{asset_id}:setActive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Activates or deactivates an asset
         * @description An inactive asset is not listed and rejects new orders with ASSET_INACTIVE; pending orders are still filled.
         *
         *     Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist, and UNAVAILABLE (CHANGE_NOT_PUBLISHED) if the change is stored but not published yet.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["AssetAdminService_SetAssetActive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/assets/{asset_id}:setPrice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets the price of an asset and adds it to the price history
         * @description The next prices start there and move on from it.
         *
         *     Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist, and UNAVAILABLE (CHANGE_NOT_PUBLISHED) if the change is stored but not published yet.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["AssetAdminService_SetPrice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/assets/{asset_id}:setTradingStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets what may be done with an asset
         * @description Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist, and UNAVAILABLE (CHANGE_NOT_PUBLISHED) if the change is stored but not published yet.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["AssetAdminService_SetTradingStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/market:setHalted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Halts all trading, or resumes it
         * @description While it is halted, orders are rejected with MARKET_HALTED; pending orders are still filled.
         *
         *     Returns UNAVAILABLE (CHANGE_NOT_PUBLISHED) if the change is stored but not published yet.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["AssetAdminService_SetMarketHalted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/house": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets what the house has and what it has earned
         * @description For admins. Rate class: READ.
         */
        get: operations["AssetAdminService_GetHouse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/assets/{asset_id}:restock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a quantity to the stock of an asset
         * @description Returns NOT_FOUND (ASSET_NOT_FOUND) if the asset does not exist.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["AssetAdminService_Restock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the events of all users, or of one, newest first
         * @description With an actor_id, a page may be short or even empty before the last one: continue while there is a next_page_token.
         *
         *     For admins. Rate class: READ.
         */
        get: operations["AuditAdminService_ListAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders:quarantined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the quarantined orders, most recently changed first
         * @description For admins. Rate class: READ.
         */
        get: operations["OrderAdminService_ListQuarantinedOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders/{order_id}:release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Releases an order from quarantine and retries it
         * @description Returns the order as it is afterwards; a replay of the request_id has no second effect and returns the order as it is now. The release is recorded in the audit trail first.
         *
         *     Returns NOT_FOUND (ORDER_NOT_FOUND) if the order does not exist, and FAILED_PRECONDITION (ORDER_NOT_QUARANTINED) if it is not in quarantine.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["OrderAdminService_ReleaseOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders/{order_id}:fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fails a quarantined order and undoes its steps: the stock that it took returns to the house
         * @description Returns the failed order, also if it has failed before. The decision is recorded in the audit trail first.
         *
         *     Returns NOT_FOUND (ORDER_NOT_FOUND) if the order does not exist, and FAILED_PRECONDITION (ORDER_NOT_QUARANTINED, ORDER_SETTLED) if it is not in quarantine, or if its cash and holding have moved: such an order can only be completed, by releasing it.
         *
         *     For admins. Rate class: TRADE.
         */
        post: operations["OrderAdminService_FailOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists users, ordered by case-folded username
         * @description For admins. Rate class: READ.
         */
        get: operations["UserAdminService_ListUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gets a user
         * @description Returns NOT_FOUND (USER_NOT_FOUND) if the user does not exist.
         *
         *     For admins. Rate class: READ.
         */
        get: operations["UserAdminService_GetUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{user_id}:disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disables a user: prevents sign-in and ends all sessions
         * @description All services reject the user's tokens within one second. The user keeps all property. Has no effect if the user is disabled already.
         *
         *     Returns NOT_FOUND (USER_NOT_FOUND) if the user does not exist, FAILED_PRECONDITION (OWN_ACCOUNT) if the admin names itself, and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) if the same admin used the request_id for another change.
         *
         *     For admins. Rate class: AUTH.
         */
        post: operations["UserAdminService_DisableUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{user_id}:enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enables a user to sign in again
         * @description Has no effect if the user is not disabled.
         *
         *     Returns NOT_FOUND (USER_NOT_FOUND) if the user does not exist, and ALREADY_EXISTS (IDEMPOTENCY_KEY_REUSED) as DisableUser does.
         *
         *     For admins. Rate class: AUTH.
         */
        post: operations["UserAdminService_EnableUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Checks whether every service is serving
         * @description Public. Limited only by address, far above the other limits.
         */
        get: operations["Edge_Health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Request message for AuthService.Register. */
        RegisterRequest: {
            /**
             * @description The name to sign in with: 3 to 30 letters, digits and `_`. Unique, ignoring case.
             *
             *     It must be 3 to 30 characters of a-z, A-Z, 0-9 and _.
             */
            username: string;
            /**
             * Format: email
             * @description The e-mail address: at most 254 ASCII characters, so an international domain in its ASCII form (xn--...). Unique, ignoring case.
             *
             *     It must have ASCII characters only; write an international domain in its ASCII form, like xn--mnchen-3ya.de.
             */
            email: string;
            /**
             * Format: password
             * @description The password: at least 12 characters, at most 72 bytes in UTF-8 (the limit of bcrypt), not a common one, and without the username in it. It may be typed in any Unicode normal form: NFKC is what counts.
             *
             *     It must be at least 12 characters. It must be at most 72 bytes in UTF-8. It must not contain the character U+0000.
             */
            password: string;
            /**
             * @description The given name. Stored without spaces around it, and with one space between words.
             *
             *     It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks.
             */
            first_name: string;
            /**
             * @description The family name. Stored as the given name is.
             *
             *     It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks.
             */
            last_name: string;
            /**
             * @description The telephone number in international form, for example "+1 415 555 0100". It may have separators, and 00 instead of +. Stored in E.164 format: "+14155550100".
             *
             *     It must be empty or an international number like +1 415 555 0100: + or 00, the country code, and 7 to 15 digits in all. It must not contain (0), which is not dialled from abroad; leave it out, or write 0 where the country needs it.
             */
            phone?: string;
            /**
             * @description The date of birth, as YYYY-MM-DD. The user must be old enough: 13 years, unless the operator sets another age.
             *
             *     It must be empty or a date like 1990-12-31.
             */
            date_of_birth?: string;
            /** @description Whether the user agrees to marketing e-mails. */
            marketing_emails_consent?: boolean;
            /**
             * @description The idempotency key of the request: a replay with the same key returns the first response. If empty, the Idempotency-Key header is used; without either, the service generates one.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description The profile of a user, as shown to that user. No response contains the password. */
        Profile: {
            /** @description The id of the user. Opaque. */
            user_id: string;
            /** @description The name to sign in with, as the user wrote it. */
            username: string;
            /** @description The e-mail address. */
            email: string;
            /** @description The given name. */
            first_name: string;
            /** @description The family name. */
            last_name: string;
            /** @description The telephone number. Empty if none was given. */
            phone: string;
            /** @description The date of birth, as YYYY-MM-DD. Empty if none was given. */
            date_of_birth: string;
            /** @description Whether the user agrees to marketing e-mails. */
            marketing_emails_consent: boolean;
            /**
             * @description The role of the user.
             *
             *     - `ROLE_UNSPECIFIED`: Not set.
             *     - `CUSTOMER`: Trades on an account of its own.
             *     - `ADMIN`: Administers the system.
             * @enum {string}
             */
            role: "ROLE_UNSPECIFIED" | "CUSTOMER" | "ADMIN";
            /**
             * Format: date-time
             * @description The time of the registration.
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description The time of the last change of the profile.
             */
            updated_at?: string;
        };
        /** @description Request message for AuthService.Login. */
        LoginRequest: {
            /** @description The username. Case is ignored. */
            username: string;
            /**
             * Format: password
             * @description The password.
             */
            password: string;
            /**
             * Format: password
             * @description A refresh token that this device got at an earlier sign-in of the user, used up or not. It neither signs anyone in nor is used up: it identifies a known device, which need not wait for the wrong passwords of others. An invalid token is ignored. Must be empty with `x-cnop-session: cookie`: the cookie identifies the device.
             */
            refresh_token?: string;
            /** @description Whether the browser keeps the cookie after it is closed. Only for calls with `x-cnop-session: cookie`. */
            remember_me?: boolean;
        };
        /** @description Response message for AuthService.Login and AuthService.RefreshToken. */
        LoginResponse: {
            /** @description The access token, to be sent as `authorization: Bearer <token>`. */
            access_token: string;
            /** @description The refresh token for the next RefreshToken call. Opaque; protect it like the password. Empty if it is in the cookie. */
            refresh_token: string;
            /** @description The type of the access token. Always "Bearer". */
            token_type: string;
            /**
             * Format: int32
             * @description The lifetime of the access token, in seconds.
             */
            expires_in: number;
        };
        /** @description Request message for AuthService.RefreshToken. */
        RefreshTokenRequest: {
            /**
             * Format: password
             * @description The refresh token of the last response of Login or RefreshToken. Required, except with `x-cnop-session: cookie`, when it must be empty.
             */
            refresh_token?: string;
        };
        /** @description Request message for AuthService.Logout. */
        LogoutRequest: Record<string, never>;
        /** @description Response message for AuthService.Logout. */
        LogoutResponse: Record<string, never>;
        /** @description Request message for AuthService.ChangePassword. */
        ChangePasswordRequest: {
            /**
             * Format: password
             * @description The current password.
             */
            current_password: string;
            /**
             * Format: password
             * @description The new password, by the rules of Register. Not the current one.
             *
             *     It must be at least 12 characters. It must be at most 72 bytes in UTF-8. It must not contain the character U+0000.
             */
            new_password: string;
        };
        /** @description Response message for AuthService.ChangePassword. */
        ChangePasswordResponse: Record<string, never>;
        /** @description Response message for AuthService.ListSessions. */
        ListSessionsResponse: {
            /** @description The sessions, at most 20. */
            sessions: components["schemas"]["Session"][];
        };
        /** @description A session, started by a sign-in on one device. */
        Session: {
            /** @description The id of the session: the claim `sid` of its access tokens. */
            session_id: string;
            /** @description The user agent of the client that signed in. */
            device: string;
            /** @description The IP address from which the session was last used. */
            address: string;
            /**
             * Format: date-time
             * @description The time of the sign-in.
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description The time of the last refresh, or of the sign-in. That of a session in a browser's cookie is rounded down to a quarter of an hour.
             */
            last_used_at?: string;
            /**
             * Format: date-time
             * @description The time at which the session ends at the latest.
             */
            expires_at?: string;
            /** @description Whether this is the calling session. */
            is_current: boolean;
        };
        /** @description Response message for AuthService.RevokeSession. */
        RevokeSessionResponse: Record<string, never>;
        /** @description The cash of an account. */
        Balance: {
            /** @description The dollars of the account, available and held. */
            current_balance: string;
            /** @description The dollars that can be spent or withdrawn. */
            available_balance: string;
            /** @description The dollars that open orders hold. */
            held_balance: string;
            /** @description The currency. Always "USD". */
            currency: string;
            /**
             * Format: date-time
             * @description The time of the last change of the balance.
             */
            updated_at?: string;
        };
        /** @description Request message for AccountService.Deposit. */
        DepositRequest: {
            /**
             * @description The amount in dollars, above 0 and at most 1000000.00, with at most 2 decimals.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            amount: string;
            /**
             * @description The idempotency key of the request: a replay with the same key returns the first response, forever. If empty, the Idempotency-Key header is used; without either, the service generates one.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description An immutable entry of the ledger: one change of an account. */
        Transaction: {
            /** @description The id of the transaction. Opaque. */
            transaction_id: string;
            /**
             * @description The kind of change.
             *
             *     - `TYPE_UNSPECIFIED`: Not set.
             *     - `DEPOSIT`: Dollars paid in.
             *     - `WITHDRAWAL`: Dollars paid out.
             *     - `ORDER_PAYMENT`: Dollars paid for an asset.
             *     - `ORDER_SALE`: Dollars received for an asset.
             * @enum {string}
             */
            transaction_type: "TYPE_UNSPECIFIED" | "DEPOSIT" | "WITHDRAWAL" | "ORDER_PAYMENT" | "ORDER_SALE";
            /** @description The amount in dollars, negative if it left the account. That of a payment or a sale includes the fee. */
            amount: string;
            /** @description The current balance right after the transaction. */
            balance_after: string;
            /**
             * @description The state of the transaction.
             *
             *     - `STATUS_UNSPECIFIED`: Not set.
             *     - `COMPLETED`: Posted. Every entry of the ledger is.
             * @enum {string}
             */
            status: "STATUS_UNSPECIFIED" | "COMPLETED";
            /** @description The order of a payment or a sale. Empty otherwise. */
            order_id: string;
            /** @description The asset of a payment or a sale. Empty otherwise. */
            asset_id: string;
            /** @description The quantity of the asset, negative if it left the account. Empty unless it is a payment or a sale. */
            quantity: string;
            /**
             * Format: date-time
             * @description The time of the transaction.
             */
            created_at?: string;
            /** @description The fee of a payment or a sale, in dollars. Empty otherwise. */
            fee: string;
        };
        /** @description Request message for AccountService.Withdraw. */
        WithdrawRequest: {
            /**
             * @description The amount in dollars, above 0 and at most 1000000.00, with at most 2 decimals.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            amount: string;
            /**
             * @description The idempotency key of the request: a replay with the same key returns the first response, forever. If empty, the Idempotency-Key header is used; without either, the service generates one.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description Response message for AccountService.ListTransactions. */
        ListTransactionsResponse: {
            /** @description The transactions, newest first. With a filter, a page may be short or even empty before the last one: continue while there is a next_page_token. */
            transactions: components["schemas"]["Transaction"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description A user's holding of one asset. */
        Holding: {
            /** @description The symbol of the asset, for example "BTC". */
            asset_id: string;
            /** @description The name of the asset. Empty while the inventory is unavailable. */
            asset_name: string;
            /** @description The total quantity, available and held. */
            quantity: string;
            /** @description The quantity that can be sold. */
            available_quantity: string;
            /** @description The average cost of one unit, in dollars. */
            average_cost: string;
            /** @description The cost of the total quantity, in dollars. */
            cost_basis: string;
            /** @description The current price of one unit, in dollars. Empty while the inventory is unavailable. */
            current_price: string;
            /** @description The current value of the total quantity, in dollars. Empty while the inventory is unavailable. */
            market_value: string;
            /** @description The market value less the cost basis, in dollars. Empty while the inventory is unavailable. */
            unrealized_pnl: string;
            /** @description The share of the total value of the portfolio, in percent with 2 decimals. Set only in a portfolio. */
            percentage: string;
            /**
             * @description Where the price comes from. PRICE_SOURCE_UNSPECIFIED without a price.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
            /** @description Whether the price is too old to trade at. */
            is_price_stale: boolean;
        };
        /** @description Response message for AccountService.ListHoldings. */
        ListHoldingsResponse: {
            /** @description The holdings, ordered by asset id. */
            holdings: components["schemas"]["Holding"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description The cash and holdings of a user at market value. */
        Portfolio: {
            /** @description The value of cash and holdings, in dollars. */
            total_value: string;
            /** @description The current balance, in dollars. */
            cash: string;
            /** @description The value of the holdings, in dollars. */
            holdings_value: string;
            /** @description The cost of the holdings, in dollars. */
            cost_basis: string;
            /** @description The value of the holdings less their cost, in dollars. */
            unrealized_pnl: string;
            /** @description The holdings, most valuable first. */
            holdings: components["schemas"]["Holding"][];
            /**
             * @description Where the prices come from. PRICE_SOURCE_UNSPECIFIED without holdings.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
            /** @description Whether prices are too old to trade at. */
            is_price_stale: boolean;
        };
        /** @description Response message for AuditService.ListMyAuditEvents. */
        ListMyAuditEventsResponse: {
            /** @description The events of this page. */
            events: components["schemas"]["AuditEvent"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description An event of the audit trail, kept forever: who did what, when, from where, and with which outcome. */
        AuditEvent: {
            /** @description The id of the event. Opaque. */
            event_id: string;
            /** @description The kind of event: REGISTRATION, SIGN_IN, TOKEN_REFRESH, TOKEN_REFRESH_REPEATED, TOKEN_REUSE_DETECTED, LOGOUT, PASSWORD_CHANGE, PROFILE_CHANGE, SESSION_REVOKED, ACCESS, ROLE_CHANGE, USER_DISABLED, USER_ENABLED, ASSET_CREATED, ASSET_UPDATED, ASSET_ACTIVATED, ASSET_DEACTIVATED, ASSET_PRICED, ASSET_STATUS_SET, ASSET_RESTOCKED, MARKET_HALTED, MARKET_RESUMED, ORDER_RELEASED, ORDER_FAILED, SIGNING_KEY_ADDED, SIGNING_KEY_REMOVED. More may be added. */
            event: string;
            /** @description The outcome: DONE; INTENDED, for a change in another service that was about to be made and whose outcome is a separate event; or the reason of a refusal, for example BAD_CREDENTIALS. */
            outcome: string;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            occurred_at?: string;
            /** @description The user whom the event concerns. Empty for a sign-in under an unknown name. */
            user_id: string;
            /** @description The user who caused the event. Empty if unknown, as after a wrong password; "operator" for a command. */
            actor_id: string;
            /** @description The object of the event, for example "user:<id>", "asset:BTC", "order:<id>". */
            subject: string;
            /** @description The IP address of the client, if known. Users see only their own. */
            client_address: string;
            /** @description The user agent of the client, as claimed by it. Users see only their own. */
            user_agent: string;
            /** @description The id of the request in the access log. */
            request_id: string;
            /** @description Further facts by name, for example the new price of an asset. */
            facts: {
                [key: string]: string;
            };
        };
        /** @description Response message for InventoryService.ListAssets. */
        ListAssetsResponse: {
            /** @description The assets of this page. */
            assets: components["schemas"]["Asset"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
            /**
             * Format: int32
             * @description The number of matching assets on all pages.
             */
            total_size: number;
        };
        /** @description An asset that can be traded. */
        Asset: {
            /** @description The symbol of the asset, for example "BTC". */
            asset_id: string;
            /** @description The name of the asset, for example "Bitcoin". */
            name: string;
            /** @description A description of the asset in one or two sentences. */
            description: string;
            /** @description The category of the asset, for example "layer-1" or "defi". */
            category: string;
            /** @description The middle of bid and ask for one unit, in dollars with at most 8 decimals. */
            price_usd: string;
            /** @description The change of the price over the last 24 hours, in percent with 2 decimals. */
            price_change_percentage_24h: string;
            /** @description The price times the circulating supply, in dollars. */
            market_cap: string;
            /**
             * Format: int32
             * @description The rank by market capitalisation among the active assets, starting at 1. 0 if the asset is inactive.
             */
            market_cap_rank: number;
            /** @description The number of units in circulation. */
            circulating_supply: string;
            /** @description The maximum number of units that will ever exist. Empty if there is no limit. */
            max_supply: string;
            /** @description The quantity that can be bought now. In lists it may be some seconds old. */
            available_quantity: string;
            /** @description Whether the asset accepts new orders. */
            is_active: boolean;
            /** @description The URL of an image. Empty if there is none. */
            image: string;
            /**
             * Format: date-time
             * @description The time of the last change of the asset in the catalogue.
             */
            updated_at?: string;
            /** @description The step of the quantity of an order. */
            quantity_increment: string;
            /** @description The step of prices, in dollars. A price below ten steps moves in smaller ones. */
            price_increment: string;
            /** @description The smallest value of an order, in dollars. */
            order_value_min: string;
            /** @description The largest value of an order, in dollars. */
            order_value_max: string;
            /**
             * @description What may be done with the asset. HALTED while the asset is inactive or the whole market is halted.
             *
             *     - `TRADING_STATUS_UNSPECIFIED`: Not set.
             *     - `TRADING`: Buys and sells are accepted.
             *     - `SELL_ONLY`: Only sells are accepted: the asset is being delisted.
             *     - `HALTED`: No orders are accepted and none is filled.
             * @enum {string}
             */
            trading_status: "TRADING_STATUS_UNSPECIFIED" | "TRADING" | "SELL_ONLY" | "HALTED";
            /** @description The price at which a user sells one unit, in dollars. */
            bid: string;
            /** @description The price at which a user buys one unit, in dollars. */
            ask: string;
            /**
             * Format: int64
             * @description The sequence number of the prices. A later order is filled at this or a later sequence.
             */
            price_seq: string;
            /**
             * Format: date-time
             * @description The time of the prices.
             */
            price_as_of?: string;
            /**
             * @description Where the prices come from.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
            /** @description Whether the prices are too old to trade at. */
            is_price_stale: boolean;
            /** @description The highest price of the last 24 hours, in dollars. */
            high_24h: string;
            /** @description The lowest price of the last 24 hours, in dollars. */
            low_24h: string;
            /** @description The change of the price over the last 7 days, in percent with 2 decimals. Empty without so much history. */
            price_change_percentage_7d: string;
            /** @description The change of the price over the last 30 days, in percent with 2 decimals. Empty without so much history. */
            price_change_percentage_30d: string;
            /** @description The highest price since the history of the asset began, in dollars. */
            history_high: string;
            /** @description The lowest price since the history of the asset began, in dollars. */
            history_low: string;
            /** @description The value of the fills of the last 24 hours here, in dollars. It may be some minutes old. */
            volume_24h: string;
        };
        /** @description The market as a whole. */
        Market: {
            /** @description Whether all trading is halted. */
            is_halted: boolean;
            /**
             * @description Where the prices come from.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
            /**
             * Format: int64
             * @description The sequence number of the current prices.
             */
            price_seq: string;
            /**
             * Format: date-time
             * @description The time of the current prices.
             */
            price_as_of?: string;
            /** @description Whether the prices are too old to trade at. */
            is_price_stale: boolean;
        };
        /** @description Response message for InventoryService.ListCandles. */
        ListCandlesResponse: {
            /** @description The candles, oldest first. */
            candles: components["schemas"]["Candle"][];
            /**
             * @description Where the prices come from.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
        };
        /** @description The prices of an asset in an interval of time: of one unit, in dollars, the middle of bid and ask. */
        Candle: {
            /**
             * Format: date-time
             * @description The start of the interval.
             */
            start_time?: string;
            /** @description The first price. */
            open: string;
            /** @description The highest price. */
            high: string;
            /** @description The lowest price. */
            low: string;
            /** @description The last price. That of an interval that has not ended yet is the current one. */
            close: string;
        };
        /** @description A message of a stream of prices. */
        WatchPricesResponse: {
            /**
             * @description The kind of the message.
             *
             *     - `KIND_UNSPECIFIED`: Not set.
             *     - `SNAPSHOT`: The prices of all selected assets.
             *     - `DELTA`: The prices that have changed since the message before.
             *     - `HEARTBEAT`: Nothing has changed; the stream is alive.
             *     - `END`: The last message: end_reason says why the stream ends.
             * @enum {string}
             */
            kind: "KIND_UNSPECIFIED" | "SNAPSHOT" | "DELTA" | "HEARTBEAT" | "END";
            /**
             * Format: int64
             * @description The sequence number of the prices.
             */
            seq: string;
            /**
             * Format: date-time
             * @description The time of the prices.
             */
            as_of?: string;
            /**
             * @description Where the prices come from.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
            /** @description Whether the prices are too old to trade at. */
            is_stale: boolean;
            /** @description Whether all trading is halted. */
            is_halted: boolean;
            /** @description The prices, sorted by asset. */
            prices: components["schemas"]["WatchPricesResponse.Price"][];
            /** @description Why the stream ends: "MAX_AGE", "SLOW_CLIENT", "SHUTDOWN", "TOKEN_EXPIRED", "SESSION_REVOKED" or "DEPENDENCY_UNAVAILABLE". Empty before. */
            end_reason: string;
        };
        /** @description A price of one unit of an asset, in dollars. */
        "WatchPricesResponse.Price": {
            /** @description The symbol of the asset. */
            asset_id: string;
            /** @description The middle of bid and ask. */
            price_usd: string;
            /** @description The price at which a user sells. */
            bid: string;
            /** @description The price at which a user buys. */
            ask: string;
            /**
             * @description What may be done with the asset, unless all trading is halted (is_halted).
             *
             *     - `TRADING_STATUS_UNSPECIFIED`: Not set.
             *     - `TRADING`: Buys and sells are accepted.
             *     - `SELL_ONLY`: Only sells are accepted: the asset is being delisted.
             *     - `HALTED`: No orders are accepted and none is filled.
             * @enum {string}
             */
            trading_status: "TRADING_STATUS_UNSPECIFIED" | "TRADING" | "SELL_ONLY" | "HALTED";
        };
        /** @description Response message for InventoryService.ListPrices. */
        ListPricesResponse: {
            /** @description The prices, newest first. */
            prices: components["schemas"]["Price"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description The price of an asset from one moment on. */
        Price: {
            /** @description The price of one unit, in dollars with at most 8 decimals. */
            price_usd: string;
            /**
             * Format: date-time
             * @description The time from which the price applies.
             */
            effective_at?: string;
        };
        /** @description Request message for OrderService.CreateOrder. */
        CreateOrderRequest: {
            /**
             * @description The side of the order.
             *
             *     - `BUY`: The user pays dollars and gets the asset.
             *     - `SELL`: The user gives the asset and gets dollars.
             * @enum {string}
             */
            side: "BUY" | "SELL";
            /**
             * @description How the price is determined. Defaults to MARKET.
             *
             *     - `MARKET`: Filled immediately at the current price.
             * @enum {string}
             */
            type?: "MARKET";
            /**
             * @description The symbol of the asset, for example "BTC".
             *
             *     It must be 1 to 12 characters of A-Z and 0-9.
             */
            asset_id: string;
            /**
             * @description The quantity, above 0, with at most 8 decimals and a multiple of the quantity_increment of the asset. Either this, quote_amount or sell_all is required.
             *
             *     It must be a string of a number above 0, with at most 12 digits before and 8 after the point, like "0.05".
             */
            quantity?: string;
            /**
             * @description The worst price of one unit that the user accepts, in dollars: the highest for a buy, the lowest for a sell.
             *
             *     It must be a string of dollars above 0, with at most 9 digits before and 8 after the point.
             */
            limit_price?: string;
            /**
             * @description The price of one unit that the user saw, in dollars. The price may be worse by max_slippage.
             *
             *     It must be a string of dollars above 0, with at most 9 digits before and 8 after the point.
             */
            expected_price?: string;
            /**
             * @description How much worse than expected_price the price may be, in percent from 0 to 100 with at most 4 decimals. If empty, 5.
             *
             *     It must be a string of percent from 0 to 100, with at most 4 decimals.
             */
            max_slippage?: string;
            /**
             * @description The idempotency key of the request: a replay with the same key returns the first response, forever. If empty, the Idempotency-Key header is used; without either, the service generates one.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
            /**
             * @description The dollars to trade for, in place of a quantity: a buy pays at most this, with the fee; a sell brings at most this, before the fee. The quantity is rounded down to the quantity_increment of the asset.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            quote_amount?: string;
            /** @description Whether to sell all that the user has of the asset. Increments and order values do not limit it. */
            sell_all?: boolean;
            /** @description The preview_id of a preview of the same order. The price may then not be worse than the preview's worst_price. */
            preview_id?: string;
        };
        /**
         * @description A user's order to trade one asset for dollars.
         *
         *     PENDING is the only status that is not final: PENDING → COMPLETED | FAILED.
         */
        Order: {
            /** @description The id of the order. Opaque. */
            order_id: string;
            /**
             * @description The side of the order.
             *
             *     - `SIDE_UNSPECIFIED`: Not set.
             *     - `BUY`: The user pays dollars and gets the asset.
             *     - `SELL`: The user gives the asset and gets dollars.
             * @enum {string}
             */
            side: "SIDE_UNSPECIFIED" | "BUY" | "SELL";
            /**
             * @description How the price is determined.
             *
             *     - `TYPE_UNSPECIFIED`: Not set. A new order defaults to MARKET.
             *     - `MARKET`: Filled immediately at the current price.
             * @enum {string}
             */
            type: "TYPE_UNSPECIFIED" | "MARKET";
            /** @description The symbol of the asset, for example "BTC". */
            asset_id: string;
            /** @description The quantity of the asset. That of an order by quote_amount or sell_all is determined when the order is accepted. */
            quantity: string;
            /** @description The price of one unit, in dollars, locked when the order was accepted. Empty, like all else that is determined then, while it is unknown whether the order was stored. */
            price: string;
            /** @description The worst price that the user accepts, in dollars. Empty if none was given. */
            limit_price: string;
            /** @description The quantity times the price, in dollars: rounded to whole cents, up for a buy and down for a sell. */
            total_amount: string;
            /**
             * @description The state of the order.
             *
             *     - `STATUS_UNSPECIFIED`: Not set.
             *     - `PENDING`: Accepted at a locked price. The order will be completed or fail.
             *     - `COMPLETED`: Filled: cash, holding and stock were moved.
             *     - `FAILED`: Rejected: nothing was moved.
             * @enum {string}
             */
            status: "STATUS_UNSPECIFIED" | "PENDING" | "COMPLETED" | "FAILED";
            /** @description The reason of a failure, for example "INSUFFICIENT_FUNDS". Empty if the order has not failed. */
            failure_reason: string;
            /** @description The idempotency key of the request: the client's, or one that the service generated. */
            request_id: string;
            /**
             * Format: date-time
             * @description The time at which the order was accepted.
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description The time of the last change of the status.
             */
            updated_at?: string;
            /** @description The fee in dollars, rounded up to whole cents. total_amount excludes it. */
            fee: string;
            /** @description What a buy pays or a sell brings in all, in dollars: the total amount plus the fee, or less the fee. */
            net_amount: string;
            /** @description The amount in dollars that was ordered in place of a quantity. Empty if a quantity was. */
            quote_amount: string;
            /** @description Whether the whole position was sold. */
            sell_all: boolean;
            /**
             * Format: int64
             * @description The sequence number of the price.
             */
            price_seq: string;
            /**
             * @description Where the price comes from.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
        };
        /** @description Request message for OrderService.PreviewOrder. */
        PreviewOrderRequest: {
            /**
             * @description The side of the order.
             *
             *     - `BUY`: The user pays dollars and gets the asset.
             *     - `SELL`: The user gives the asset and gets dollars.
             * @enum {string}
             */
            side: "BUY" | "SELL";
            /**
             * @description The symbol of the asset, for example "BTC".
             *
             *     It must be 1 to 12 characters of A-Z and 0-9.
             */
            asset_id: string;
            /**
             * @description The quantity, above 0, with at most 8 decimals and a multiple of the quantity_increment of the asset. Either this, quote_amount or sell_all is required.
             *
             *     It must be a string of a number above 0, with at most 12 digits before and 8 after the point, like "0.05".
             */
            quantity?: string;
            /**
             * @description The dollars to trade for, in place of a quantity: a buy pays at most this, with the fee; a sell brings at most this, before the fee. The quantity is rounded down to the quantity_increment of the asset.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            quote_amount?: string;
            /** @description Whether to sell all that the user has of the asset. Increments and order values do not limit it. */
            sell_all?: boolean;
        };
        /** @description Response message for OrderService.PreviewOrder. */
        PreviewOrderResponse: {
            /** @description The current price of one unit, in dollars. */
            price: string;
            /** @description The quantity times the price, in dollars: rounded to whole cents, up for a buy and down for a sell. */
            total_amount: string;
            /** @description The reasons why the order would fail now, for example "INSUFFICIENT_FUNDS". Empty if it would be filled. */
            obstacles: string[];
            /** @description The fee in dollars, rounded up to whole cents. */
            fee: string;
            /** @description What a buy pays or a sell brings in all, in dollars: the total amount plus the fee, or less the fee. */
            net_amount: string;
            /** @description The quantity. */
            quantity: string;
            /** @description The worst price of one unit at which an order with the preview_id is filled, in dollars. */
            worst_price: string;
            /** @description Limits an order to the worst_price. It does not fix the price: an order is filled at the current one. */
            preview_id: string;
            /**
             * Format: date-time
             * @description The time at which the preview_id ends.
             */
            expires_at?: string;
            /**
             * Format: int64
             * @description The sequence number of the price.
             */
            price_seq: string;
            /**
             * @description Where the price comes from.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
        };
        /** @description Response message for OrderService.ListOrders. */
        ListOrdersResponse: {
            /** @description The orders, newest first. A page may be short or even empty before the last one: continue while there is a next_page_token. */
            orders: components["schemas"]["Order"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description A message of a stream of orders. */
        WatchOrdersResponse: {
            /**
             * @description The kind of the message.
             *
             *     - `KIND_UNSPECIFIED`: Not set.
             *     - `SNAPSHOT`: All open orders.
             *     - `CHANGE`: The orders that have changed.
             *     - `HEARTBEAT`: Nothing has changed; the stream is alive.
             *     - `END`: The last message: end_reason says why the stream ends.
             * @enum {string}
             */
            kind: "KIND_UNSPECIFIED" | "SNAPSHOT" | "CHANGE" | "HEARTBEAT" | "END";
            /** @description The orders. */
            orders: components["schemas"]["Order"][];
            /** @description Why the stream ends: "MAX_AGE", "SLOW_CLIENT", "SHUTDOWN", "TOKEN_EXPIRED", "SESSION_REVOKED" or "DEPENDENCY_UNAVAILABLE". Empty before. */
            end_reason: string;
        };
        /** @description A message of a stream of prices and orders. */
        WatchResponse: {
            /** @description A message about prices. */
            prices?: components["schemas"]["WatchPricesResponse"];
            /** @description A message about orders. The last message of the stream is one. */
            orders?: components["schemas"]["WatchOrdersResponse"];
        };
        /** @description Response message for OrderService.ListAssetTransactions. */
        ListAssetTransactionsResponse: {
            /** @description The fills, newest first. A page may be short or even empty before the last one: continue while there is a next_page_token. */
            transactions: components["schemas"]["AssetTransaction"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description A fill of an order. */
        AssetTransaction: {
            /** @description The order that was filled. */
            order_id: string;
            /** @description The symbol of the asset. */
            asset_id: string;
            /**
             * @description The side of the order.
             *
             *     - `SIDE_UNSPECIFIED`: Not set.
             *     - `BUY`: The user pays dollars and gets the asset.
             *     - `SELL`: The user gives the asset and gets dollars.
             * @enum {string}
             */
            side: "SIDE_UNSPECIFIED" | "BUY" | "SELL";
            /** @description The quantity of the asset. */
            quantity: string;
            /** @description The price of one unit, in dollars. */
            price: string;
            /** @description The quantity times the price, in dollars: rounded to whole cents, up for a buy and down for a sell. */
            total_amount: string;
            /**
             * Format: date-time
             * @description The time of the fill.
             */
            filled_at?: string;
            /** @description The fee in dollars. */
            fee: string;
            /** @description What a buy paid or a sell brought in all, in dollars. */
            net_amount: string;
        };
        /** @description Request message for UserService.UpdateProfile. Fields that are not set keep their values. An empty phone or date of birth removes the value. */
        UpdateProfileRequest: {
            /**
             * Format: email
             * @description The e-mail address, as in Register.
             *
             *     It must have ASCII characters only; write an international domain in its ASCII form, like xn--mnchen-3ya.de.
             */
            email?: string;
            /**
             * @description The given name, as in Register.
             *
             *     It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks.
             */
            first_name?: string;
            /**
             * @description The family name, as in Register.
             *
             *     It must be 1 to 50 letters, marks, spaces, apostrophes, dots, hyphens and slashes, and begin with a letter or an apostrophe. It must have a joiner (U+200C, U+200D) only between letters. It must not contain invisible letters or marks.
             */
            last_name?: string;
            /**
             * @description The telephone number, as in Register.
             *
             *     It must be empty or an international number like +1 415 555 0100: + or 00, the country code, and 7 to 15 digits in all. It must not contain (0), which is not dialled from abroad; leave it out, or write 0 where the country needs it.
             */
            phone?: string;
            /**
             * @description The date of birth, as in Register.
             *
             *     It must be empty or a date like 1990-12-31.
             */
            date_of_birth?: string;
            /** @description Whether the user agrees to marketing e-mails. */
            marketing_emails_consent?: boolean;
            /**
             * Format: password
             * @description The current password. Required only if the request changes the e-mail address to another one; case makes no other.
             */
            current_password?: string;
        };
        /** @description Request message for AssetAdminService.CreateAsset. */
        CreateAssetRequest: {
            /**
             * @description The symbol of the asset, for example "BTC".
             *
             *     It must be 1 to 12 characters of A-Z and 0-9.
             */
            asset_id: string;
            /**
             * @description The name of the asset.
             *
             *     It must be 1 to 50 letters, digits, spaces and . ' ( ) & / + -.
             */
            name: string;
            /**
             * @description A description of the asset in one or two sentences.
             *
             *     It must not contain control characters.
             */
            description?: string;
            /**
             * @description The category of the asset, for example "layer-1" or "defi".
             *
             *     It must be 1 to 40 characters of a-z, 0-9 and '-'.
             */
            category: string;
            /**
             * @description The price of one unit, in dollars.
             *
             *     It must be a string of dollars above 0, with at most 9 digits before and 8 after the point.
             */
            price_usd: string;
            /**
             * Format: int32
             * @description Ignored: the rank follows from the market capitalisation.
             */
            market_cap_rank?: number;
            /**
             * @description The number of units in circulation.
             *
             *     It must be a string of a number, with at most 15 digits before and 8 after the point.
             */
            circulating_supply: string;
            /**
             * @description The maximum number of units that will ever exist. Empty if there is no limit.
             *
             *     It must be empty or a string of a number above 0, with at most 15 digits before and 8 after the point.
             */
            max_supply?: string;
            /**
             * @description The URL of an image. Empty if there is none.
             *
             *     It must be empty or an https address of at most 500 characters.
             */
            image?: string;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
            /**
             * @description The step of the quantity of an order, a power of ten. If empty, 0.00000001.
             *
             *     It must be a power of ten from 0.00000001 to 1000000, like "0.001".
             */
            quantity_increment?: string;
            /**
             * @description The step of prices in dollars, a power of ten. If empty, 0.00000001.
             *
             *     It must be a power of ten from 0.00000001 to 1000000, like "0.001".
             */
            price_increment?: string;
            /**
             * @description The smallest value of an order, in dollars. If empty, 1.00.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            order_value_min?: string;
            /**
             * @description The largest value of an order, in dollars. If empty, 1000000.00.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            order_value_max?: string;
        };
        /** @description Request message for AssetAdminService.UpdateAsset. Fields that are not set keep their values. */
        UpdateAssetRequest: {
            /**
             * @description The name of the asset.
             *
             *     It must be 1 to 50 letters, digits, spaces and . ' ( ) & / + -.
             */
            name?: string;
            /**
             * @description A description of the asset in one or two sentences.
             *
             *     It must not contain control characters.
             */
            description?: string;
            /**
             * @description The category of the asset.
             *
             *     It must be 1 to 40 characters of a-z, 0-9 and '-'.
             */
            category?: string;
            /**
             * Format: int32
             * @description Ignored: the rank follows from the market capitalisation.
             */
            market_cap_rank?: number;
            /**
             * @description The number of units in circulation.
             *
             *     It must be a string of a number, with at most 15 digits before and 8 after the point.
             */
            circulating_supply?: string;
            /**
             * @description The maximum number of units that will ever exist. An empty value removes the limit.
             *
             *     It must be empty or a string of a number above 0, with at most 15 digits before and 8 after the point.
             */
            max_supply?: string;
            /**
             * @description The URL of an image. An empty value removes the image.
             *
             *     It must be empty or an https address of at most 500 characters.
             */
            image?: string;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
            /**
             * @description The step of the quantity of an order, a power of ten.
             *
             *     It must be a power of ten from 0.00000001 to 1000000, like "0.001".
             */
            quantity_increment?: string;
            /**
             * @description The step of prices in dollars, a power of ten.
             *
             *     It must be a power of ten from 0.00000001 to 1000000, like "0.001".
             */
            price_increment?: string;
            /**
             * @description The smallest value of an order, in dollars.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            order_value_min?: string;
            /**
             * @description The largest value of an order, in dollars.
             *
             *     It must be a string of dollars above 0 and at most 1000000.00, with at most 2 decimals, like "250.00".
             */
            order_value_max?: string;
        };
        /** @description Request message for AssetAdminService.SetAssetActive. */
        SetAssetActiveRequest: {
            /** @description Whether the asset accepts new orders. */
            is_active: boolean;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description Request message for AssetAdminService.SetPrice. */
        SetPriceRequest: {
            /**
             * @description The price of one unit, in dollars.
             *
             *     It must be a string of dollars above 0, with at most 9 digits before and 8 after the point.
             */
            price_usd: string;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description Request message for AssetAdminService.SetTradingStatus. */
        SetTradingStatusRequest: {
            /**
             * @description What may be done with the asset.
             *
             *     - `TRADING`: Buys and sells are accepted.
             *     - `SELL_ONLY`: Only sells are accepted: the asset is being delisted.
             *     - `HALTED`: No orders are accepted and none is filled.
             * @enum {string}
             */
            trading_status: "TRADING" | "SELL_ONLY" | "HALTED";
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description Request message for AssetAdminService.SetMarketHalted. */
        SetMarketHaltedRequest: {
            /** @description Whether all trading is halted. */
            is_halted: boolean;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description What the house has and what it has earned. Amounts are in dollars. */
        House: {
            /** @description The positions, most valuable first. */
            positions: components["schemas"]["House.Position"][];
            /** @description The value of all positions at current prices. */
            exposure: string;
            /** @description The value of all fills. */
            turnover: string;
            /** @description The fees of all fills. Those of an order that is being filled are included. */
            fee_income: string;
            /**
             * Format: int64
             * @description The sequence number of the prices.
             */
            price_seq: string;
            /**
             * @description Where the prices come from.
             *
             *     - `PRICE_SOURCE_UNSPECIFIED`: Not set.
             *     - `SIMULATED`: A simulated market. No real trade has taken place at these prices.
             *     - `FIXED`: The prices that admins set. They do not move on their own.
             *     - `EXCHANGE`: A public exchange.
             * @enum {string}
             */
            price_source: "PRICE_SOURCE_UNSPECIFIED" | "SIMULATED" | "FIXED" | "EXCHANGE";
        };
        /** @description The stock of an asset. */
        "House.Position": {
            /** @description The symbol of the asset. */
            asset_id: string;
            /** @description The quantity that the house has. */
            quantity: string;
            /** @description The price of one unit. */
            price_usd: string;
            /** @description The quantity times the price. */
            value: string;
            /** @description The value of all fills of the asset. */
            turnover: string;
            /** @description The fees of all fills of the asset. */
            fee_income: string;
        };
        /** @description Request message for AssetAdminService.Restock. */
        RestockRequest: {
            /**
             * @description The quantity, above 0, with at most 8 decimals.
             *
             *     It must be a string of a number above 0, with at most 12 digits before and 8 after the point, like "0.05".
             */
            quantity: string;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description Response message for AuditAdminService.ListAuditEvents. */
        ListAuditEventsResponse: {
            /** @description The events of this page. */
            events: components["schemas"]["AuditEvent"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description Response message for OrderAdminService.ListQuarantinedOrders. */
        ListQuarantinedOrdersResponse: {
            /** @description The orders of this page. */
            orders: components["schemas"]["QuarantinedOrder"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description An order in quarantine. */
        QuarantinedOrder: {
            /** @description The order. */
            order?: components["schemas"]["Order"];
            /** @description The user who placed the order. */
            user_id: string;
            /** @description The error that keeps the order from being finished. */
            reason: string;
            /**
             * Format: int32
             * @description The number of attempts to finish the order.
             */
            tries: number;
            /**
             * Format: date-time
             * @description The time at which the order was quarantined.
             */
            quarantined_at?: string;
        };
        /** @description Request message for OrderAdminService.ReleaseOrder. */
        ReleaseOrderRequest: {
            /**
             * Format: uuid
             * @description The user who placed the order.
             */
            user_id: string;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description Request message for OrderAdminService.FailOrder. */
        FailOrderRequest: {
            /**
             * Format: uuid
             * @description The user who placed the order.
             */
            user_id: string;
        };
        /** @description Response message for UserAdminService.ListUsers. */
        ListUsersResponse: {
            /** @description The users of this page. */
            users: components["schemas"]["User"][];
            /** @description The page_token of the next page. Empty on the last page. */
            next_page_token: string;
        };
        /** @description A user, as shown to admins. */
        User: {
            /** @description The profile of the user. */
            profile?: components["schemas"]["Profile"];
            /** @description Whether the user is prevented from signing in. */
            is_disabled: boolean;
        };
        /** @description Request message for UserAdminService.DisableUser. */
        DisableUserRequest: {
            /**
             * @description The reason, recorded in the audit trail. The user can read it.
             *
             *     It must not contain control characters.
             */
            reason?: string;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description Request message for UserAdminService.EnableUser. */
        EnableUserRequest: {
            /**
             * @description The reason, recorded in the audit trail. The user can read it.
             *
             *     It must not contain control characters.
             */
            reason?: string;
            /**
             * @description The idempotency key of the request: a replay with the same key has no second effect. If empty, the Idempotency-Key header is used.
             *
             *     It must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_', ':' and '-'. It must have lower-case letters if it is a UUID.
             */
            request_id?: string;
        };
        /** @description An error. */
        "google.rpc.Status": {
            /** @description The gRPC status code. */
            code: number;
            /** @description A message for people. */
            message: string;
            /** @description An ErrorInfo, and a BadRequest if fields are invalid. */
            details: (components["schemas"]["google.rpc.ErrorInfo"] | components["schemas"]["google.rpc.BadRequest"])[];
        };
        /** @description The cause, for programs. */
        "google.rpc.ErrorInfo": {
            /**
             * @description The type of the detail.
             * @constant
             */
            "@type": "type.googleapis.com/google.rpc.ErrorInfo";
            /**
             * @description The reason of the error, in UPPER_SNAKE_CASE.
             * @example INSUFFICIENT_FUNDS
             */
            reason: string;
            /**
             * @description The domain of the reason.
             * @constant
             */
            domain: "cnop";
            /** @description Further facts by name, for example the `request_id` to replay. */
            metadata: {
                [key: string]: string;
            };
        };
        /** @description The invalid fields. */
        "google.rpc.BadRequest": {
            /**
             * @description The type of the detail.
             * @constant
             */
            "@type": "type.googleapis.com/google.rpc.BadRequest";
            /** @description One violation for each broken rule. */
            field_violations: {
                /** @description The path of the field. Empty if the request as a whole is invalid. */
                field: string;
                /** @description The rule that the value breaks. */
                description: string;
                /** @description Not used. */
                reason?: string;
            }[];
        };
    };
    responses: {
        /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INVALID_REQUEST`, `INVALID_FIELD`. */
        Error400: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `TOKEN_MISSING`, `TOKEN_EXPIRED`, `TOKEN_INVALID`, `TOKEN_REVOKED`. */
        Error401: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                "www-authenticate": components["headers"]["www-authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description The caller may not do this. Reasons: `ROLE_REQUIRED`. */
        Error403: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description The resource does not exist, or does not belong to the caller. Reasons: `ROUTE_NOT_FOUND`. */
        Error404: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description The request took too long to arrive. Reasons: `REQUEST_TIMEOUT`. */
        Error408: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description The body is longer than 64 KiB. Reasons: `BODY_TOO_LARGE`. */
        Error413: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description The body is compressed. Reasons: `COMPRESSION_UNKNOWN`. */
        Error415: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                "accept-encoding": components["headers"]["accept-encoding"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description The caller has reached a limit. `retry-after` says when to retry. Reasons: `RATE_LIMITED`. */
        Error429: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                "retry-after": components["headers"]["retry-after"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description There are more than 64 headers, or they are longer than 32 KiB. Reasons: `HEADERS_TOO_LARGE`. */
        Error431: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description An internal error. Reasons: `INTERNAL`. */
        Error500: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
        Error503: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                "retry-after": components["headers"]["retry-after"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
        /** @description No response in time. The call may still take effect. Reasons: `DEADLINE_EXCEEDED`. */
        Error504: {
            headers: {
                "x-request-id": components["headers"]["x-request-id"];
                "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["google.rpc.Status"];
            };
        };
    };
    parameters: {
        /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
        "x-request-id": string;
        /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
        "idempotency-key": string;
        /** @description `cookie` if a page of this origin keeps the session in a cookie. Without it the cookie is ignored. */
        "x-cnop-session": "cookie";
        /** @description The refresh token of a session in a cookie. Browsers send it by themselves. */
        "session-cookie": string;
    };
    requestBodies: never;
    headers: {
        /** @description Only with `x-cnop-session: cookie`: sets the cookie `__Host-Http-cnop`, or clears it (Logout). */
        "set-cookie": string;
        /** @description The id of the call: the client's, or a generated one. */
        "x-request-id": string;
        /** @description The number of calls of this class that are allowed, of the limit with the fewest calls left. */
        "x-ratelimit-limit": number;
        /** @description The number of calls that are left. */
        "x-ratelimit-remaining": number;
        /** @description The time in seconds until the limit resets. */
        "x-ratelimit-reset": number;
        /** @description How to authenticate (RFC 6750): `Bearer`, with `error="invalid_token"` if the token was not accepted. */
        "www-authenticate": string;
        /** @description The encodings that a body may have. */
        "accept-encoding": string;
        /** @description The time in seconds after which to retry. */
        "retry-after": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    AuthService_Register: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ada",
                 *       "email": "ada@example.com",
                 *       "password": "violet-anchor-47-lamp",
                 *       "first_name": "Ada",
                 *       "last_name": "Lovelace",
                 *       "phone": "+14155550100",
                 *       "date_of_birth": "1990-12-31",
                 *       "marketing_emails_consent": false
                 *     }
                 */
                "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *       "username": "ada",
                     *       "email": "ada@example.com",
                     *       "first_name": "Ada",
                     *       "last_name": "Lovelace",
                     *       "phone": "+14155550100",
                     *       "date_of_birth": "1990-12-31",
                     *       "marketing_emails_consent": false,
                     *       "role": "CUSTOMER",
                     *       "created_at": "2026-11-24T09:00:00Z",
                     *       "updated_at": "2026-11-24T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INVALID_FIELD`, `INVALID_REQUEST`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `USERNAME_TAKEN`, `EMAIL_TAKEN`, `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `OVERLOADED`, `DEPENDENCY_UNAVAILABLE`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AuthService_Login: {
        parameters: {
            query?: never;
            header?: {
                /** @description `cookie` if a page of this origin keeps the session in a cookie. Without it the cookie is ignored. */
                "x-cnop-session"?: components["parameters"]["x-cnop-session"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: {
                /** @description The refresh token of a session in a cookie. Browsers send it by themselves. */
                "__Host-Http-cnop"?: components["parameters"]["session-cookie"];
            };
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "ada",
                 *       "password": "violet-anchor-47-lamp"
                 *     }
                 */
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "set-cookie": components["headers"]["set-cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "a JSON Web Token",
                     *       "refresh_token": "an opaque text",
                     *       "token_type": "Bearer",
                     *       "expires_in": 900
                     *     }
                     */
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            400: components["responses"]["Error400"];
            /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `BAD_CREDENTIALS`. */
            401: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "www-authenticate": components["headers"]["www-authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            /** @description The caller may not do this. Reasons: `ACCOUNT_DISABLED`, `CROSS_SITE_REQUEST`. */
            403: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `OVERLOADED`, `DEPENDENCY_UNAVAILABLE`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AuthService_RefreshToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description `cookie` if a page of this origin keeps the session in a cookie. Without it the cookie is ignored. */
                "x-cnop-session"?: components["parameters"]["x-cnop-session"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: {
                /** @description The refresh token of a session in a cookie. Browsers send it by themselves. */
                "__Host-Http-cnop"?: components["parameters"]["session-cookie"];
            };
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "an opaque text"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshTokenRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "set-cookie": components["headers"]["set-cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "a JSON Web Token",
                     *       "refresh_token": "an opaque text",
                     *       "token_type": "Bearer",
                     *       "expires_in": 900
                     *     }
                     */
                    "application/json": components["schemas"]["LoginResponse"];
                };
            };
            400: components["responses"]["Error400"];
            /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `REFRESH_TOKEN_INVALID`, `REFRESH_TOKEN_REUSED`, `SESSION_ENDED`, `REFRESH_TOKEN_MISSING`. */
            401: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "www-authenticate": components["headers"]["www-authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            /** @description The caller may not do this. Reasons: `ACCOUNT_DISABLED`, `CROSS_SITE_REQUEST`. */
            403: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AuthService_Logout: {
        parameters: {
            query?: never;
            header?: {
                /** @description `cookie` if a page of this origin keeps the session in a cookie. Without it the cookie is ignored. */
                "x-cnop-session"?: components["parameters"]["x-cnop-session"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: {
                /** @description The refresh token of a session in a cookie. Browsers send it by themselves. */
                "__Host-Http-cnop"?: components["parameters"]["session-cookie"];
            };
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["LogoutRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "set-cookie": components["headers"]["set-cookie"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["LogoutResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            /** @description The caller may not do this. Reasons: `CROSS_SITE_REQUEST`. */
            403: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AuthService_ChangePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current_password": "violet-anchor-47-lamp",
                 *       "new_password": "copper-harbor-92-kite"
                 *     }
                 */
                "application/json": components["schemas"]["ChangePasswordRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["ChangePasswordResponse"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INVALID_FIELD`, `INVALID_REQUEST`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `BAD_CREDENTIALS`, `TOKEN_MISSING`, `TOKEN_EXPIRED`, `TOKEN_INVALID`, `TOKEN_REVOKED`. */
            401: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "www-authenticate": components["headers"]["www-authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `OVERLOADED`, `DEPENDENCY_UNAVAILABLE`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AuthService_ListSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessions": [
                     *         {
                     *           "session_id": "5e0f1d2c-3b4a-4978-8675-6453423120ff",
                     *           "device": "curl/8.5.0",
                     *           "address": "203.0.113.7",
                     *           "created_at": "2026-11-24T09:00:00Z",
                     *           "last_used_at": "2026-11-24T09:30:00Z",
                     *           "expires_at": "2026-12-24T09:00:00Z",
                     *           "is_current": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListSessionsResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AuthService_RevokeSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The id of the session.
                 * @example 5e0f1d2c-3b4a-4978-8675-6453423120ff
                 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["RevokeSessionResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `SESSION_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AuthService_GetJwks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "kty": "EC",
                     *           "kid": "2026-11-24",
                     *           "use": "sig",
                     *           "alg": "ES256",
                     *           "crv": "P-256",
                     *           "x": "a base64url number",
                     *           "y": "a base64url number"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        keys: {
                            /** @constant */
                            kty: "EC";
                            kid: string;
                            /** @constant */
                            use?: "sig";
                            /** @constant */
                            alg: "ES256";
                            /** @constant */
                            crv: "P-256";
                            x: string;
                            y: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Error400"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AccountService_GetBalance: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "current_balance": "6747.50",
                     *       "available_balance": "6747.50",
                     *       "held_balance": "0.00",
                     *       "currency": "USD",
                     *       "updated_at": "2026-11-24T09:30:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Balance"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AccountService_Deposit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": "10000.00"
                 *     }
                 */
                "application/json": components["schemas"]["DepositRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "transaction_id": "01a20e7e-ebd4-76b5-8e7f-d354bff25a08",
                     *       "transaction_type": "DEPOSIT",
                     *       "amount": "10000.00",
                     *       "balance_after": "10000.00",
                     *       "status": "COMPLETED",
                     *       "order_id": "",
                     *       "asset_id": "",
                     *       "quantity": "",
                     *       "created_at": "2026-11-24T09:30:00Z",
                     *       "fee": ""
                     *     }
                     */
                    "application/json": components["schemas"]["Transaction"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `DAILY_LIMIT_REACHED`, `INVALID_REQUEST`, `INVALID_FIELD`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AccountService_Withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": "250.00"
                 *     }
                 */
                "application/json": components["schemas"]["WithdrawRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "transaction_id": "01a20e7e-ebd4-76b5-8e7f-d354bff25a08",
                     *       "transaction_type": "DEPOSIT",
                     *       "amount": "10000.00",
                     *       "balance_after": "10000.00",
                     *       "status": "COMPLETED",
                     *       "order_id": "",
                     *       "asset_id": "",
                     *       "quantity": "",
                     *       "created_at": "2026-11-24T09:30:00Z",
                     *       "fee": ""
                     *     }
                     */
                    "application/json": components["schemas"]["Transaction"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INSUFFICIENT_FUNDS`, `DAILY_LIMIT_REACHED`, `INVALID_REQUEST`, `INVALID_FIELD`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AccountService_ListTransactions: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of transactions to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
                /**
                 * @description Returns only transactions of this type.
                 *
                 *     - `DEPOSIT`: Dollars paid in.
                 *     - `WITHDRAWAL`: Dollars paid out.
                 *     - `ORDER_PAYMENT`: Dollars paid for an asset.
                 *     - `ORDER_SALE`: Dollars received for an asset.
                 * @example DEPOSIT
                 */
                transaction_type?: "DEPOSIT" | "WITHDRAWAL" | "ORDER_PAYMENT" | "ORDER_SALE";
                /**
                 * @description Returns only transactions of this time or later.
                 * @example 2026-11-01T00:00:00Z
                 */
                start_time?: string;
                /**
                 * @description Returns only transactions before this time.
                 * @example 2100-01-01T00:00:00Z
                 */
                end_time?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "transactions": [
                     *         {
                     *           "transaction_id": "01a20e7e-ebd4-76b5-8e7f-d354bff25a08",
                     *           "transaction_type": "DEPOSIT",
                     *           "amount": "10000.00",
                     *           "balance_after": "10000.00",
                     *           "status": "COMPLETED",
                     *           "order_id": "",
                     *           "asset_id": "",
                     *           "quantity": "",
                     *           "created_at": "2026-11-24T09:30:00Z",
                     *           "fee": ""
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListTransactionsResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AccountService_GetHolding: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example BTC
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "asset_name": "Bitcoin",
                     *       "quantity": "0.05",
                     *       "available_quantity": "0.05",
                     *       "average_cost": "65050.00",
                     *       "cost_basis": "3252.50",
                     *       "current_price": "65500.00",
                     *       "market_value": "3275.00",
                     *       "unrealized_pnl": "22.50",
                     *       "percentage": "",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false
                     *     }
                     */
                    "application/json": components["schemas"]["Holding"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `HOLDING_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AccountService_ListHoldings: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of holdings to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "holdings": [
                     *         {
                     *           "asset_id": "BTC",
                     *           "asset_name": "Bitcoin",
                     *           "quantity": "0.05",
                     *           "available_quantity": "0.05",
                     *           "average_cost": "65050.00",
                     *           "cost_basis": "3252.50",
                     *           "current_price": "65500.00",
                     *           "market_value": "3275.00",
                     *           "unrealized_pnl": "22.50",
                     *           "percentage": "",
                     *           "price_source": "SIMULATED",
                     *           "is_price_stale": false
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListHoldingsResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AccountService_GetPortfolio: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "total_value": "10022.50",
                     *       "cash": "6747.50",
                     *       "holdings_value": "3275.00",
                     *       "cost_basis": "3252.50",
                     *       "unrealized_pnl": "22.50",
                     *       "holdings": [
                     *         {
                     *           "asset_id": "BTC",
                     *           "asset_name": "Bitcoin",
                     *           "quantity": "0.05",
                     *           "available_quantity": "0.05",
                     *           "average_cost": "65050.00",
                     *           "cost_basis": "3252.50",
                     *           "current_price": "65500.00",
                     *           "market_value": "3275.00",
                     *           "unrealized_pnl": "22.50",
                     *           "percentage": "",
                     *           "price_source": "SIMULATED",
                     *           "is_price_stale": false
                     *         }
                     *       ],
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false
                     *     }
                     */
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AuditService_ListMyAuditEvents: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of events to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "event_id": "01a20e7e-ebd4-76b5-8e7f-d354bff25a08",
                     *           "event": "SIGN_IN",
                     *           "outcome": "DONE",
                     *           "occurred_at": "2026-11-24T09:00:00Z",
                     *           "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *           "actor_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *           "subject": "user:0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *           "client_address": "203.0.113.7",
                     *           "user_agent": "curl/8.5.0",
                     *           "request_id": "b1946ac9-2492-4d23-9c5e-6f2b1c4d5e6f",
                     *           "facts": {}
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListMyAuditEventsResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    InventoryService_ListAssets: {
        parameters: {
            query?: {
                /**
                 * @description Returns only assets whose symbol or name contains this text, ignoring case.
                 * @example bit
                 */
                search?: string;
                /**
                 * @description Returns only assets of this category.
                 *
                 *     It must be 1 to 40 characters of a-z, 0-9 and '-'.
                 */
                category?: string;
                /**
                 * @description The sort order of the assets.
                 *
                 *     - `RANK`: By market capitalisation, largest first.
                 *     - `NAME`: By name.
                 *     - `PRICE`: By price, highest first.
                 *     - `CHANGE`: By 24-hour change, largest gain first.
                 * @example RANK
                 */
                sort?: "RANK" | "NAME" | "PRICE" | "CHANGE";
                /**
                 * @description The maximum number of assets to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
                /** @description Whether to return inactive assets too: those that are closed, or not open yet. */
                show_inactive?: boolean;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "assets": [
                     *         {
                     *           "asset_id": "BTC",
                     *           "name": "Bitcoin",
                     *           "description": "The first cryptocurrency.",
                     *           "category": "layer-1",
                     *           "price_usd": "65050.00",
                     *           "price_change_percentage_24h": "1.25",
                     *           "market_cap": "1288000000000.00",
                     *           "market_cap_rank": 1,
                     *           "circulating_supply": "19800000",
                     *           "max_supply": "21000000",
                     *           "available_quantity": "1500.25",
                     *           "is_active": true,
                     *           "image": "https://example.com/btc.png",
                     *           "updated_at": "2026-11-24T09:00:00Z",
                     *           "quantity_increment": "0.00000001",
                     *           "price_increment": "0.01",
                     *           "order_value_min": "1.00",
                     *           "order_value_max": "1000000.00",
                     *           "trading_status": "TRADING",
                     *           "bid": "65033.74",
                     *           "ask": "65066.26",
                     *           "price_seq": "4294972896",
                     *           "price_as_of": "2026-11-24T09:30:00.250Z",
                     *           "price_source": "SIMULATED",
                     *           "is_price_stale": false,
                     *           "high_24h": "65510.20",
                     *           "low_24h": "63902.75",
                     *           "price_change_percentage_7d": "-2.31",
                     *           "price_change_percentage_30d": "4.08",
                     *           "history_high": "71204.11",
                     *           "history_low": "58930.04",
                     *           "volume_24h": "184250.35"
                     *         }
                     *       ],
                     *       "next_page_token": "",
                     *       "total_size": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ListAssetsResponse"];
                };
            };
            400: components["responses"]["Error400"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    InventoryService_GetAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example BTC
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "name": "Bitcoin",
                     *       "description": "The first cryptocurrency.",
                     *       "category": "layer-1",
                     *       "price_usd": "65050.00",
                     *       "price_change_percentage_24h": "1.25",
                     *       "market_cap": "1288000000000.00",
                     *       "market_cap_rank": 1,
                     *       "circulating_supply": "19800000",
                     *       "max_supply": "21000000",
                     *       "available_quantity": "1500.25",
                     *       "is_active": true,
                     *       "image": "https://example.com/btc.png",
                     *       "updated_at": "2026-11-24T09:00:00Z",
                     *       "quantity_increment": "0.00000001",
                     *       "price_increment": "0.01",
                     *       "order_value_min": "1.00",
                     *       "order_value_max": "1000000.00",
                     *       "trading_status": "TRADING",
                     *       "bid": "65033.74",
                     *       "ask": "65066.26",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false,
                     *       "high_24h": "65510.20",
                     *       "low_24h": "63902.75",
                     *       "price_change_percentage_7d": "-2.31",
                     *       "price_change_percentage_30d": "4.08",
                     *       "history_high": "71204.11",
                     *       "history_low": "58930.04",
                     *       "volume_24h": "184250.35"
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["Error400"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    InventoryService_GetMarket: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "is_halted": false,
                     *       "price_source": "SIMULATED",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "is_price_stale": false
                     *     }
                     */
                    "application/json": components["schemas"]["Market"];
                };
            };
            400: components["responses"]["Error400"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    InventoryService_ListCandles: {
        parameters: {
            query?: {
                /**
                 * @description The length of a candle: "1m", "1h" or "1d". If empty, "1h".
                 * @example 1h
                 */
                interval?: "1m" | "1h" | "1d";
                /** @description Returns only candles that start at this time or later. */
                start_time?: string;
                /** @description Returns only candles that start before this time. If not set, now. */
                end_time?: string;
                /**
                 * @description The maximum number of candles to return: 1 to 1000. If 0, 200 are returned.
                 * @example 24
                 */
                page_size?: number;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example BTC
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "candles": [
                     *         {
                     *           "start_time": "2026-11-24T09:00:00Z",
                     *           "open": "64980.00",
                     *           "high": "65120.50",
                     *           "low": "64911.25",
                     *           "close": "65050.00"
                     *         }
                     *       ],
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["ListCandlesResponse"];
                };
            };
            400: components["responses"]["Error400"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `PRICES_UNAVAILABLE`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    InventoryService_WatchPrices: {
        parameters: {
            query?: {
                /**
                 * @description The assets to watch. If empty, all, also inactive ones. One that does not exist has no price until it is created.
                 * @example [
                 *       "BTC",
                 *       "ETH"
                 *     ]
                 */
                asset_ids?: string[];
                /**
                 * @description The least time between two messages, in milliseconds: 250 to 60000. If 0, 250. The first message is sent at once, and the second when streams of the same assets and pace get theirs, perhaps sooner.
                 * @example 1000
                 */
                min_interval_ms?: number;
                /** @description The seq of the last message that the client has seen. The first message has then only what has changed since, as far as that is known. */
                resume_seq?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK: a stream of events, each with one of these. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "SNAPSHOT",
                     *       "seq": "4294972896",
                     *       "as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_stale": false,
                     *       "is_halted": false,
                     *       "prices": [
                     *         {
                     *           "asset_id": "BTC",
                     *           "price_usd": "65050.00",
                     *           "bid": "65033.74",
                     *           "ask": "65066.26",
                     *           "trading_status": "TRADING"
                     *         }
                     *       ],
                     *       "end_reason": ""
                     *     }
                     */
                    "text/event-stream": components["schemas"]["WatchPricesResponse"];
                };
            };
            400: components["responses"]["Error400"];
            408: components["responses"]["Error408"];
            /** @description The caller has reached a limit. `retry-after` says when to retry. Reasons: `TOO_MANY_STREAMS`, `RATE_LIMITED`. */
            429: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    InventoryService_ListPrices: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of prices to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example BTC
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "prices": [
                     *         {
                     *           "price_usd": "65050.00",
                     *           "effective_at": "2026-11-24T09:00:00Z"
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListPricesResponse"];
                };
            };
            400: components["responses"]["Error400"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderService_ListOrders: {
        parameters: {
            query?: {
                /**
                 * @description Returns only orders with this status.
                 *
                 *     - `PENDING`: Accepted at a locked price. The order will be completed or fail.
                 *     - `COMPLETED`: Filled: cash, holding and stock were moved.
                 *     - `FAILED`: Rejected: nothing was moved.
                 */
                status?: "PENDING" | "COMPLETED" | "FAILED";
                /**
                 * @description Returns only orders of this asset.
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 */
                asset_id?: string;
                /**
                 * @description Returns only orders of this side.
                 *
                 *     - `BUY`: The user pays dollars and gets the asset.
                 *     - `SELL`: The user gives the asset and gets dollars.
                 */
                side?: "BUY" | "SELL";
                /**
                 * @description The maximum number of orders to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
                /**
                 * @description Returns only orders of this time or later.
                 * @example 2026-11-01T00:00:00Z
                 */
                start_time?: string;
                /**
                 * @description Returns only orders before this time.
                 * @example 2100-01-01T00:00:00Z
                 */
                end_time?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": [
                     *         {
                     *           "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *           "side": "BUY",
                     *           "type": "MARKET",
                     *           "asset_id": "BTC",
                     *           "quantity": "0.05",
                     *           "price": "65050.00",
                     *           "limit_price": "",
                     *           "total_amount": "3252.50",
                     *           "status": "COMPLETED",
                     *           "failure_reason": "",
                     *           "request_id": "first-order",
                     *           "created_at": "2026-11-24T09:30:00Z",
                     *           "updated_at": "2026-11-24T09:30:00Z",
                     *           "fee": "3.26",
                     *           "net_amount": "3255.76",
                     *           "quote_amount": "",
                     *           "sell_all": false,
                     *           "price_seq": "4294972896",
                     *           "price_source": "SIMULATED"
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListOrdersResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderService_CreateOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "side": "BUY",
                 *       "asset_id": "BTC",
                 *       "quantity": "0.05"
                 *     }
                 */
                "application/json": components["schemas"]["CreateOrderRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *       "side": "BUY",
                     *       "type": "MARKET",
                     *       "asset_id": "BTC",
                     *       "quantity": "0.05",
                     *       "price": "65050.00",
                     *       "limit_price": "",
                     *       "total_amount": "3252.50",
                     *       "status": "COMPLETED",
                     *       "failure_reason": "",
                     *       "request_id": "first-order",
                     *       "created_at": "2026-11-24T09:30:00Z",
                     *       "updated_at": "2026-11-24T09:30:00Z",
                     *       "fee": "3.26",
                     *       "net_amount": "3255.76",
                     *       "quote_amount": "",
                     *       "sell_all": false,
                     *       "price_seq": "4294972896",
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INSUFFICIENT_FUNDS`, `INSUFFICIENT_HOLDINGS`, `OUT_OF_STOCK`, `ASSET_INACTIVE`, `ASSET_HALTED`, `ASSET_SELL_ONLY`, `MARKET_HALTED`, `QUANTITY_INCREMENT`, `ORDER_VALUE_OUT_OF_RANGE`, `PRICE_OUT_OF_BOUNDS`, `PREVIEW_EXPIRED`, `ACCOUNT_NOT_FOUND`, `TRADE_VOIDED`, `INVALID_REQUEST`, `INVALID_FIELD`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            401: components["responses"]["Error401"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `PRICES_UNAVAILABLE`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    OrderService_PreviewOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "side": "BUY",
                 *       "asset_id": "BTC",
                 *       "quantity": "0.05"
                 *     }
                 */
                "application/json": components["schemas"]["PreviewOrderRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "price": "65050.00",
                     *       "total_amount": "3252.50",
                     *       "obstacles": [
                     *         "INSUFFICIENT_FUNDS"
                     *       ],
                     *       "fee": "3.26",
                     *       "net_amount": "3255.76",
                     *       "quantity": "0.05",
                     *       "worst_price": "68302.50",
                     *       "preview_id": "an opaque text",
                     *       "expires_at": "2026-11-24T09:30:10Z",
                     *       "price_seq": "4294972896",
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["PreviewOrderResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderService_GetOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The id of the order.
                 * @example 0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *       "side": "BUY",
                     *       "type": "MARKET",
                     *       "asset_id": "BTC",
                     *       "quantity": "0.05",
                     *       "price": "65050.00",
                     *       "limit_price": "",
                     *       "total_amount": "3252.50",
                     *       "status": "COMPLETED",
                     *       "failure_reason": "",
                     *       "request_id": "first-order",
                     *       "created_at": "2026-11-24T09:30:00Z",
                     *       "updated_at": "2026-11-24T09:30:00Z",
                     *       "fee": "3.26",
                     *       "net_amount": "3255.76",
                     *       "quote_amount": "",
                     *       "sell_all": false,
                     *       "price_seq": "4294972896",
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ORDER_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderService_GetOrderByRequestId: {
        parameters: {
            query: {
                /**
                 * @description The idempotency key of the request that made the order.
                 * @example first-order
                 */
                request_id: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *       "side": "BUY",
                     *       "type": "MARKET",
                     *       "asset_id": "BTC",
                     *       "quantity": "0.05",
                     *       "price": "65050.00",
                     *       "limit_price": "",
                     *       "total_amount": "3252.50",
                     *       "status": "COMPLETED",
                     *       "failure_reason": "",
                     *       "request_id": "first-order",
                     *       "created_at": "2026-11-24T09:30:00Z",
                     *       "updated_at": "2026-11-24T09:30:00Z",
                     *       "fee": "3.26",
                     *       "net_amount": "3255.76",
                     *       "quote_amount": "",
                     *       "sell_all": false,
                     *       "price_seq": "4294972896",
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ORDER_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderService_WatchOrders: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK: a stream of events, each with one of these. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "CHANGE",
                     *       "orders": [
                     *         {
                     *           "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *           "side": "BUY",
                     *           "type": "MARKET",
                     *           "asset_id": "BTC",
                     *           "quantity": "0.05",
                     *           "price": "65050.00",
                     *           "limit_price": "",
                     *           "total_amount": "3252.50",
                     *           "status": "COMPLETED",
                     *           "failure_reason": "",
                     *           "request_id": "first-order",
                     *           "created_at": "2026-11-24T09:30:00Z",
                     *           "updated_at": "2026-11-24T09:30:00Z",
                     *           "fee": "3.26",
                     *           "net_amount": "3255.76",
                     *           "quote_amount": "",
                     *           "sell_all": false,
                     *           "price_seq": "4294972896",
                     *           "price_source": "SIMULATED"
                     *         }
                     *       ],
                     *       "end_reason": ""
                     *     }
                     */
                    "text/event-stream": components["schemas"]["WatchOrdersResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            /** @description The caller has reached a limit. `retry-after` says when to retry. Reasons: `TOO_MANY_STREAMS`, `RATE_LIMITED`. */
            429: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderService_Watch: {
        parameters: {
            query?: {
                /**
                 * @description The assets to watch. If empty, all, also inactive ones. One that does not exist has no price until it is created.
                 * @example [
                 *       "BTC",
                 *       "ETH"
                 *     ]
                 */
                asset_ids?: string[];
                /**
                 * @description The least time between two messages of prices, in milliseconds: 250 to 60000. If 0, 250. The first message is sent at once, and the second when streams of the same assets and pace get theirs, perhaps sooner.
                 * @example 1000
                 */
                min_interval_ms?: number;
                /** @description The seq of the last message of prices that the client has seen. */
                resume_seq?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK: a stream of events, each with one of these. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "prices": {
                     *         "kind": "SNAPSHOT",
                     *         "seq": "4294972896",
                     *         "as_of": "2026-11-24T09:30:00.250Z",
                     *         "price_source": "SIMULATED",
                     *         "is_stale": false,
                     *         "is_halted": false,
                     *         "prices": [
                     *           {
                     *             "asset_id": "BTC",
                     *             "price_usd": "65050.00",
                     *             "bid": "65033.74",
                     *             "ask": "65066.26",
                     *             "trading_status": "TRADING"
                     *           }
                     *         ],
                     *         "end_reason": ""
                     *       },
                     *       "orders": {
                     *         "kind": "CHANGE",
                     *         "orders": [
                     *           {
                     *             "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *             "side": "BUY",
                     *             "type": "MARKET",
                     *             "asset_id": "BTC",
                     *             "quantity": "0.05",
                     *             "price": "65050.00",
                     *             "limit_price": "",
                     *             "total_amount": "3252.50",
                     *             "status": "COMPLETED",
                     *             "failure_reason": "",
                     *             "request_id": "first-order",
                     *             "created_at": "2026-11-24T09:30:00Z",
                     *             "updated_at": "2026-11-24T09:30:00Z",
                     *             "fee": "3.26",
                     *             "net_amount": "3255.76",
                     *             "quote_amount": "",
                     *             "sell_all": false,
                     *             "price_seq": "4294972896",
                     *             "price_source": "SIMULATED"
                     *           }
                     *         ],
                     *         "end_reason": ""
                     *       }
                     *     }
                     */
                    "text/event-stream": components["schemas"]["WatchResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            /** @description The caller has reached a limit. `retry-after` says when to retry. Reasons: `TOO_MANY_STREAMS`, `RATE_LIMITED`. */
            429: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderService_ListAssetTransactions: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of transactions to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example BTC
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "transactions": [
                     *         {
                     *           "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *           "asset_id": "BTC",
                     *           "side": "BUY",
                     *           "quantity": "0.05",
                     *           "price": "65050.00",
                     *           "total_amount": "3252.50",
                     *           "filled_at": "2026-11-24T09:30:00Z",
                     *           "fee": "3.26",
                     *           "net_amount": "3255.76"
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListAssetTransactionsResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            404: components["responses"]["Error404"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserService_GetProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *       "username": "ada",
                     *       "email": "ada@example.com",
                     *       "first_name": "Ada",
                     *       "last_name": "Lovelace",
                     *       "phone": "+14155550100",
                     *       "date_of_birth": "1990-12-31",
                     *       "marketing_emails_consent": false,
                     *       "role": "CUSTOMER",
                     *       "created_at": "2026-11-24T09:00:00Z",
                     *       "updated_at": "2026-11-24T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserService_UpdateProfile_put_me: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "first_name": "Augusta Ada",
                 *       "phone": "+14155550101"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProfileRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *       "username": "ada",
                     *       "email": "ada@example.com",
                     *       "first_name": "Ada",
                     *       "last_name": "Lovelace",
                     *       "phone": "+14155550100",
                     *       "date_of_birth": "1990-12-31",
                     *       "marketing_emails_consent": false,
                     *       "role": "CUSTOMER",
                     *       "created_at": "2026-11-24T09:00:00Z",
                     *       "updated_at": "2026-11-24T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INVALID_FIELD`, `INVALID_REQUEST`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `BAD_CREDENTIALS`, `TOKEN_MISSING`, `TOKEN_EXPIRED`, `TOKEN_INVALID`, `TOKEN_REVOKED`. */
            401: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "www-authenticate": components["headers"]["www-authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `EMAIL_TAKEN`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserService_UpdateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "first_name": "Augusta Ada",
                 *       "phone": "+14155550101"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProfileRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *       "username": "ada",
                     *       "email": "ada@example.com",
                     *       "first_name": "Ada",
                     *       "last_name": "Lovelace",
                     *       "phone": "+14155550100",
                     *       "date_of_birth": "1990-12-31",
                     *       "marketing_emails_consent": false,
                     *       "role": "CUSTOMER",
                     *       "created_at": "2026-11-24T09:00:00Z",
                     *       "updated_at": "2026-11-24T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INVALID_FIELD`, `INVALID_REQUEST`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `BAD_CREDENTIALS`, `TOKEN_MISSING`, `TOKEN_EXPIRED`, `TOKEN_INVALID`, `TOKEN_REVOKED`. */
            401: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "www-authenticate": components["headers"]["www-authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `EMAIL_TAKEN`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserService_GetProfile_profile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *       "username": "ada",
                     *       "email": "ada@example.com",
                     *       "first_name": "Ada",
                     *       "last_name": "Lovelace",
                     *       "phone": "+14155550100",
                     *       "date_of_birth": "1990-12-31",
                     *       "marketing_emails_consent": false,
                     *       "role": "CUSTOMER",
                     *       "created_at": "2026-11-24T09:00:00Z",
                     *       "updated_at": "2026-11-24T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserService_UpdateProfile_put_profile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "first_name": "Augusta Ada",
                 *       "phone": "+14155550101"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProfileRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *       "username": "ada",
                     *       "email": "ada@example.com",
                     *       "first_name": "Ada",
                     *       "last_name": "Lovelace",
                     *       "phone": "+14155550100",
                     *       "date_of_birth": "1990-12-31",
                     *       "marketing_emails_consent": false,
                     *       "role": "CUSTOMER",
                     *       "created_at": "2026-11-24T09:00:00Z",
                     *       "updated_at": "2026-11-24T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INVALID_FIELD`, `INVALID_REQUEST`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `BAD_CREDENTIALS`, `TOKEN_MISSING`, `TOKEN_EXPIRED`, `TOKEN_INVALID`, `TOKEN_REVOKED`. */
            401: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "www-authenticate": components["headers"]["www-authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `EMAIL_TAKEN`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserService_UpdateProfile_profile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "first_name": "Augusta Ada",
                 *       "phone": "+14155550101"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProfileRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *       "username": "ada",
                     *       "email": "ada@example.com",
                     *       "first_name": "Ada",
                     *       "last_name": "Lovelace",
                     *       "phone": "+14155550100",
                     *       "date_of_birth": "1990-12-31",
                     *       "marketing_emails_consent": false,
                     *       "role": "CUSTOMER",
                     *       "created_at": "2026-11-24T09:00:00Z",
                     *       "updated_at": "2026-11-24T09:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `INVALID_FIELD`, `INVALID_REQUEST`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            /** @description The access token is missing or invalid, or the credentials are wrong. Reasons: `BAD_CREDENTIALS`, `TOKEN_MISSING`, `TOKEN_EXPIRED`, `TOKEN_INVALID`, `TOKEN_REVOKED`. */
            401: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "www-authenticate": components["headers"]["www-authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `EMAIL_TAKEN`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_CreateAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "asset_id": "NEW",
                 *       "name": "New Coin",
                 *       "description": "A coin that is new.",
                 *       "category": "defi",
                 *       "price_usd": "2.50",
                 *       "circulating_supply": "1000000"
                 *     }
                 */
                "application/json": components["schemas"]["CreateAssetRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "name": "Bitcoin",
                     *       "description": "The first cryptocurrency.",
                     *       "category": "layer-1",
                     *       "price_usd": "65050.00",
                     *       "price_change_percentage_24h": "1.25",
                     *       "market_cap": "1288000000000.00",
                     *       "market_cap_rank": 1,
                     *       "circulating_supply": "19800000",
                     *       "max_supply": "21000000",
                     *       "available_quantity": "1500.25",
                     *       "is_active": true,
                     *       "image": "https://example.com/btc.png",
                     *       "updated_at": "2026-11-24T09:00:00Z",
                     *       "quantity_increment": "0.00000001",
                     *       "price_increment": "0.01",
                     *       "order_value_min": "1.00",
                     *       "order_value_max": "1000000.00",
                     *       "trading_status": "TRADING",
                     *       "bid": "65033.74",
                     *       "ask": "65066.26",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false,
                     *       "high_24h": "65510.20",
                     *       "low_24h": "63902.75",
                     *       "price_change_percentage_7d": "-2.31",
                     *       "price_change_percentage_30d": "4.08",
                     *       "history_high": "71204.11",
                     *       "history_low": "58930.04",
                     *       "volume_24h": "184250.35"
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `ASSET_EXISTS`, `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `CHANGE_NOT_PUBLISHED`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_UpdateAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example NEW
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "description": "A coin that is not so new any more.",
                 *       "max_supply": "2000000"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateAssetRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "name": "Bitcoin",
                     *       "description": "The first cryptocurrency.",
                     *       "category": "layer-1",
                     *       "price_usd": "65050.00",
                     *       "price_change_percentage_24h": "1.25",
                     *       "market_cap": "1288000000000.00",
                     *       "market_cap_rank": 1,
                     *       "circulating_supply": "19800000",
                     *       "max_supply": "21000000",
                     *       "available_quantity": "1500.25",
                     *       "is_active": true,
                     *       "image": "https://example.com/btc.png",
                     *       "updated_at": "2026-11-24T09:00:00Z",
                     *       "quantity_increment": "0.00000001",
                     *       "price_increment": "0.01",
                     *       "order_value_min": "1.00",
                     *       "order_value_max": "1000000.00",
                     *       "trading_status": "TRADING",
                     *       "bid": "65033.74",
                     *       "ask": "65066.26",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false,
                     *       "high_24h": "65510.20",
                     *       "low_24h": "63902.75",
                     *       "price_change_percentage_7d": "-2.31",
                     *       "price_change_percentage_30d": "4.08",
                     *       "history_high": "71204.11",
                     *       "history_low": "58930.04",
                     *       "volume_24h": "184250.35"
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `CHANGE_NOT_PUBLISHED`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_SetAssetActive: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example NEW
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "is_active": true
                 *     }
                 */
                "application/json": components["schemas"]["SetAssetActiveRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "name": "Bitcoin",
                     *       "description": "The first cryptocurrency.",
                     *       "category": "layer-1",
                     *       "price_usd": "65050.00",
                     *       "price_change_percentage_24h": "1.25",
                     *       "market_cap": "1288000000000.00",
                     *       "market_cap_rank": 1,
                     *       "circulating_supply": "19800000",
                     *       "max_supply": "21000000",
                     *       "available_quantity": "1500.25",
                     *       "is_active": true,
                     *       "image": "https://example.com/btc.png",
                     *       "updated_at": "2026-11-24T09:00:00Z",
                     *       "quantity_increment": "0.00000001",
                     *       "price_increment": "0.01",
                     *       "order_value_min": "1.00",
                     *       "order_value_max": "1000000.00",
                     *       "trading_status": "TRADING",
                     *       "bid": "65033.74",
                     *       "ask": "65066.26",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false,
                     *       "high_24h": "65510.20",
                     *       "low_24h": "63902.75",
                     *       "price_change_percentage_7d": "-2.31",
                     *       "price_change_percentage_30d": "4.08",
                     *       "history_high": "71204.11",
                     *       "history_low": "58930.04",
                     *       "volume_24h": "184250.35"
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `CHANGE_NOT_PUBLISHED`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_SetPrice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example NEW
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "price_usd": "2.75"
                 *     }
                 */
                "application/json": components["schemas"]["SetPriceRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "name": "Bitcoin",
                     *       "description": "The first cryptocurrency.",
                     *       "category": "layer-1",
                     *       "price_usd": "65050.00",
                     *       "price_change_percentage_24h": "1.25",
                     *       "market_cap": "1288000000000.00",
                     *       "market_cap_rank": 1,
                     *       "circulating_supply": "19800000",
                     *       "max_supply": "21000000",
                     *       "available_quantity": "1500.25",
                     *       "is_active": true,
                     *       "image": "https://example.com/btc.png",
                     *       "updated_at": "2026-11-24T09:00:00Z",
                     *       "quantity_increment": "0.00000001",
                     *       "price_increment": "0.01",
                     *       "order_value_min": "1.00",
                     *       "order_value_max": "1000000.00",
                     *       "trading_status": "TRADING",
                     *       "bid": "65033.74",
                     *       "ask": "65066.26",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false,
                     *       "high_24h": "65510.20",
                     *       "low_24h": "63902.75",
                     *       "price_change_percentage_7d": "-2.31",
                     *       "price_change_percentage_30d": "4.08",
                     *       "history_high": "71204.11",
                     *       "history_low": "58930.04",
                     *       "volume_24h": "184250.35"
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `CHANGE_NOT_PUBLISHED`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_SetTradingStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example NEW
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "trading_status": "SELL_ONLY"
                 *     }
                 */
                "application/json": components["schemas"]["SetTradingStatusRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "name": "Bitcoin",
                     *       "description": "The first cryptocurrency.",
                     *       "category": "layer-1",
                     *       "price_usd": "65050.00",
                     *       "price_change_percentage_24h": "1.25",
                     *       "market_cap": "1288000000000.00",
                     *       "market_cap_rank": 1,
                     *       "circulating_supply": "19800000",
                     *       "max_supply": "21000000",
                     *       "available_quantity": "1500.25",
                     *       "is_active": true,
                     *       "image": "https://example.com/btc.png",
                     *       "updated_at": "2026-11-24T09:00:00Z",
                     *       "quantity_increment": "0.00000001",
                     *       "price_increment": "0.01",
                     *       "order_value_min": "1.00",
                     *       "order_value_max": "1000000.00",
                     *       "trading_status": "TRADING",
                     *       "bid": "65033.74",
                     *       "ask": "65066.26",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false,
                     *       "high_24h": "65510.20",
                     *       "low_24h": "63902.75",
                     *       "price_change_percentage_7d": "-2.31",
                     *       "price_change_percentage_30d": "4.08",
                     *       "history_high": "71204.11",
                     *       "history_low": "58930.04",
                     *       "volume_24h": "184250.35"
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `CHANGE_NOT_PUBLISHED`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_SetMarketHalted: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "is_halted": false
                 *     }
                 */
                "application/json": components["schemas"]["SetMarketHaltedRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "is_halted": false,
                     *       "price_source": "SIMULATED",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "is_price_stale": false
                     *     }
                     */
                    "application/json": components["schemas"]["Market"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            /** @description A part of the system is unavailable. Retry after a moment, with the same `request_id`. After `OVERLOADED`, wait for the seconds in `retry-after`. Reasons: `CHANGE_NOT_PUBLISHED`, `DEPENDENCY_UNAVAILABLE`, `OVERLOADED`, `DEADLINE_PASSED`. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    "retry-after": components["headers"]["retry-after"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_GetHouse: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "positions": [
                     *         {
                     *           "asset_id": "BTC",
                     *           "quantity": "1500.25",
                     *           "price_usd": "65050.00",
                     *           "value": "97591262.50",
                     *           "turnover": "184250.35",
                     *           "fee_income": "184.31"
                     *         }
                     *       ],
                     *       "exposure": "97591262.50",
                     *       "turnover": "184250.35",
                     *       "fee_income": "184.31",
                     *       "price_seq": "4294972896",
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["House"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AssetAdminService_Restock: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The symbol of the asset, for example "BTC".
                 *
                 *     It must be 1 to 12 characters of A-Z and 0-9.
                 * @example NEW
                 */
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": "5000"
                 *     }
                 */
                "application/json": components["schemas"]["RestockRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asset_id": "BTC",
                     *       "name": "Bitcoin",
                     *       "description": "The first cryptocurrency.",
                     *       "category": "layer-1",
                     *       "price_usd": "65050.00",
                     *       "price_change_percentage_24h": "1.25",
                     *       "market_cap": "1288000000000.00",
                     *       "market_cap_rank": 1,
                     *       "circulating_supply": "19800000",
                     *       "max_supply": "21000000",
                     *       "available_quantity": "1500.25",
                     *       "is_active": true,
                     *       "image": "https://example.com/btc.png",
                     *       "updated_at": "2026-11-24T09:00:00Z",
                     *       "quantity_increment": "0.00000001",
                     *       "price_increment": "0.01",
                     *       "order_value_min": "1.00",
                     *       "order_value_max": "1000000.00",
                     *       "trading_status": "TRADING",
                     *       "bid": "65033.74",
                     *       "ask": "65066.26",
                     *       "price_seq": "4294972896",
                     *       "price_as_of": "2026-11-24T09:30:00.250Z",
                     *       "price_source": "SIMULATED",
                     *       "is_price_stale": false,
                     *       "high_24h": "65510.20",
                     *       "low_24h": "63902.75",
                     *       "price_change_percentage_7d": "-2.31",
                     *       "price_change_percentage_30d": "4.08",
                     *       "history_high": "71204.11",
                     *       "history_low": "58930.04",
                     *       "volume_24h": "184250.35"
                     *     }
                     */
                    "application/json": components["schemas"]["Asset"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ASSET_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    AuditAdminService_ListAuditEvents: {
        parameters: {
            query?: {
                /** @description Returns only events that concern this user or that this user caused. */
                user_id?: string;
                /**
                 * @description Returns only events that this user caused.
                 *
                 *     It must be the id of a user, or 'operator'.
                 */
                actor_id?: string;
                /**
                 * @description The maximum number of events to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "event_id": "01a20e7e-ebd4-76b5-8e7f-d354bff25a08",
                     *           "event": "SIGN_IN",
                     *           "outcome": "DONE",
                     *           "occurred_at": "2026-11-24T09:00:00Z",
                     *           "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *           "actor_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *           "subject": "user:0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *           "client_address": "203.0.113.7",
                     *           "user_agent": "curl/8.5.0",
                     *           "request_id": "b1946ac9-2492-4d23-9c5e-6f2b1c4d5e6f",
                     *           "facts": {}
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListAuditEventsResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderAdminService_ListQuarantinedOrders: {
        parameters: {
            query?: {
                /**
                 * @description The maximum number of orders to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": [
                     *         {
                     *           "order": {
                     *             "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *             "side": "BUY",
                     *             "type": "MARKET",
                     *             "asset_id": "BTC",
                     *             "quantity": "0.05",
                     *             "price": "65050.00",
                     *             "limit_price": "",
                     *             "total_amount": "3252.50",
                     *             "status": "COMPLETED",
                     *             "failure_reason": "",
                     *             "request_id": "first-order",
                     *             "created_at": "2026-11-24T09:30:00Z",
                     *             "updated_at": "2026-11-24T09:30:00Z",
                     *             "fee": "3.26",
                     *             "net_amount": "3255.76",
                     *             "quote_amount": "",
                     *             "sell_all": false,
                     *             "price_seq": "4294972896",
                     *             "price_source": "SIMULATED"
                     *           },
                     *           "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *           "reason": "stock: INTERNAL",
                     *           "tries": 5,
                     *           "quarantined_at": "2026-11-24T09:30:00Z"
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListQuarantinedOrdersResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderAdminService_ReleaseOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The id of the order.
                 * @example 0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f"
                 *     }
                 */
                "application/json": components["schemas"]["ReleaseOrderRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *       "side": "BUY",
                     *       "type": "MARKET",
                     *       "asset_id": "BTC",
                     *       "quantity": "0.05",
                     *       "price": "65050.00",
                     *       "limit_price": "",
                     *       "total_amount": "3252.50",
                     *       "status": "COMPLETED",
                     *       "failure_reason": "",
                     *       "request_id": "first-order",
                     *       "created_at": "2026-11-24T09:30:00Z",
                     *       "updated_at": "2026-11-24T09:30:00Z",
                     *       "fee": "3.26",
                     *       "net_amount": "3255.76",
                     *       "quote_amount": "",
                     *       "sell_all": false,
                     *       "price_seq": "4294972896",
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `ORDER_NOT_QUARANTINED`, `INVALID_REQUEST`, `INVALID_FIELD`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ORDER_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    OrderAdminService_FailOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The id of the order.
                 * @example 0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f
                 */
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f"
                 *     }
                 */
                "application/json": components["schemas"]["FailOrderRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f",
                     *       "side": "BUY",
                     *       "type": "MARKET",
                     *       "asset_id": "BTC",
                     *       "quantity": "0.05",
                     *       "price": "65050.00",
                     *       "limit_price": "",
                     *       "total_amount": "3252.50",
                     *       "status": "COMPLETED",
                     *       "failure_reason": "",
                     *       "request_id": "first-order",
                     *       "created_at": "2026-11-24T09:30:00Z",
                     *       "updated_at": "2026-11-24T09:30:00Z",
                     *       "fee": "3.26",
                     *       "net_amount": "3255.76",
                     *       "quote_amount": "",
                     *       "sell_all": false,
                     *       "price_seq": "4294972896",
                     *       "price_source": "SIMULATED"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `ORDER_NOT_QUARANTINED`, `ORDER_SETTLED`, `INVALID_REQUEST`, `INVALID_FIELD`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `ORDER_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserAdminService_ListUsers: {
        parameters: {
            query?: {
                /**
                 * @description Returns only users whose username starts with this text, ignoring case.
                 *
                 *     It must be at most 30 characters of a-z, A-Z, 0-9 and _.
                 * @example ad
                 */
                username_prefix?: string;
                /**
                 * @description Returns only the user with this e-mail address, ignoring case.
                 *
                 *     It must have ASCII characters only; write an international domain in its ASCII form, like xn--mnchen-3ya.de.
                 */
                email?: string;
                /**
                 * @description The maximum number of users to return: 1 to 200. If 0, 50 are returned.
                 * @example 20
                 */
                page_size?: number;
                /** @description The next_page_token of the previous response. */
                page_token?: string;
            };
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "users": [
                     *         {
                     *           "profile": {
                     *             "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *             "username": "ada",
                     *             "email": "ada@example.com",
                     *             "first_name": "Ada",
                     *             "last_name": "Lovelace",
                     *             "phone": "+14155550100",
                     *             "date_of_birth": "1990-12-31",
                     *             "marketing_emails_consent": false,
                     *             "role": "CUSTOMER",
                     *             "created_at": "2026-11-24T09:00:00Z",
                     *             "updated_at": "2026-11-24T09:00:00Z"
                     *           },
                     *           "is_disabled": false
                     *         }
                     *       ],
                     *       "next_page_token": ""
                     *     }
                     */
                    "application/json": components["schemas"]["ListUsersResponse"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserAdminService_GetUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The id of the user.
                 * @example 0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f
                 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "profile": {
                     *         "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *         "username": "ada",
                     *         "email": "ada@example.com",
                     *         "first_name": "Ada",
                     *         "last_name": "Lovelace",
                     *         "phone": "+14155550100",
                     *         "date_of_birth": "1990-12-31",
                     *         "marketing_emails_consent": false,
                     *         "role": "CUSTOMER",
                     *         "created_at": "2026-11-24T09:00:00Z",
                     *         "updated_at": "2026-11-24T09:00:00Z"
                     *       },
                     *       "is_disabled": false
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `USER_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserAdminService_DisableUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The id of the user.
                 * @example 0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f
                 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "asked for by the user"
                 *     }
                 */
                "application/json": components["schemas"]["DisableUserRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "profile": {
                     *         "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *         "username": "ada",
                     *         "email": "ada@example.com",
                     *         "first_name": "Ada",
                     *         "last_name": "Lovelace",
                     *         "phone": "+14155550100",
                     *         "date_of_birth": "1990-12-31",
                     *         "marketing_emails_consent": false,
                     *         "role": "CUSTOMER",
                     *         "created_at": "2026-11-24T09:00:00Z",
                     *         "updated_at": "2026-11-24T09:00:00Z"
                     *       },
                     *       "is_disabled": false
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The request is invalid, or the state of the system does not allow it. Reasons: `OWN_ACCOUNT`, `INVALID_REQUEST`, `INVALID_FIELD`. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `USER_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    UserAdminService_EnableUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Used as `request_id` if the body has none; if both are set, they must be equal. Quotes around the key, as in the IETF draft, are not part of it. */
                "idempotency-key"?: components["parameters"]["idempotency-key"];
                /** @description The client's id of this call, for logs and the response. Cut to 64 characters. */
                "x-request-id"?: components["parameters"]["x-request-id"];
            };
            path: {
                /**
                 * @description The id of the user.
                 * @example 0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f
                 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "asked for by the user"
                 *     }
                 */
                "application/json": components["schemas"]["EnableUserRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "profile": {
                     *         "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
                     *         "username": "ada",
                     *         "email": "ada@example.com",
                     *         "first_name": "Ada",
                     *         "last_name": "Lovelace",
                     *         "phone": "+14155550100",
                     *         "date_of_birth": "1990-12-31",
                     *         "marketing_emails_consent": false,
                     *         "role": "CUSTOMER",
                     *         "created_at": "2026-11-24T09:00:00Z",
                     *         "updated_at": "2026-11-24T09:00:00Z"
                     *       },
                     *       "is_disabled": false
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Error400"];
            401: components["responses"]["Error401"];
            403: components["responses"]["Error403"];
            /** @description The resource does not exist, or does not belong to the caller. Reasons: `USER_NOT_FOUND`, `ROUTE_NOT_FOUND`. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            408: components["responses"]["Error408"];
            /** @description The resource exists already, or the `request_id` was used for a different request. Reasons: `IDEMPOTENCY_KEY_REUSED`. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["x-request-id"];
                    "x-ratelimit-limit": components["headers"]["x-ratelimit-limit"];
                    "x-ratelimit-remaining": components["headers"]["x-ratelimit-remaining"];
                    "x-ratelimit-reset": components["headers"]["x-ratelimit-reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["google.rpc.Status"];
                };
            };
            413: components["responses"]["Error413"];
            415: components["responses"]["Error415"];
            429: components["responses"]["Error429"];
            431: components["responses"]["Error431"];
            500: components["responses"]["Error500"];
            503: components["responses"]["Error503"];
            504: components["responses"]["Error504"];
        };
    };
    Edge_Health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every service is serving. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "SERVING";
                    };
                };
            };
            429: components["responses"]["Error429"];
            503: components["responses"]["Error503"];
        };
    };
}
