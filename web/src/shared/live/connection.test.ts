import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { accessToken, http, HttpResponse, refusal, server } from "@/test/server";

type Live = typeof import("./connection") & typeof import("./wanted") & typeof import("./prices");

interface Opened {
  readonly url: URL;
  readonly authorization: string | null;
  isOpen: boolean;
  say(message: object): void;
  end(): void;
}

let opened: Opened[] = [];
let stopLive = (): void => undefined;
let answer: (() => Response) | undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], shouldAdvanceTime: false });
  opened = [];
  answer = undefined;
  setHidden(false);
  document.cookie = "cnop-signed-in=; Max-Age=0; Path=/";
  vi.stubGlobal("requestAnimationFrame", (callback: FrameRequestCallback) => {
    callback(0);
    return 1;
  });
  const stream = ({ request }: { request: Request }) => answer?.() ?? open(request);
  for (const path of ["/api/v1/watch", "/api/v1/orders\\:watch", "/api/v1/inventory/prices\\:watch"]) {
    server.use(http.get(path, stream));
  }
  server.use(
    http.post("/api/v1/auth/login", () => HttpResponse.json({ access_token: accessToken(), expires_in: 900 })),
  );
});
afterEach(() => {
  stopLive();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(request: Request): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const one: Opened = {
        url: new URL(request.url),
        authorization: request.headers.get("authorization"),
        isOpen: true,
        say: (message) => controller.enqueue(encoder.encode(`data: ${JSON.stringify(message)}\n\n`)),
        end: () => controller.close(),
      };
      opened.push(one);
      request.signal.addEventListener("abort", () => (one.isOpen = false));
    },
  });
  return new HttpResponse(body, { headers: { "content-type": "text/event-stream" } });
}

function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, value: isHidden });
  document.dispatchEvent(new Event("visibilitychange"));
}

const prices = (seq: number, price = "1") => ({
  kind: "SNAPSHOT",
  seq: String(seq),
  as_of: "2026-11-24T09:30:00Z",
  price_source: "SIMULATED",
  is_stale: false,
  is_halted: false,
  end_reason: "",
  prices: [{ asset_id: "BTC", price_usd: price, bid: price, ask: price, trading_status: "TRADING" }],
});

async function start(isUser = false): Promise<Live> {
  vi.resetModules();
  const session = await import("../session");
  await session.startSession();
  if (isUser) {
    await session.signIn({ username: "ada", password: "correct horse battery", isRemembered: false });
  }
  const live = { ...(await import("./connection")), ...(await import("./wanted")), ...(await import("./prices")) };
  stopLive = live.startLive();
  await vi.advanceTimersByTimeAsync(100);
  return live;
}

async function watchBtc(isUser = false): Promise<Live> {
  const live = await start(isUser);
  live.want(["BTC"], live.interestChanged);
  await elapse(100);
  return live;
}

/** Lets time pass, and what is under way in the network too. */
async function elapse(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.advanceTimersByTimeAsync(0);
}

async function hear(live: Live, message: object = prices(1)): Promise<void> {
  await vi.waitFor(() => expect(opened.at(-1)).toBeDefined());
  opened.at(-1)?.say(message);
  await elapse(10);
  expect(live.connection.get().status).toBe("live");
}

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
});

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
    answer = () => {
      count += 1;
      return refusal(503, 14, "DEPENDENCY_UNAVAILABLE");
    };
    const live = await watchBtc();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await vi.waitFor(() => expect(live.connection.get().status).toBe("waiting"));
      const pause = live.connection.get().retryAtMs - Date.now();
      pauses.push(Math.round(pause / 1000));
      await elapse(pause + 5);
    }

    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(count).toBeGreaterThanOrEqual(8);
  });

  test("because there are too many waits as long as it is told", async () => {
    answer = () => refusal(429, 8, "TOO_MANY_STREAMS", { headers: { "retry-after": "20" } });
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
  expect(["stale", "waiting"]).toContain(live.connection.get().status);
  await elapse(2_000);

  expect(opened).toHaveLength(2);
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
