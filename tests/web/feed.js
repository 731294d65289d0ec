/** A server before the edge whose streams of prices are as fast as a benchmark wants; all else is passed on. */

import { createServer, request } from "node:http";

const STREAM = /^\/api\/v1\/(inventory\/prices:watch|watch)\b/;
const MESSAGES_PER_SECOND = 10;

/** Serves on a free port. `pace.updates` is the number of prices a second, and may change at any time. */
export async function feed(origin, pace) {
  const server = createServer((asked, answer) => {
    const { host: _, "accept-encoding": encoding, ...headers } = asked.headers;
    const isStream = STREAM.test(asked.url);
    const passed = { method: asked.method, headers: { ...headers, ...(!isStream && encoding && { "accept-encoding": encoding }) } };
    const upstream = request(origin + asked.url, passed, (said) => {
      answer.writeHead(said.statusCode, said.headers);
      if (isStream && said.statusCode === 200) {
        stream(said, answer, pace);
      } else {
        said.pipe(answer);
      }
    });
    upstream.on("error", () => answer.destroy());
    asked.pipe(upstream);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://localhost:${server.address().port}`, close: () => server.closeAllConnections() ?? server.close() };
}

/** Passes the first message of prices on, a snapshot, and then makes up all others. */
function stream(said, answer, pace) {
  let text = "";
  let timer;
  said.setEncoding("utf8");
  said.on("data", (part) => {
    text += part;
    const lines = text.split("\n");
    text = lines.pop();
    for (const line of lines.filter((one) => one.startsWith("data:"))) {
      const message = JSON.parse(line.slice("data:".length));
      answer.write(`${line}\n\n`);
      const snapshot = Array.isArray(message.prices) ? message : message.prices; // of WatchPrices, or of Watch
      if (timer === undefined && snapshot?.prices?.length > 0) {
        const wrap = snapshot === message ? (delta) => delta : (delta) => ({ prices: delta });
        timer = startTicking(snapshot, (delta) => answer.write(`data: ${JSON.stringify(wrap(delta))}\n\n`), pace);
        said.destroy();
      }
    }
  });
  said.on("error", () => undefined);
  answer.on("close", () => clearInterval(timer));
}

function startTicking(snapshot, send, pace) {
  let at = 0;
  let seq = Number(snapshot.seq);
  return setInterval(() => {
    const prices = [];
    for (let left = Math.round(pace.updates / MESSAGES_PER_SECOND); left > 0; left--) {
      const price = snapshot.prices[at++ % snapshot.prices.length];
      const moved = (text) => (Number(text) * (1 + (Math.random() - 0.5) / 500)).toFixed((text.split(".")[1] ?? "").length);
      prices.push({ ...price, price_usd: moved(price.price_usd), bid: moved(price.bid), ask: moved(price.ask) });
    }
    const unique = [...new Map(prices.map((price) => [price.asset_id, price])).values()];
    send({ ...snapshot, kind: "DELTA", seq: String(++seq), as_of: new Date().toISOString(), prices: unique });
  }, 1000 / MESSAGES_PER_SECOND);
}
