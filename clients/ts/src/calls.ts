/** What clients of every transport need around their calls. */

import { Code, ConnectError } from "@connectrpc/connect";

import { sleep } from "./retry.js";

const PENDING_MS_MAX = 30_000;
const PENDING_PAUSE_MS = 500;

/** An id by which the system knows a request again. With it a replay has no second effect and the first answer. */
export function newRequestId(): string {
  // Not randomUUID(): browsers have that only for pages that came by https or from localhost.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Everything in a list, page after page. `load` gets a page: what is on it, and the token of the next, empty on the last. */
export async function* everything<T>(
  load: (pageToken: string) => Promise<readonly [items: readonly T[], nextPageToken: string]>,
): AsyncGenerator<T, void, undefined> {
  let token = "";
  do {
    const [items, next] = await load(token);
    if (next !== "" && next === token) {
      throw new Error("the next page is the one just read");
    }
    yield* items;
    token = next;
  } while (token !== "");
}

/**
 * Makes an order and waits while it is PENDING, which it is when a part of the system is away: the same request, sent
 * again with its request id, tells how it went. Answers it as PENDING after half a minute.
 */
export async function settled<T>(create: () => Promise<T>, isPending: (order: T) => boolean): Promise<T> {
  const endMs = Date.now() + PENDING_MS_MAX;
  for (;;) {
    const order = await create();
    if (!isPending(order) || Date.now() >= endMs) {
      return order;
    }
    await sleep(PENDING_PAUSE_MS);
  }
}

/** fetch, whose failure to reach the edge is UNAVAILABLE, as it is for gRPC. Browsers say no more of it, nor of CORS. */
export const reachingFetch: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (error instanceof TypeError) {
      throw new ConnectError("the edge cannot be reached", Code.Unavailable, undefined, undefined, error);
    }
    throw error;
  }
};
