/**
 * Measures the page in a real browser: `make bench-web`. The figures depend on the machine, so nothing fails by them.
 *
 *     node tests/web/bench.js [MINUTES]     MINUTES: how long the heap is watched (default: 10)
 */

import { ORIGIN } from "./api.js";
import { feed } from "./feed.js";
import { DESKTOP, PHONE, close, newContext } from "./harness.js";

const MINUTES = Number(process.argv[2] ?? 10);
const SECONDS = 10; // of a measurement of CPU
const LOADS = 3;
const SLOW = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const CPU_SLOWDOWN = 4;
const TYPED = ["btc", "e", "", "usd", "do", "", "sol", "a", "", "x"];

const say = (name, figure, goal) => console.log(`${name.padEnd(44)} ${String(figure).padStart(10)}   (goal: ${goal})`);
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

async function open(origin, options = {}) {
  const context = await newContext({ baseURL: origin, reducedMotion: "no-preference", ...options });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  return { context, page, cdp };
}

/** The largest paint and the shift of the layout of a first visit over a slow network, on a slow machine. */
async function load(origin, viewport) {
  const { context, page, cdp } = await open(origin, { viewport });
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", SLOW);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await page.addInitScript(() => {
    window.__lcp = 0;
    window.__cls = 0;
    new PerformanceObserver((list) => (window.__lcp = list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        window.__cls += entry.hadRecentInput ? 0 : entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/", { waitUntil: "load" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForTimeout(5000);
  const figures = await page.evaluate(() => ({ lcp: window.__lcp, cls: window.__cls }));
  await context.close();
  return figures;
}

async function taskMs(cdp) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
}

/** The time of the page's main thread in a second, while so many prices change. */
async function cpu(origin, pace, updates) {
  pace.updates = updates;
  const { context, page, cdp } = await open(origin);
  await cdp.send("Performance.enable");
  await page.goto("/assets");
  await page.getByRole("row").nth(1).waitFor();
  await page.waitForTimeout(3000);
  const [before, begin] = [await taskMs(cdp), Date.now()];
  await page.waitForTimeout(1000 * SECONDS);
  const used = (await taskMs(cdp)) - before;
  const seconds = (Date.now() - begin) / 1000;
  await context.close();
  return used / seconds;
}

/** How long the page takes to show what a key or a click does, while prices change. */
async function interactions(origin, pace) {
  pace.updates = 200;
  const { context, page } = await open(origin);
  await page.addInitScript(() => {
    window.__events = new Map();
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId > 0) {
          window.__events.set(interactionId, Math.max(duration, window.__events.get(interactionId) ?? 0));
        }
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
  });
  await page.goto("/assets");
  await page.getByRole("row").nth(1).waitFor();
  const search = page.getByRole("searchbox").or(page.getByRole("textbox")).first();
  for (const text of TYPED) {
    await search.fill("");
    await search.pressSequentially(text, { delay: 60 });
  }
  for (const header of await page.getByRole("columnheader").getByRole("button").all()) {
    await header.click();
    await page.waitForTimeout(100);
  }
  const durations = await page.evaluate(() => [...window.__events.values()]);
  await context.close();
  return durations;
}

/** By how much the heap grows, in MB, while 1,000 prices a second change. */
async function heap(origin, pace, minutes) {
  pace.updates = 1000;
  const { context, page, cdp } = await open(origin);
  await page.goto("/assets");
  await page.getByRole("row").nth(1).waitFor();
  await page.waitForTimeout(10_000);
  const used = async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    return (await cdp.send("Runtime.getHeapUsage")).usedSize / 1e6;
  };
  const before = await used();
  await page.waitForTimeout(60_000 * minutes);
  const after = await used();
  await context.close();
  return after - before;
}

/** Measures and prints one figure; goes on with the next if that fails. */
async function figure(name, goal, measured) {
  try {
    say(name, await measured(), goal);
  } catch (error) {
    say(name, "-", `${goal}; not measured: ${error.message.split("\n")[0]}`);
  }
}

async function loads(viewport) {
  const found = [];
  for (let number = 0; number < LOADS; number++) {
    found.push(await load(ORIGIN, viewport));
  }
  return found;
}

async function measure() {
  for (const [name, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
    const found = await loads(viewport);
    say(`LCP at 1.6 Mbit/s, 150 ms, 4x CPU, ${name}`, `${percentile(found.map(({ lcp }) => lcp), 0.5).toFixed(0)} ms`, "2500 ms");
    say(`CLS, ${name}`, Math.max(...found.map(({ cls }) => cls)).toFixed(4), "0.02");
  }
  const pace = { updates: 0 };
  const { origin, close: end } = await feed(ORIGIN, pace);
  for (const [updates, goal] of [[0, "none"], [200, "30 ms"], [1000, "80 ms"]]) {
    const measured = async () => `${(await cpu(origin, pace, updates)).toFixed(1)} ms`;
    await figure(`main thread a second, ${updates} updates`, goal, measured);
  }
  await figure("INP at 200 updates a second, p98", "200 ms", async () => {
    const durations = await interactions(origin, pace);
    return `${percentile(durations, 0.98) ?? "< 16"} ms`;
  });
  await figure(`heap in ${MINUTES} min at 1,000 updates a second`, "10 MB", async () => {
    return `+${(await heap(origin, pace, MINUTES)).toFixed(1)} MB`;
  });
  end();
}

try {
  await measure();
} finally {
  await close();
}
