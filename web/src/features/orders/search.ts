/** The filters of the list of orders, in the address. */

import { Order_side, Order_status } from "@/generated/enums";
import { isDay } from "@/shared/lib";

export interface OrdersSearch {
  readonly status?: (typeof Order_status)[number];
  readonly side?: (typeof Order_side)[number];
  readonly assetId?: string;
  /** Days, as YYYY-MM-DD. */
  readonly from?: string;
  readonly to?: string;
  /** The token of a page; none is the first one. */
  readonly page?: string;
}

export function ordersSearch({ status, side, assetId, from, to, page }: Record<string, unknown>): OrdersSearch {
  const oneStatus = Order_status.find((value) => value === status);
  const oneSide = Order_side.find((value) => value === side);
  return {
    ...(oneStatus !== undefined && { status: oneStatus }),
    ...(oneSide !== undefined && { side: oneSide }),
    ...(typeof assetId === "string" && /^[A-Z0-9]{1,12}$/.test(assetId) && { assetId }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && !(isDay(from) && to < from) && { to }),
    ...(typeof page === "string" && page !== "" && { page }),
  };
}
