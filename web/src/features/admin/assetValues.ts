/** What an asset form holds, and what of it is sent. Numbers are as typed; the contract takes plain ones. */

import type { Schemas } from "@/shared/api";
import { parseDecimal } from "@/shared/numbers";
import { typed } from "@/shared/ui";

const TEXTS = ["name", "category", "description", "image", "quantity_increment", "price_increment"] as const;
const NUMBERS = ["circulating_supply", "max_supply", "order_value_min", "order_value_max"] as const;

export type TextName = (typeof TEXTS)[number];
export type NumberName = (typeof NUMBERS)[number];
export type AssetValues = Record<TextName | NumberName, string>;

/** The values of an asset, as somebody of a locale would type them. */
export function valuesOf(asset: Schemas["Asset"], locale: string): AssetValues {
  const values = Object.fromEntries([...TEXTS, ...NUMBERS].map((name) => [name, asset[name]])) as AssetValues;
  for (const name of NUMBERS) {
    values[name] = typed(values[name], locale);
  }
  return values;
}

/** A new asset, with the defaults of the contract. */
export function newValues(locale: string): AssetValues {
  const texts = { name: "", category: "", description: "", image: "" };
  const steps = { quantity_increment: "0.00000001", price_increment: "0.00000001" };
  const numbers = { circulating_supply: "", max_supply: "" };
  const limits = { order_value_min: typed("1.00", locale), order_value_max: "1000000" };
  return { ...texts, ...steps, ...numbers, ...limits };
}

/** The values as the contract takes them. */
export function plainValues(values: AssetValues, locale: string): AssetValues {
  const plain = { ...values };
  for (const name of NUMBERS) {
    plain[name] = plainNumber(values[name], locale) ?? values[name];
  }
  for (const name of ["name", "category", "description", "image"] as const) {
    plain[name] = values[name].trim();
  }
  return plain;
}

/** A number as the contract takes it: "" if nothing is typed, undefined if it cannot be read. */
export function plainNumber(text: string, locale: string): string | undefined {
  const parsed = parseDecimal(text, locale);
  return parsed.kind === "empty" ? "" : parsed.kind === "value" ? parsed.value : undefined;
}

/** What differs. */
export function changedValues(before: AssetValues, after: AssetValues): Partial<AssetValues> {
  const names = Object.keys(after) as (keyof AssetValues)[];
  return Object.fromEntries(names.filter((name) => after[name] !== before[name]).map((name) => [name, after[name]]));
}
