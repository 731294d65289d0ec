/** One stream of server-sent events, by fetch: EventSource cannot send a token. */

import { createParser } from "eventsource-parser";

import { send } from "@/shared/api";
import type { Schemas } from "@/shared/api";

import type { Wanted } from "./wanted";

export interface Message {
  readonly prices?: Schemas["WatchPricesResponse"];
  readonly orders?: Schemas["WatchOrdersResponse"];
}

/** Which stream to open: its path and how to read its messages. Undefined if nothing is wanted. */
export function planOf(isSignedIn: boolean, { assetIds }: Wanted): Plan | undefined {
  const hasPrices = assetIds === "all" || assetIds.length > 0;
  if (isSignedIn) {
    return hasPrices
      ? { path: "/api/v1/watch", hasPrices, read: (data) => data as Message }
      : {
          path: "/api/v1/orders:watch",
          hasPrices,
          read: (data) => ({ orders: data as Schemas["WatchOrdersResponse"] }),
        };
  }
  return hasPrices
    ? {
        path: "/api/v1/inventory/prices:watch",
        hasPrices,
        read: (data) => ({ prices: data as Schemas["WatchPricesResponse"] }),
      }
    : undefined;
}

export interface Plan {
  readonly path: string;
  readonly hasPrices: boolean;
  readonly read: (data: unknown) => Message;
}

/** Opens a stream and hands on its messages until it ends. Throws ApiError. */
export async function readStream(
  plan: Plan,
  query: URLSearchParams,
  signal: AbortSignal,
  take: (message: Message) => void,
): Promise<void> {
  const url = new URL(`${plan.path}?${query.toString()}`, window.location.origin);
  const request = new Request(url, { headers: { accept: "text/event-stream" }, signal });
  const response = await send(request, plan.path, { isRetried: false }); // the caller backs off
  const parser = createParser({ onEvent: ({ data }) => take(plan.read(JSON.parse(data))) });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener("abort", () => void reader?.cancel().catch(() => undefined), { once: true });
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    parser.feed(part.value);
  }
}
