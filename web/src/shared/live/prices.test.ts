import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Schemas } from "@/shared/api";

import { applyPrices, asOf, market, resetPrices, subscribeTick, tickOf } from "./prices";

let frames: FrameRequestCallback[] = [];

beforeEach(() => {
  resetPrices();
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => frames.push(callback));
});
afterEach(() => {
  draw();
  vi.unstubAllGlobals();
});

function draw(): void {
  frames.splice(0).forEach((callback) => callback(0));
}

function message(seq: number, prices: Record<string, string>, more: Partial<Schemas["WatchPricesResponse"]> = {}) {
  return {
    kind: "DELTA",
    seq: String(seq),
    as_of: "2026-11-24T09:30:00.250Z",
    price_source: "SIMULATED",
    is_stale: false,
    is_halted: false,
    end_reason: "",
    prices: Object.entries(prices).map(([asset_id, price]) => ({
      asset_id,
      price_usd: price,
      bid: price,
      ask: price,
      trading_status: "TRADING",
    })),
    ...more,
  } as Schemas["WatchPricesResponse"];
}

test("a component hears of its own asset alone, once a flush", () => {
  const [btc, eth] = [vi.fn(), vi.fn()];
  subscribeTick("BTC", btc);
  subscribeTick("ETH", eth);

  applyPrices(message(1, { BTC: "1" }));
  applyPrices(message(2, { BTC: "2" }));
  applyPrices(message(3, { BTC: "3" }));
  expect(btc).not.toHaveBeenCalled();
  draw();

  expect(btc).toHaveBeenCalledTimes(1);
  expect(eth).not.toHaveBeenCalled();
  expect(tickOf("BTC")).toMatchObject({ price: "3", direction: 1 });
});

test("prices that follow at once are shown a quarter of a second later", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "performance"] });
  try {
    applyPrices(message(1, { BTC: "1" }));
    draw();
    applyPrices(message(2, { BTC: "2" }));
    vi.advanceTimersByTime(200);
    draw();
    expect(tickOf("BTC")).toMatchObject({ price: "1" });

    applyPrices(message(3, { BTC: "3" }));
    vi.advanceTimersByTime(50);
    draw();

    expect(tickOf("BTC")).toMatchObject({ price: "3" });
  } finally {
    vi.useRealTimers();
  }
});

test("prices of a market that has begun anew are shown, although their numbers are smaller", () => {
  applyPrices(message(500, { BTC: "5" }));
  applyPrices(message(1, { BTC: "6" }, { kind: "SNAPSHOT", as_of: "2026-11-24T09:31:00Z" }));
  applyPrices(message(2, { BTC: "7" }, { as_of: "2026-11-24T09:31:01Z" }));
  draw();

  expect(tickOf("BTC")?.price).toBe("7");
});

test("an older price is never shown after a newer one", () => {
  applyPrices(message(5, { BTC: "5" }));
  applyPrices(message(4, { BTC: "4" }, { kind: "SNAPSHOT" }));
  draw();

  expect(tickOf("BTC")?.price).toBe("5");
});

test("sequence numbers beyond 2^53 are told apart", () => {
  applyPrices({ ...message(0, { BTC: "2" }), seq: "9007199254740993" });
  applyPrices({ ...message(0, { BTC: "1" }), seq: "9007199254740992" });
  draw();

  expect(tickOf("BTC")?.price).toBe("2");
});

test("who has left hears nothing", () => {
  const listener = vi.fn();
  subscribeTick("BTC", listener)();

  applyPrices(message(1, { BTC: "1" }));
  draw();

  expect(listener).not.toHaveBeenCalled();
});

test("a halt and stale prices are known", () => {
  applyPrices(message(1, {}, { is_halted: true, is_stale: true }));

  expect(market.get()).toEqual({ isHalted: true, isStale: true, source: "SIMULATED" });
  expect(asOf.get()).toBe(Date.parse("2026-11-24T09:30:00.250Z"));
  applyPrices(message(2, {}));
  expect(market.get()).toMatchObject({ isHalted: false, isStale: false });
});
