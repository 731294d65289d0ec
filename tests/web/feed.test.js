/** The fast market of the benchmark: what a page reads from it looks like what the edge sends. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ORIGIN } from "./api.js";
import { feed } from "./feed.js";

/** Reads the first messages of the stream of prices. */
async function messages(origin, count) {
  const stop = new AbortController();
  const answer = await fetch(`${origin}/api/v1/inventory/prices:watch`, { signal: stop.signal });
  assert.equal(answer.headers.get("content-type"), "text/event-stream");
  const found = [];
  let text = "";
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    const events = (text + part).split("\n\n");
    text = events.pop();
    found.push(...events.map((event) => JSON.parse(event.slice("data:".length))));
    if (found.length >= count) {
      break;
    }
  }
  stop.abort();
  return found;
}

test("a snapshot of the edge is followed by as many changes as are wanted", async () => {
  const { origin, close } = await feed(ORIGIN, { updates: 1000 });
  try {
    const [snapshot, ...deltas] = await messages(origin, 6);
    const [real] = await messages(ORIGIN, 1);
    assert.equal(snapshot.kind, "SNAPSHOT");
    for (const [number, delta] of deltas.entries()) {
      assert.deepEqual([delta.kind, Object.keys(delta)], ["DELTA", Object.keys(real)]);
      assert.equal(delta.prices.length, 100);
      assert.equal(Number(delta.seq), Number(snapshot.seq) + number + 1);
      assert.match(delta.prices[0].price_usd, /^\d+(\.\d+)?$/);
    }
    assert.equal((await fetch(`${origin}/api/v1/inventory/assets/BTC`)).status, 200);
  } finally {
    close();
  }
});
