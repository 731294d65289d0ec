/** What holdings are worth. A price that is away makes a value unknown, never zero. */

import { Big, decimal } from "@/shared/numbers";
import type { Decimalish } from "@/shared/numbers";

import type { Holding } from "./queries";

export interface Valued {
  readonly holding: Holding;
  readonly price: string | undefined;
  /** Quantity × price in dollars, rounded as the system does. */
  readonly value: Big | undefined;
  /** The value less the cost, in dollars. */
  readonly pnl: Big | undefined;
  /** The same in percent of the cost. */
  readonly pnlPercent: Big | undefined;
  /** What this quantity has gained in 24 hours, in dollars. */
  readonly change: Big | undefined;
}

/** Values a holding at a price. `change24h` is that of the price, in percent. */
export function valued(holding: Holding, price: string | undefined, change24h?: string): Valued {
  const cost = decimal(holding.cost_basis);
  const value = valueOf(holding.quantity, price);
  const pnl = value === undefined || cost === undefined ? undefined : value.minus(cost);
  return { holding, price, value, pnl, pnlPercent: percentOf(pnl, cost), change: gainOf(value, change24h) };
}

export interface Totals {
  readonly cash: Big | undefined;
  readonly holdings: Big | undefined;
  readonly total: Big | undefined;
  readonly pnl: Big | undefined;
  readonly pnlPercent: Big | undefined;
  /** What the quantities of now have gained in 24 hours, in dollars. */
  readonly change: Big | undefined;
  readonly changePercent: Big | undefined;
  /** The assets without a price: while there are any, sums are unknown. */
  readonly unpriced: readonly string[];
}

/** Adds holdings up. A sum with an unknown part is unknown. */
export function totalsOf(rows: readonly Valued[], cash: Decimalish): Totals {
  const holdings = sum(rows.map(({ value }) => value));
  const pnl = sum(rows.map((row) => row.pnl));
  const change = sum(rows.map((row) => row.change));
  const money = decimal(cash);
  const cost = sum(rows.map(({ holding }) => decimal(holding.cost_basis)));
  return {
    cash: money,
    holdings,
    total: sum([holdings, money]),
    pnl,
    pnlPercent: percentOf(pnl, cost),
    change,
    changePercent: percentOf(change, change && holdings?.minus(change)),
    unpriced: rows.filter(({ value }) => value === undefined).map(({ holding }) => holding.asset_id),
  };
}

/** A part in percent of a whole. */
export function percentOf(part: Big | undefined, whole: Big | undefined): Big | undefined {
  return part === undefined || whole === undefined || whole.eq(0) ? undefined : part.div(whole).times(100);
}

function valueOf(quantity: string, price: string | undefined): Big | undefined {
  const [amount, each] = [decimal(quantity), decimal(price)];
  return amount === undefined || each === undefined ? undefined : amount.times(each).round(2, Big.roundHalfEven);
}

function gainOf(value: Big | undefined, change24h: string | undefined): Big | undefined {
  const percent = decimal(change24h);
  return value === undefined || percent === undefined || percent.lte(-100)
    ? undefined
    : value.times(percent).div(percent.plus(100)).round(2, Big.roundHalfEven);
}

function sum(values: readonly (Big | undefined)[]): Big | undefined {
  return values.reduce<Big | undefined>(
    (total, value) => (value === undefined ? undefined : total?.plus(value)),
    new Big(0),
  );
}
