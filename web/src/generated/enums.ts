// Made from gen/ by `npm run generate`.

export const Profile_role = [
  "CUSTOMER",
  "ADMIN"
] as const;

export const Transaction_transaction_type = [
  "DEPOSIT",
  "WITHDRAWAL",
  "ORDER_PAYMENT",
  "ORDER_SALE"
] as const;

export const Transaction_status = [
  "COMPLETED"
] as const;

export const Holding_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const Portfolio_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const Asset_trading_status = [
  "TRADING",
  "SELL_ONLY",
  "HALTED"
] as const;

export const Asset_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const Market_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const ListCandlesResponse_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const WatchPricesResponse_kind = [
  "SNAPSHOT",
  "DELTA",
  "HEARTBEAT",
  "END"
] as const;

export const WatchPricesResponse_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const WatchPricesResponse_Price_trading_status = [
  "TRADING",
  "SELL_ONLY",
  "HALTED"
] as const;

export const CreateOrderRequest_side = [
  "BUY",
  "SELL"
] as const;

export const CreateOrderRequest_type = [
  "MARKET"
] as const;

export const Order_side = [
  "BUY",
  "SELL"
] as const;

export const Order_type = [
  "MARKET"
] as const;

export const Order_status = [
  "PENDING",
  "COMPLETED",
  "FAILED"
] as const;

export const Order_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const PreviewOrderRequest_side = [
  "BUY",
  "SELL"
] as const;

export const PreviewOrderResponse_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;

export const WatchOrdersResponse_kind = [
  "SNAPSHOT",
  "CHANGE",
  "HEARTBEAT",
  "END"
] as const;

export const AssetTransaction_side = [
  "BUY",
  "SELL"
] as const;

export const SetTradingStatusRequest_trading_status = [
  "TRADING",
  "SELL_ONLY",
  "HALTED"
] as const;

export const House_price_source = [
  "SIMULATED",
  "FIXED",
  "EXCHANGE"
] as const;
