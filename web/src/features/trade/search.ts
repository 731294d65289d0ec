/** What the ticket begins with, in the address. */

import { CreateOrderRequest_side } from "@/generated/enums";

export interface TradeSearch {
  readonly side?: (typeof CreateOrderRequest_side)[number];
}

export function tradeSearch({ side }: Record<string, unknown>): TradeSearch {
  const one = CreateOrderRequest_side.find((value) => value === side);
  return one === undefined ? {} : { side: one };
}
