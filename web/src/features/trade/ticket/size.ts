/** How large an order is: from what is typed or pressed to what the API takes. */

import { broken, contract } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { Big, decimal, floorTo, plain } from "@/shared/numbers";

export type Side = Schemas["CreateOrderRequest"]["side"];
export type Unit = "dollars" | "units";
export type OrderRequest = Schemas["PreviewOrderRequest"];

export const SHARES = [25, 50, 75, 100] as const;
export type Share = (typeof SHARES)[number];

/** The order of an amount; undefined while there is none, or one that no order can have. */
export function orderOf(
  assetId: string,
  side: Side,
  unit: Unit,
  value: string | undefined,
  isAll: boolean,
): OrderRequest | undefined {
  const order = { side, asset_id: assetId };
  if (isAll && side === "SELL") {
    return { ...order, sell_all: true };
  }
  if (value === undefined || problemOf(unit, value) !== undefined) {
    return undefined;
  }
  return unit === "dollars" ? { ...order, quote_amount: value } : { ...order, quantity: value };
}

/** What is wrong with an amount for every order, in words; limits of the asset are obstacles of its preview. */
export function problemOf(unit: Unit, value: string | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (decimal(value)?.eq(0) === true) {
    return "It must be above zero.";
  }
  const rule = unit === "dollars" ? contract.PreviewOrderRequest.quote_amount : contract.PreviewOrderRequest.quantity;
  return broken(rule, value) === undefined ? undefined : "No order can be that large.";
}

/** A share of the cash, in dollars: whole cents, at most what an order may be worth. The fee is paid out of it. */
export function shareOfCash(available: string, share: Share, valueMax: string): string {
  const cash = (decimal(available) ?? new Big(0)).times(share).div(100);
  const max = decimal(valueMax);
  return plain(floorTo(max !== undefined && cash.gt(max) ? max : cash, "0.01"));
}

/** A share of a holding, in steps of the asset. All of it is another order: it leaves no rest. */
export function shareOfHolding(available: string, share: Share, increment: string): string {
  return plain(floorTo((decimal(available) ?? new Big(0)).times(share).div(100), increment));
}

/** The smallest quantity, in steps of the asset, that is worth a value, and still is when the price falls by 1 %. */
export function leastQuantity(value: string, price: string, increment: string): string {
  const exact = quantityWorth(value, price).times("1.01");
  const floored = floorTo(exact, increment);
  return plain(floored.lt(exact) ? floored.plus(increment) : floored);
}

/** The largest quantity, in steps of the asset, that is worth a value at most, also when the price rises by 1 %. */
export function mostQuantity(value: string, price: string, increment: string): string {
  return plain(floorTo(quantityWorth(value, price).times("0.99"), increment));
}

function quantityWorth(value: string, price: string): Big {
  const each = decimal(price) ?? new Big(0);
  return each.eq(0) ? each : (decimal(value) ?? new Big(0)).div(each);
}

/** An amount in the other unit, at a preview: what a buy pays in all, or a sell brings before the fee. */
export function converted(preview: Schemas["PreviewOrderResponse"], side: Side, unit: Unit): string {
  const dollars = side === "BUY" ? preview.net_amount : preview.total_amount;
  const value = decimal(unit === "units" ? preview.quantity : dollars);
  return value === undefined || value.eq(0) ? "" : plain(value);
}

/** Whether an order needs a confirmation: it is worth at least the sum of the settings, or nobody can tell. */
export function mustConfirm(netAmount: string, confirmFrom: string): boolean {
  const [sum, from] = [decimal(netAmount), decimal(confirmFrom)];
  return sum === undefined || from === undefined || sum.gte(from);
}
