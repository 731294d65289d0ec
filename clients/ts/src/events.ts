/** Server-sent events by fetch, in Node and in the browser: EventSource sends no authorization. */

import { Refusal } from "./core/refusal.js";

/** Iterates over the messages of a stream by REST, such as "/api/v1/watch". Leave the loop to end the stream. */
export async function* events<T>(url: URL | string, token?: string): AsyncGenerator<T> {
  const stop = new AbortController();
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal: stop.signal }).catch((error: unknown) => {
    throw Refusal.from(error);
  });
  if (!response.ok || response.body === null) {
    throw await Refusal.fromResponse(response);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); // not every browser iterates over it
  let rest = "";
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + read.value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("data:")) {
          yield JSON.parse(line.slice("data:".length)) as T;
        }
      }
    }
  } finally {
    stop.abort();
  }
}
