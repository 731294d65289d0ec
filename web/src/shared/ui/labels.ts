/** The values of the contract's enumerations in words. A new value breaks the build here. */

import type { Schemas } from "@/shared/api";

import type { BadgeTone } from "./bits";

type Order = Schemas["Order"];

export const ORDER_STATUS: Record<Order["status"], { readonly label: string; readonly tone: BadgeTone }> = {
  STATUS_UNSPECIFIED: { label: "—", tone: "neutral" },
  PENDING: { label: "Pending", tone: "warn" },
  COMPLETED: { label: "Filled", tone: "good" },
  FAILED: { label: "Failed", tone: "bad" },
};

export const SIDE: Record<Order["side"], { readonly label: string; readonly tone: BadgeTone }> = {
  SIDE_UNSPECIFIED: { label: "—", tone: "neutral" },
  BUY: { label: "Buy", tone: "good" },
  SELL: { label: "Sell", tone: "bad" },
};

export const ORDER_TYPE: Record<Order["type"], string> = { TYPE_UNSPECIFIED: "—", MARKET: "Market" };

export const TRADING_STATUS: Record<
  Schemas["Asset"]["trading_status"],
  { readonly label: string; readonly tone: BadgeTone }
> = {
  TRADING_STATUS_UNSPECIFIED: { label: "—", tone: "neutral" },
  TRADING: { label: "Trading", tone: "good" },
  SELL_ONLY: { label: "Sell only", tone: "warn" },
  HALTED: { label: "Halted", tone: "bad" },
};

export const TRANSACTION_TYPE: Record<Schemas["Transaction"]["transaction_type"], string> = {
  TYPE_UNSPECIFIED: "—",
  DEPOSIT: "Deposit",
  WITHDRAWAL: "Withdrawal",
  ORDER_PAYMENT: "Buy",
  ORDER_SALE: "Sale",
};

export const PRICE_SOURCE: Record<Schemas["Market"]["price_source"], string> = {
  PRICE_SOURCE_UNSPECIFIED: "",
  SIMULATED: "Simulated prices",
  FIXED: "Fixed prices",
  EXCHANGE: "Prices of an exchange",
};
