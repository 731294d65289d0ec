/** The start page of a trader: all of it in one screen. */

import assert from "node:assert/strict";
import { DESKTOP, checkAccessibility, pageTest } from "./harness.js";
import { PEOPLE } from "./pages.js";
import { signIn } from "./signed-in.js";
import { settled, watchCalls } from "./states.js";

const ROWS = 5; // that each list shows at most
const STARS = ["BTC", "ETH", "SOL", "XRP", "BNB", "DOGE"];
const TABLES = ["Top holdings", "Last orders", "Watchlist", "Gainers of 24 h", "Losers of 24 h"];

pageTest("all of it is in sight without scrolling, with all lists full", { viewport: DESKTOP }, async ({ page }) => {
  await signIn(page, await PEOPLE.trader.make());
  await page.goto("/assets");
  for (const assetId of STARS) {
    await page.getByRole("button", { name: `Watch ${assetId}`, exact: true }).click();
  }
  const open = watchCalls(page);
  await page.goto("/");
  for (const name of TABLES) {
    const rows = page.getByRole("table", { name }).locator("tbody").getByRole("row");
    await rows.nth(ROWS - 1).waitFor();
    assert.equal(await rows.count(), ROWS, name);
  }
  await settled(page, open);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(height <= DESKTOP.height, `it is ${height} px high, in a window of ${DESKTOP.height} px`);
  await checkAccessibility(page);
});
