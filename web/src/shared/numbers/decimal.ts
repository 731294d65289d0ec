/** Exact decimals. Amounts, prices and quantities are strings on the wire, and never floating-point numbers here. */

import { Big } from "big.js";

/** What the API sends: a decimal string, "" when there is no value. */
export type Decimalish = string | Big | undefined | null;

/** The decimal of a string of the API; undefined when there is no value. */
export function decimal(value: Decimalish): Big | undefined {
  if (value === undefined || value === null || value === "") {
    return undefined;
  }
  if (typeof value !== "string") {
    return value;
  }
  return /^-?\d+(\.\d+)?$/.test(value) ? new Big(value) : undefined;
}

/** Plain digits without an exponent and without zeros at the end, as the API takes them. */
export function plain(value: Big): string {
  return value.toFixed();
}

/** Rounds down to a multiple of an increment, such as the quantity_increment of an asset. */
export function floorTo(value: Big, increment: Decimalish): Big {
  const step = decimal(increment);
  return step === undefined || step.eq(0) ? value : value.div(step).round(0, Big.roundDown).times(step);
}

/** Compares two decimals for sorting; those without a value come last in ascending order. */
export function compareDecimals(left: Decimalish, right: Decimalish): number {
  const [one, other] = [decimal(left), decimal(right)];
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return one.cmp(other);
}

export { Big };
