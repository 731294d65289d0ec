/** Candles: their lengths, and the last one, which goes on with the live price. */

import type { Schemas } from "@/shared/api";
import { compareDecimals } from "@/shared/numbers";

export type Candle = Schemas["Candle"];

export const INTERVALS = ["1m", "1h", "1d"] as const;
export type Interval = (typeof INTERVALS)[number];

export const INTERVAL_MS: Record<Interval, number> = { "1m": 60_000, "1h": 3_600_000, "1d": 86_400_000 };

/** The last candle after a price at a time: the same one, longer, or the next one. Undefined if the price is older. */
export function goOn(last: Candle, price: string, atMs: number, interval: Interval): Candle | undefined {
  const lengthMs = INTERVAL_MS[interval];
  const startMs = Math.floor(atMs / lengthMs) * lengthMs;
  const lastMs = startOf(last);
  if (startMs < lastMs) {
    return undefined;
  }
  if (startMs === lastMs) {
    return { ...last, high: greater(last.high, price), low: lesser(last.low, price), close: price };
  }
  const open = last.close;
  const start_time = new Date(startMs).toISOString();
  return { start_time, open, high: greater(open, price), low: lesser(open, price), close: price };
}

/** The start of a candle, in milliseconds since 1970. */
export function startOf({ start_time = "" }: Candle): number {
  return Date.parse(start_time);
}

function greater(one: string, other: string): string {
  return compareDecimals(one, other) >= 0 ? one : other;
}

function lesser(one: string, other: string): string {
  return compareDecimals(one, other) <= 0 ? one : other;
}
