/** Streams of a stand-in for the edge, and a clock, for tests. */

import { afterEach, beforeEach, expect, vi } from "vitest";

import { accessToken, http, HttpResponse, server } from "@/test/server";

type Live = typeof import("./connection") &
  typeof import("./wanted") &
  typeof import("./prices") &
  typeof import("./age");

interface Opened {
  readonly url: URL;
  readonly authorization: string | null;
  isOpen: boolean;
  say(message: object): void;
  end(): void;
}

export let opened: Opened[] = [];
let stopLive = (): void => undefined;
let answer: (() => Response) | undefined;

/** Answers calls for streams so, rather than by a stream. */
export function answerBy(next: () => Response): void {
  answer = next;
}

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

export function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, value: isHidden });
  document.dispatchEvent(new Event("visibilitychange"));
}

export const prices = (seq: number, price = "1") => ({
  kind: "SNAPSHOT",
  seq: String(seq),
  as_of: "2026-11-24T09:30:00Z",
  price_source: "SIMULATED",
  is_stale: false,
  is_halted: false,
  end_reason: "",
  prices: [{ asset_id: "BTC", price_usd: price, bid: price, ask: price, trading_status: "TRADING" }],
});

export async function start(isUser = false): Promise<Live> {
  vi.resetModules();
  const session = await import("../session");
  await session.startSession();
  if (isUser) {
    await session.signIn({ username: "ada", password: "correct horse battery", isRemembered: false });
  }
  const live = {
    ...(await import("./connection")),
    ...(await import("./wanted")),
    ...(await import("./prices")),
    ...(await import("./age")),
  };
  stopLive = live.startLive();
  await vi.advanceTimersByTimeAsync(100);
  return live;
}

export async function watchBtc(isUser = false): Promise<Live> {
  const live = await start(isUser);
  live.want(["BTC"], live.interestChanged);
  await elapse(100);
  return live;
}

/** Lets time pass, and what is under way in the network too. */
export async function elapse(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await vi.advanceTimersByTimeAsync(0);
}

export async function hear(live: Live, message: object = prices(1)): Promise<void> {
  await vi.waitFor(() => expect(opened.at(-1)).toBeDefined());
  opened.at(-1)?.say(message);
  await elapse(10);
  expect(live.connection.get().status).toBe("live");
}
