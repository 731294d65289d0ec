/** Whether the prices on the page are stale: no stream brings newer ones now, though the market may have moved. */

import { createStore } from "@/shared/lib";

import type { Connection } from "./connection";
import { receivedAt } from "./prices";

const OLD_MS = 5_000;
const DOWN: readonly Connection["status"][] = ["stale", "waiting", "offline", "paused"];

export const arePricesOld = createStore(false);
receivedAt.subscribe(judge);

let status: Connection["status"] = "idle";
let receivedBefore = Infinity; // no stream brings prices
let timer: ReturnType<typeof setTimeout> | undefined;

export function statusChanged(next: Connection["status"]): void {
  status = next;
  judge();
}

/** A stream begins, or none does: what came before it does not show that the market is still seen. */
export function streamChanged(hasPrices: boolean): void {
  receivedBefore = hasPrices ? receivedAt.get() : Infinity;
  judge();
}

/** Judges now, and again when the prices get too old: a change of the page takes a moment only. */
function judge(): void {
  clearTimeout(timer);
  const at = receivedAt.get();
  const leftMs = at + OLD_MS - Date.now();
  const isLive = status === "live" && at > receivedBefore;
  arePricesOld.set(at !== 0 && !isLive && (DOWN.includes(status) || leftMs < 0));
  if (at !== 0 && !isLive && leftMs >= 0) {
    timer = setTimeout(judge, leftMs + 1);
  }
}
