/** The filters of the list of orders, in the address. */

import { Order_side, Order_status } from "@/generated/enums";

export interface OrdersSearch {
  readonly status?: (typeof Order_status)[number];
  readonly side?: (typeof Order_side)[number];
  readonly assetId?: string;
  /** Days, as YYYY-MM-DD. */
  readonly from?: string;
  readonly to?: string;
}

export function ordersSearch({ status, side, assetId, from, to }: Record<string, unknown>): OrdersSearch {
  const oneStatus = Order_status.find((value) => value === status);
  const oneSide = Order_side.find((value) => value === side);
  return {
    ...(oneStatus !== undefined && { status: oneStatus }),
    ...(oneSide !== undefined && { side: oneSide }),
    ...(typeof assetId === "string" && assetId !== "" && { assetId }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  };
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
}
