import type { ReactNode } from "react";

import { reasonInWords } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useOrderEvents } from "@/shared/live";
import { currentFormats } from "@/shared/settings";
import { SIDE, TextLink, toast } from "@/shared/ui";

/** Tells of orders that were filled or have failed, on whatever page the user is. */
export function OrderNews(): ReactNode {
  useOrderEvents((orders) => {
    for (const order of orders) {
      tell(order);
    }
  });
  return null;
}

function tell(order: Schemas["Order"]): void {
  const { quantity, price } = currentFormats();
  const what = `${SIDE[order.side].label} ${quantity(order.quantity)} ${order.asset_id}`;
  const link = (
    <TextLink to="/orders/$orderId" params={{ orderId: order.order_id }}>
      {what}
    </TextLink>
  );
  if (order.status === "COMPLETED") {
    toast(
      "good",
      <span>
        {link} filled at {price(order.price)}
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
