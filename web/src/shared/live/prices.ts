/** The newest price of each asset. A component hears of its own assets alone, four times a second at most. */

import type { Schemas } from "@/shared/api";
import { createStore } from "@/shared/lib";

export interface Tick {
  readonly assetId: string;
  /** The middle of bid and ask. */
  readonly price: string;
  /** The price at which the user sells. */
  readonly bid: string;
  /** The price at which the user buys. */
  readonly ask: string;
  readonly status: Schemas["Asset"]["trading_status"];
  readonly seq: string;
  /** Whether the price was lower (1) or higher (-1) before; 0 at first. */
  readonly direction: -1 | 0 | 1;
}

export interface Market {
  readonly isHalted: boolean;
  /** Whether prices are too old to trade at, says the system. */
  readonly isStale: boolean;
  readonly source: Schemas["Market"]["price_source"];
}

/** Prices change as often in the system itself. Each time the browser paints, it costs more than the prices do. */
const FLUSH_MS = 250;
const EARLY_MS = 20; // a message that comes a little early need not wait

const ticks = new Map<string, Tick>();
const changed = new Map<string, Tick>();
const listeners = new Map<string, Set<() => void>>();
let isFlushDue = false;
let flushedAtMs = -Infinity;
let newest = 0n;

export const market = createStore<Market>({ isHalted: false, isStale: false, source: "PRICE_SOURCE_UNSPECIFIED" });
/** The time of the newest prices, in milliseconds since 1970; 0 before there are any. */
export const asOf = createStore(0);

/** When they came, by the clock of this device: ages do not depend on whether it is right. */
export const receivedAt = createStore(0);

/** The sequence number of the newest prices, "0" before there are any. */
export function newestSeq(): string {
  return String(newest);
}

export function tickOf(assetId: string): Tick | undefined {
  return ticks.get(assetId);
}

export function subscribeTick(assetId: string, listener: () => void): () => void {
  const own = listeners.get(assetId) ?? new Set();
  listeners.set(assetId, own.add(listener));
  return () => {
    own.delete(listener);
    if (own.size === 0 && listeners.get(assetId) === own) {
      listeners.delete(assetId);
    }
  };
}

/**
 * Takes a message. Prices older than those shown are left out: another replica may be a moment behind. A snapshot that is
 * later all the same is of a market that has begun anew.
 */
export function applyPrices(message: Schemas["WatchPricesResponse"]): void {
  if (message.kind === "HEARTBEAT" && message.as_of !== undefined) {
    setTimes(message); // there are newer prices, and they are the same
  }
  if (message.kind !== "SNAPSHOT" && message.kind !== "DELTA") {
    return;
  }
  const seq = BigInt(message.seq);
  const isLater = message.kind === "SNAPSHOT" && Date.parse(message.as_of ?? "") > asOf.get();
  if (seq < newest && !isLater) {
    return;
  }
  newest = seq;
  for (const { asset_id, price_usd, bid, ask, trading_status } of message.prices) {
    const before = changed.get(asset_id) ?? ticks.get(asset_id);
    const direction = directionOf(before, price_usd);
    const tick = { assetId: asset_id, price: price_usd, bid, ask, status: trading_status, seq: message.seq, direction };
    changed.set(asset_id, tick);
  }
  setTimes(message);
  flushSoon();
}

/** Forgets all prices, for tests. */
export function resetPrices(): void {
  ticks.clear();
  changed.clear();
  flushedAtMs = -Infinity;
  newest = 0n;
  asOf.set(0);
  receivedAt.set(0);
}

function flushSoon(): void {
  if (isFlushDue) {
    return;
  }
  isFlushDue = true;
  const leftMs = flushedAtMs + FLUSH_MS - EARLY_MS - performance.now();
  if (leftMs > 0) {
    setTimeout(() => requestAnimationFrame(flush), leftMs);
  } else {
    requestAnimationFrame(flush);
  }
}

function flush(): void {
  isFlushDue = false;
  flushedAtMs = performance.now();
  const due = new Set<() => void>();
  for (const [assetId, tick] of changed) {
    ticks.set(assetId, tick);
    for (const listener of listeners.get(assetId) ?? []) {
      due.add(listener);
    }
  }
  changed.clear();
  for (const listener of due) {
    listener();
  }
}

function directionOf(before: Tick | undefined, price: string): -1 | 0 | 1 {
  if (before === undefined || before.price === price) {
    return before?.direction ?? 0;
  }
  return Number(price) > Number(before.price) ? 1 : -1; // only a hint for the eye
}

function setTimes(message: Schemas["WatchPricesResponse"]): void {
  setMarket({ isHalted: message.is_halted, isStale: message.is_stale, source: message.price_source });
  asOf.set(Date.parse(message.as_of ?? "") || asOf.get());
  receivedAt.set(Date.now());
}

function setMarket(next: Market): void {
  const { isHalted, isStale, source } = market.get();
  if (isHalted !== next.isHalted || isStale !== next.isStale || source !== next.source) {
    market.set(next);
  }
}
