import type { ReactNode } from "react";

import { reasonInWords } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { isTold, useOrderEvents } from "@/shared/live";
import { Price, Quantity, SIDE, TextLink, toast } from "@/shared/ui";

/** Tells of orders that were filled or have failed, on whatever page the user is, unless that page tells it already. */
export function OrderNews(): ReactNode {
  useOrderEvents((orders) => {
    for (const order of orders.filter((one) => !isTold(one))) {
      tell(order);
    }
  });
  return null;
}

function tell(order: Schemas["Order"]): void {
  const link = (
    <TextLink to="/orders/$orderId" params={{ orderId: order.order_id }}>
      {SIDE[order.side].label} <Quantity value={order.quantity} unit={order.asset_id} isOwn />
    </TextLink>
  );
  if (order.status === "COMPLETED") {
    toast(
      "good",
      <span>
        {link} filled at <Price value={order.price} />
      </span>,
    );
  } else if (order.status === "FAILED") {
    toast(
      "bad",
      <span>
        {link} failed. {reasonInWords(order.failure_reason)}
      </span>,
    );
  }
}
