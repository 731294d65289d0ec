/** What a trader sees of orders that wait for a part of the system, and of halts that an administrator decides. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { call, eventually, makeAdmin, newUser, order, ordersOf, start, stop } from "./api.js";
import { checkAccessibility, newContext, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

const AWAY = /Failed to load resource/; // Chromium writes each refused call into the console

const RECOVERY_MS = 60_000;

const button = (page, name) => page.getByRole("button", { name, exact: true });
const dialog = (page) => page.getByRole("dialog");

async function openTicket(page, user, assetId) {
  await signIn(page, user);
  await page.goto(`/trade/${assetId}`);
  await page.getByRole("textbox").waitFor();
}

pageTest("an order that waits for a service is followed and announced to its end", { allowed: [AWAY] }, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await order(user, { side: "BUY", asset_id: "ETH", quote_amount: "10.00" }); // the order service knows the keys of tokens
  await openTicket(page, user, "BTC");
  await page.getByRole("textbox").fill("100");
  await button(page, "Buy BTC").click();
  await dialog(page).waitFor();
  let told;
  try {
    await stop("user");
    await dialog(page).getByRole("button", { name: "Buy BTC" }).click();
    await page.getByRole("status").getByText(/^Buy [\d.]+ BTC is accepted at .* and pending\./).waitFor();
    await page.getByRole("table", { name: "My orders in BTC" }).getByText("Pending").waitFor();
    await checkAccessibility(page);
    await page.getByRole("status").getByRole("link", { name: "Order" }).click();
    await page.getByRole("heading", { level: 1, name: /^Buy [\d.]+ BTC$/ }).waitFor();
    await page.waitForFunction(() => document.title.startsWith("Pending: "));
    await checkAccessibility(page);
    told = page.getByRole("log").getByText(/filled at \$/).waitFor({ timeout: RECOVERY_MS });
    told.catch(() => undefined); // it is awaited below
  } finally {
    await start("user");
    await eventually(() => call("GET", "/api/v1/balance", { token: user.token }));
  }
  await told; // the news goes away by itself
  await page.waitForFunction(() => document.title.startsWith("Filled: "));
  await page.getByText("You paid").waitFor();
  const [made, before] = await ordersOf(user);
  assert.deepEqual([made.asset_id, made.status, before.asset_id], ["BTC", "COMPLETED", "ETH"]);
});

/** Opens the assets of administrators in a browser of their own. */
async function openAdmin() {
  const admin = await newUser();
  await makeAdmin(admin);
  const context = await newContext();
  const page = await context.newPage();
  await signIn(page, admin);
  await page.goto("/admin/assets");
  const { access_token: token } = await call("POST", "/api/v1/auth/login", { body: { username: admin.username, password: admin.password } });
  return { context, page, token };
}

async function setStatus(page, assetId, label) {
  await button(page, `Manage ${assetId}`).click();
  await dialog(page).getByText(label, { exact: true }).last().click();
  await button(page, `Set to “${label}”…`).click();
  await button(page, `Set ${assetId} to “${label}”`).click();
  await page.getByRole("dialog", { name: `Set ${assetId}` }).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
}

pageTest("a ticket follows its asset: halted, only to be sold, traded again", {}, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await order(user, { side: "BUY", asset_id: "LTC", quote_amount: "200.00" });
  await openTicket(page, user, "LTC");
  await page.getByRole("textbox").fill("100");
  const admin = await openAdmin();
  try {
    await admin.page.getByLabel("Search by symbol or name").fill("Litecoin");
    await setStatus(admin.page, "LTC", "Halted");
    await page.getByText("Trading of Litecoin is halted for the moment. No order is accepted or filled.").waitFor();
    await page.getByRole("status").getByText("Trading of this asset is halted for the moment.").waitFor();
    assert.equal(await button(page, "Buy LTC").getAttribute("aria-disabled"), "true");
    await checkAccessibility(page);

    await setStatus(admin.page, "LTC", "Sell only");
    await page.getByText("Litecoin is being delisted: it can be sold, but no longer bought.").waitFor();
    await button(page, "Sell instead").click();
    await button(page, "Max").click();
    await button(page, "Sell LTC").click();
    await dialog(page).getByRole("button", { name: "Sell LTC" }).click();
    await page.getByText(/^Sold .* LTC at /).waitFor();
    await checkAccessibility(page);

    await setStatus(admin.page, "LTC", "Trading");
    await page.getByText("Litecoin is being delisted").waitFor({ state: "detached" });
    await page.locator("label").filter({ hasText: /^Buy$/ }).click();
    await page.getByRole("textbox").fill("50");
    await button(page, "Buy LTC").click();
    await dialog(page).getByRole("button", { name: "Buy LTC" }).click();
    await page.getByText(/^Bought .* LTC at /).waitFor();
    assert.deepEqual(admin.context.problems, []);
  } finally {
    const body = { trading_status: "TRADING", request_id: randomUUID() };
    await call("POST", "/api/v1/admin/assets/LTC:setTradingStatus", { token: admin.token, body });
    await admin.context.close();
  }
});

pageTest("a halt of everything is seen on every ticket, until trading goes on", {}, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await openTicket(page, user, "BTC");
  await page.getByRole("textbox").fill("100");
  const admin = await openAdmin();
  try {
    await button(admin.page, "Halt all trading…").click();
    await dialog(admin.page).getByRole("button", { name: "Halt all trading" }).click();
    await page.getByRole("status").getByText("All trading is halted for the moment.").first().waitFor();
    await page.waitForFunction(() => document.querySelector("form button[type=submit]")?.ariaDisabled === "true");
    await checkAccessibility(page);

    await button(admin.page, "Resume trading…").click();
    await dialog(admin.page).getByRole("button", { name: "Resume trading" }).click();
    await page.getByText("All trading is halted for the moment.").first().waitFor({ state: "detached" });
    await button(page, "Buy BTC").click();
    await dialog(page).getByRole("button", { name: "Buy BTC" }).click();
    await page.getByText(/^Bought .* BTC at /).waitFor();
    assert.deepEqual(admin.context.problems, []);
  } finally {
    await call("POST", "/api/v1/admin/market:setHalted", { token: admin.token, body: { is_halted: false, request_id: randomUUID() } });
    await admin.context.close();
  }
});
