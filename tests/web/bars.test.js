/** The bar over a page while prices stand still: it says why, and goes away by itself. Halts are in outages.test.js. */

import assert from "node:assert/strict";
import { call, eventually, newUser, start, stop } from "./api.js";
import { PHONE, THEMES, checkAccessibility, checkWidth, newContext, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

const AWAY = /Failed to load resource/; // Chromium writes each refused call into the console
const BACK_MS = 60_000; // the pauses between two tries get longer
const SILENCE_MS = 36_000; // heartbeats come every 15 s

const NO_NEWS = "The market has no new prices. Until it has, no orders are accepted.";
const WAITING = /^(?!The connection).+ Prices may be old\. Trying again/; // it says what the edge has told
const STALE = "No news from the market for a while: prices may be old. Connecting again…";

const bar = (page, text) => page.getByRole("status").getByText(text);
const areOld = (page) => page.locator("[data-prices=old]");

/** Waits until a price has moved. */
async function moves(page) {
  const price = page.getByRole("main").locator(".live").first();
  const before = await price.textContent();
  await price.filter({ hasNotText: before }).waitFor();
}

async function check(page) {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    await checkWidth(page);
    await checkAccessibility(page);
  }
}

pageTest("prices are away: a trader has no news of the market, a visitor no connection to it", { allowed: [AWAY] }, async ({ page }) => {
  await signIn(page, await newUser({ money: "1000.00" }));
  await page.goto("/trade/BTC");
  await moves(page);
  const context = await newContext({ viewport: PHONE, allowed: [AWAY] });
  try {
    const visitor = await context.newPage();
    await visitor.goto("/");
    await moves(visitor);
    try {
      await stop("inventory"); // it publishes prices; the stream of a user comes from the order service
      await bar(visitor, WAITING).waitFor();
      await bar(visitor, "Try now").waitFor();
      await areOld(visitor).waitFor();
      await check(visitor);
      await bar(page, NO_NEWS).waitFor();
      await check(page);
    } finally {
      await start("inventory");
      await eventually(() => call("GET", "/api/v1/inventory/assets/BTC"));
    }
    await bar(page, NO_NEWS).waitFor({ state: "detached" });
    await moves(page);
    await bar(visitor, WAITING).waitFor({ state: "detached", timeout: BACK_MS });
    await areOld(visitor).waitFor({ state: "detached" });
    await moves(visitor);
    assert.deepEqual(context.problems, []);
  } finally {
    await context.close();
  }
});

pageTest("a stream that says nothing any more: prices may be old until the next one brings some", { now: new Date() }, async ({ page, context }) => {
  await page.goto("/");
  await moves(page);
  let letGo;
  const isFree = new Promise((resolve) => (letGo = resolve));
  const isAsked = page.waitForRequest("**/prices:watch*");
  await page.route("**/prices:watch*", async (route) => {
    await isFree;
    await route.continue();
  });
  await context.clock.fastForward(SILENCE_MS);
  await bar(page, STALE).waitFor();
  await isAsked; // it connects again by itself
  await areOld(page).waitFor();
  await check(page);

  letGo();
  await bar(page, STALE).waitFor({ state: "detached" });
  await areOld(page).waitFor({ state: "detached" });
  await moves(page);
});
