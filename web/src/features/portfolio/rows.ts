/** The rows of the portfolio: holdings with their shares, as shown, drawn and saved. */

import { percentOf, totalsOf } from "@/shared/assets";
import type { Valued } from "@/shared/assets";
import { compareDecimals } from "@/shared/numbers";
import type { Big, CsvColumn } from "@/shared/numbers";

export interface Row extends Valued {
  readonly id: string;
  /** The part of the total, cash included, in percent; undefined while the total is unknown. */
  readonly share: Big | undefined;
}

/** Adds the shares; the most valuable row first. */
export function rowsOf(values: readonly Valued[], cash: string | undefined): readonly Row[] {
  const { total } = totalsOf(values, cash);
  return values
    .map((one) => ({ ...one, id: one.holding.asset_id, share: percentOf(one.value, total) }))
    .sort((one, other) => compareUnknown(other.value, one.value));
}

/** The rows whose symbol or name contains a text. */
export function matching(rows: readonly Row[], search: string): readonly Row[] {
  const text = search.trim().toLocaleLowerCase();
  return rows.filter(({ id, holding }) => `${id}\n${holding.asset_name}`.toLocaleLowerCase().includes(text));
}

/** Compares values of which some are unknown: those are the smallest. */
export function compareUnknown(one: Big | undefined, other: Big | undefined): number {
  if (one === undefined || other === undefined) {
    return Number(one !== undefined) - Number(other !== undefined);
  }
  return compareDecimals(one, other);
}

/** A slice of the allocation. */
export interface Slice {
  readonly key: string;
  readonly label: string;
  readonly value: Big | undefined;
  readonly share: Big | undefined;
}

/** The largest holdings, the others together, and cash. Empty while the total is unknown, or zero. */
export function slicesOf(rows: readonly Row[], cash: string | undefined, count: number): readonly Slice[] {
  const { total, cash: money } = totalsOf(rows, cash);
  if (total === undefined || total.lte(0)) {
    return [];
  }
  const single = rows.length <= count + 1 ? rows : rows.slice(0, count);
  const others = rows.slice(single.length);
  const rest = others.length === 0 ? undefined : totalsOf(others, "0").holdings;
  return [
    ...single.map(({ id, value, share }) => ({ key: id, label: id, value, share })),
    ...(rest === undefined
      ? []
      : [{ key: " others", label: `${others.length} others`, value: rest, share: percentOf(rest, total) }]),
    ...(money?.gt(0) ? [{ key: " cash", label: "Cash", value: money, share: percentOf(money, total) }] : []),
  ];
}

const fixed = (value: Big | undefined): string => value?.toFixed(2) ?? "";

export const CSV: readonly CsvColumn<Row>[] = [
  { title: "asset_id", value: ({ id }) => id },
  { title: "name", value: ({ holding }) => holding.asset_name },
  { title: "quantity", value: ({ holding }) => holding.quantity },
  { title: "available_quantity", value: ({ holding }) => holding.available_quantity },
  { title: "average_cost_usd", value: ({ holding }) => holding.average_cost },
  { title: "cost_basis_usd", value: ({ holding }) => holding.cost_basis },
  { title: "price_usd", value: ({ price }) => price ?? "" },
  { title: "market_value_usd", value: ({ value }) => fixed(value) },
  { title: "unrealized_pnl_usd", value: ({ pnl }) => fixed(pnl) },
  { title: "share_percent", value: ({ share }) => fixed(share) },
  { title: "price_source", value: ({ holding }) => holding.price_source },
  { title: "saved_at", value: () => new Date().toISOString() },
];
