import { describe, expect, test, vi } from "vitest";

import { refusal } from "@/test/server";

import { answerBy, elapse, hear, opened, prices, setHidden, start, watchBtc } from "./testStreams";

describe("which stream is open", () => {
  test("none for a visitor of a page without prices", async () => {
    const live = await start();

    expect(opened).toHaveLength(0);
    expect(live.connection.get().status).toBe("idle");
  });

  test("prices alone, without a token, for visitors", async () => {
    await watchBtc();

    expect(opened.map(({ url }) => url.pathname + url.search)).toEqual([
      "/api/v1/inventory/prices:watch?min_interval_ms=250&asset_ids=BTC",
    ]);
    expect(opened[0]?.authorization).toBeNull();
  });

  test("prices and orders together, in one stream, for users", async () => {
    await watchBtc(true);

    expect(opened.filter(({ isOpen }) => isOpen).map(({ url }) => url.pathname)).toEqual(["/api/v1/watch"]);
    expect(opened.at(-1)?.authorization).toMatch(/^Bearer /);
  });

  test("orders alone for users of a page without prices", async () => {
    await start(true);
    await elapse(100);

    expect(opened.map(({ url }) => url.pathname)).toEqual(["/api/v1/orders:watch"]);
  });

  test("one for 200 rows, of all assets", async () => {
    const live = await start();
    Array.from({ length: 200 }, (_, index) => live.want([`A${index}`], live.interestChanged));
    await elapse(100);

    expect(opened.map(({ url }) => url.search)).toEqual(["?min_interval_ms=1000"]);
  });
});

describe("a tab that is hidden", () => {
  test("keeps its stream for 30 s", async () => {
    const live = await watchBtc();
    await hear(live);

    setHidden(true);
    await elapse(29_000);
    expect(opened[0]?.isOpen).toBe(true);
    setHidden(false);
    await elapse(5_000);

    expect(opened).toHaveLength(1);
  });

  test("then closes it, and opens another as soon as it is seen again, from a snapshot", async () => {
    const live = await watchBtc();
    await hear(live);

    setHidden(true);
    await elapse(30_100);
    expect(opened[0]?.isOpen).toBe(false);
    expect(live.connection.get().status).toBe("paused");
    setHidden(false);
    await elapse(10);

    expect(opened).toHaveLength(2);
    expect(opened[1]?.url.searchParams.has("resume_seq")).toBe(false);
  });

  test("closes it at once when another tab is looked at, and a tab in sight does not", async () => {
    const live = await watchBtc();
    await hear(live);
    const other = new BroadcastChannel("cnop.sight");

    const asked = isAskedWhetherHidden(false);
    other.postMessage(null);
    await asked; // the page has the message, and has looked whether it is in sight
    await elapse(10);
    expect(opened[0]?.isOpen).toBe(true);

    setHidden(true);
    other.postMessage(null);
    await vi.waitFor(() => expect(opened[0]?.isOpen).toBe(false));
    expect(live.connection.get().status).toBe("paused");

    const told = heard(other);
    setHidden(false);
    await told;
    await elapse(10);
    expect(opened).toHaveLength(2);
    other.close();
  });
});

/** Hides the tab or shows it, without a word. Resolves when somebody asks. */
function isAskedWhetherHidden(isHidden: boolean): Promise<void> {
  return new Promise((resolve) => {
    const get = (): boolean => {
      resolve();
      return isHidden;
    };
    Object.defineProperty(document, "hidden", { configurable: true, get });
  });
}

/** Resolves with the next message of a channel of this tab. */
function heard(channel: BroadcastChannel): Promise<void> {
  return new Promise((resolve) => (channel.onmessage = () => resolve()));
}

describe("a stream that ends", () => {
  test("as usual goes on where it was, and nobody notices", async () => {
    const live = await watchBtc();
    await hear(live, prices(7));

    opened[0]?.say({ ...prices(7), kind: "END", end_reason: "MAX_AGE", prices: [] });
    opened[0]?.end();
    await elapse(600);

    expect(opened).toHaveLength(2);
    expect(opened[1]?.url.searchParams.get("resume_seq")).toBe("7");
    expect(live.connection.get().status).toBe("live");
  });

  test("with an error is tried again, later each time, and up to 30 s apart", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    let count = 0;
    answerBy(() => {
      count += 1;
      return refusal(503, 14, "DEPENDENCY_UNAVAILABLE");
    });
    const live = await watchBtc();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await vi.waitFor(() => expect(live.connection.get().status).toBe("waiting"));
      const pause = live.connection.get().retryAtMs - Date.now();
      pauses.push(Math.round(pause / 500) / 2);
      await elapse(pause + 5);
    }

    expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30]);
    expect(count).toBeGreaterThanOrEqual(8);
  });

  test("because there are too many waits as long as it is told", async () => {
    answerBy(() => refusal(429, 8, "TOO_MANY_STREAMS", { headers: { "retry-after": "20" } }));
    const live = await watchBtc();

    expect(live.connection.get()).toMatchObject({ status: "waiting", error: { reason: "TOO_MANY_STREAMS" } });
    expect(live.connection.get().retryAtMs - Date.now()).toBeGreaterThan(19_000);
  });
});

test("35 s of silence make prices stale, and another stream is opened; heartbeats do not count as silence", async () => {
  const live = await watchBtc();
  await hear(live);
  await elapse(30_000);
  await hear(live, { ...prices(1), kind: "HEARTBEAT", prices: [] });
  await elapse(30_000);
  expect(live.connection.get().status).toBe("live");

  await elapse(5_100);
  expect(opened[0]?.isOpen).toBe(false);
  expect(live.connection.get().status).toBe("stale");
  await elapse(2_000);

  expect(opened).toHaveLength(2);
  expect(live.connection.get().status).toBe("stale"); // the new one has said nothing yet
  expect(live.arePricesOld.get()).toBe(true);
  await hear(live, prices(2));
  expect(live.arePricesOld.get()).toBe(false);
});

test("nothing is tried while the browser is offline, and at once when it is back", async () => {
  const live = await watchBtc();
  await hear(live);
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  window.dispatchEvent(new Event("offline"));
  await elapse(60_000);
  expect(live.connection.get().status).toBe("offline");
  expect(opened).toHaveLength(1);

  online.mockReturnValue(true);
  window.dispatchEvent(new Event("online"));
  await elapse(10);

  expect(opened).toHaveLength(2);
});

test("an order event gets balance and orders anew", async () => {
  const live = await watchBtc(true);
  const { queryClient } = await import("../api");
  queryClient.setQueryData(["get", "/api/v1/balance", {}], {});
  queryClient.setQueryData(["get", "/api/v1/inventory/market", {}], {});

  await hear(live, { orders: { kind: "CHANGE", orders: [], end_reason: "" } });
  await elapse(200);

  expect(queryClient.getQueryState(["get", "/api/v1/balance", {}])?.isInvalidated).toBe(true);
  expect(queryClient.getQueryState(["get", "/api/v1/inventory/market", {}])?.isInvalidated).toBe(false);
});
