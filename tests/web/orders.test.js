/** The pages of orders: finding an old one, all of its facts, and a file of all. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before } from "node:test";
import { newUser, order, ordersOf } from "./api.js";
import { DESKTOP, PHONE, THEMES, checkAccessibility, checkWidth, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

let user;
before(async () => {
  user = await newUser({ money: "50000.00" });
  await order(user, { side: "BUY", asset_id: "BTC", quantity: "0.02" });
  await order(user, { side: "BUY", asset_id: "ETH", quote_amount: "500.00" });
  await order(user, { side: "SELL", asset_id: "BTC", quantity: "0.005" });
  await order(user, { side: "SELL", asset_id: "ETH", quantity: "1000" }).catch(() => undefined); // more than there is
});

async function open(page, path = "/orders") {
  await signIn(page, user);
  await page.goto(path);
  await page.getByRole("table", { name: "Orders" }).waitFor();
}

pageTest("an old order is found by mouse, and the filters stay in the address", {}, async ({ page }) => {
  await open(page);
  await page.getByLabel("Side").selectOption("SELL");
  await page.getByLabel("Asset").selectOption("BTC");
  await page.waitForURL("**/orders?*assetId=BTC*");
  await page.getByRole("link", { name: "Sell BTC" }).click();

  await page.getByRole("heading", { level: 1, name: "Sell 0.005 BTC" }).waitFor();
  await page.getByText("You received").waitFor();
  const [sold] = (await ordersOf(user)).filter((one) => one.side === "SELL" && one.asset_id === "BTC");
  await page.getByText(sold.request_id).waitFor();
  await page.getByText(sold.price_seq, { exact: true }).waitFor();

  await page.goBack();
  await page.reload();
  await page.getByRole("link", { name: "Sell BTC" }).waitFor();
  assert.equal(await page.getByRole("link", { name: /^(Buy|Sell) [A-Z]+$/ }).count(), 1);
  assert.equal(await page.getByLabel("Side").inputValue(), "SELL");
});

pageTest("an order is found by keyboard alone", {}, async ({ page }) => {
  await open(page);
  await tabTo(page, (element) => element.labels?.[0]?.textContent === "Status");
  await page.keyboard.type("Fi"); // Filled
  await page.waitForURL("**/orders?*status=COMPLETED*");
  await tabTo(page, (element) => element.textContent === "Buy ETH");
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { level: 1, name: /^Buy .* ETH$/ }).waitFor();
  await page.getByText("For $500.00").waitFor();
});

pageTest("a file has all orders, with plain decimals and times in UTC", { locale: "de-DE" }, async ({ page }) => {
  await open(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  const [titles, ...rows] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");

  assert.match(download.suggestedFilename(), /^orders-\d{4}-\d\d-\d\d\.csv$/);
  assert.match(titles, /^created_at,order_id,side,type,asset,quantity,price_usd,/);
  const orders = await ordersOf(user);
  assert.equal(rows.length, orders.length);
  assert.ok(rows.every((row) => /^\d{4}-\d\d-\d\dT[\d:.]+Z,/.test(row)));
  assert.ok(rows.some((row) => row.includes(",SELL,MARKET,BTC,0.005,")));
});

for (const theme of THEMES) {
  for (const [size, viewport] of Object.entries({ DESKTOP, PHONE })) {
    pageTest(`the list and an order fit and are accessible, ${size}, ${theme}`, { viewport, theme }, async ({ page }) => {
      await open(page);
      await checkWidth(page);
      await checkAccessibility(page);
      await page.getByRole("link", { name: "Buy BTC" }).click();
      await page.getByText("You paid").waitFor();
      await checkWidth(page);
      await checkAccessibility(page);
    });
  }
}

/** Presses Tab until the element that has the focus is the one. */
async function tabTo(page, isIt) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`(${isIt})(document.activeElement)`)) {
      return;
    }
  }
  throw new Error("it cannot be reached by Tab");
}
