/** What the page shows first, in the address. */

import { CreateOrderRequest_side } from "@/generated/enums";

import { INTERVALS } from "./chart/candles";
import type { Interval } from "./chart/candles";

export interface TradeSearch {
  readonly side?: (typeof CreateOrderRequest_side)[number];
  readonly interval?: Interval;
}

export function tradeSearch({ side, interval }: Record<string, unknown>): TradeSearch {
  const oneSide = CreateOrderRequest_side.find((value) => value === side);
  const oneInterval = INTERVALS.find((value) => value === interval);
  return {
    ...(oneSide !== undefined && { side: oneSide }),
    ...(oneInterval !== undefined && { interval: oneInterval }),
  };
}
