/** What happens to the orders of the user. */

import { refresh } from "@/shared/api";
import type { Schemas } from "@/shared/api";

type Orders = readonly Schemas["Order"][];

const listeners = new Set<(orders: Orders) => void>();
const told = new Set<string>(); // the ids of requests
const SETTLE_MS = 150; // changes of a moment are one refresh
let timer: ReturnType<typeof setTimeout> | undefined;
let hasSnapshot = false;

export function subscribeOrders(listener: (orders: Orders) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that a page itself tells what becomes of a request, so that nobody else needs to. Returns what ends that. */
export function tellOutcome(requestId: string): () => void {
  told.add(requestId);
  return () => told.delete(requestId);
}

export function isTold({ request_id }: Schemas["Order"]): boolean {
  return told.has(request_id);
}

/** Takes a message. The balance and the lists are got anew after each change, and when changes may have been missed. */
export function applyOrders({ kind, orders }: Schemas["WatchOrdersResponse"]): void {
  if (kind === "CHANGE") {
    for (const listener of [...listeners]) {
      listener(orders);
    }
    refreshSoon();
  } else if (kind === "SNAPSHOT") {
    if (hasSnapshot) {
      refreshSoon();
    }
    hasSnapshot = true;
  }
}

function refreshSoon(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    void refresh(
      "/api/v1/orders",
      "/api/v1/orders/{order_id}",
      "/api/v1/balance",
      "/api/v1/balance/transactions",
      "/api/v1/balance/asset/{asset_id}",
      "/api/v1/assets/balances",
      "/api/v1/assets/{asset_id}/transactions",
      "/api/v1/portfolio",
    );
  }, SETTLE_MS);
}
