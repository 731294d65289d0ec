/** Helpers for calls by any transport. */

import { sleep } from "./core/retry.js";

export { newRequestId } from "./core/ids.js";

const PENDING_MS_MAX = 30_000;
const PENDING_PAUSE_MS = 500;

/** Iterates over all pages of a list. `load` returns the items of a page and the token of the next, empty for the last. */
export async function* everything<T>(
  load: (pageToken: string) => Promise<readonly [items: readonly T[], nextPageToken: string]>,
): AsyncGenerator<T, void, undefined> {
  let token = "";
  do {
    const [items, next] = await load(token);
    if (next !== "" && next === token) {
      throw new Error("the next page token is the one just used");
    }
    yield* items;
    token = next;
  } while (token !== "");
}

/**
 * Makes an order and waits while it is PENDING, because a part of the system is unavailable: sends the same request
 * again, with its request id, to learn the outcome. Returns the PENDING order after half a minute.
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
