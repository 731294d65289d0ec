/** The page where one trades: whatever happens on the way, an intention makes one order. */

import assert from "node:assert/strict";
import { call, newUser, order, ordersOf } from "./api.js";
import { PHONE, THEMES, VIEWPORTS, checkAccessibility, checkWidth, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

const FAILED_CALL = /Failed to load resource/; // Chromium writes each refused call into the console

async function open(page, user, path = "/trade/BTC") {
  await signIn(page, user);
  await page.goto(path);
  await amount(page).waitFor();
}

const amount = (page) => page.getByRole("textbox");
const button = (page, name) => page.getByRole("button", { name, exact: true });
const dialog = (page) => page.getByRole("dialog");
const settled = (page, verb = "Bought") => page.getByText(new RegExp(`^${verb} .* in all`)).waitFor();

async function review(page, dollars, side = "Buy") {
  await amount(page).fill(dollars);
  await button(page, `${side} BTC`).click();
  await dialog(page).waitFor();
  return dialog(page).getByRole("button", { name: `${side} BTC` });
}

pageTest("a double click on the confirmation makes one order", {}, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await open(page, user);
  await (await review(page, "100")).dblclick();
  await settled(page);
  const orders = await ordersOf(user);
  assert.equal(orders.length, 1);
  assert.ok(Number(orders[0].net_amount) <= 100);
  assert.ok(Number(orders[0].limit_price) > Number(orders[0].price), "the worst price limits it");
  await page.getByRole("table", { name: "My orders in BTC" }).getByText("Filled").waitFor();
});

pageTest("by keyboard alone: b, an amount, Enter, Tab, and Enter twice", {}, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await open(page, user);
  await page.keyboard.press("b");
  await page.keyboard.type("100");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await page.keyboard.press("Tab"); // from Back, so that Enter pressed twice at first orders nothing
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal((await ordersOf(user)).length, 1);
  assert.ok(await amount(page).evaluate((input) => input === document.activeElement), "the focus is back");
});

pageTest("on a phone, Max sells all and leaves no dust", { viewport: PHONE }, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await order(user, { side: "BUY", asset_id: "BTC", quote_amount: "333.33" });
  await open(page, user, "/trade/BTC?side=SELL");
  await button(page, "Max").click();
  await button(page, "Sell BTC").click();
  await dialog(page).getByRole("button", { name: "Sell BTC" }).click();
  await settled(page, "Sold");
  const { holdings } = await call("GET", "/api/v1/assets/balances", { token: user.token });
  assert.deepEqual(holdings, []);
  await checkWidth(page);
});

pageTest("the wheel changes no amount", {}, async ({ page }) => {
  await open(page, await newUser({ money: "1000.00" }));
  await amount(page).fill("100");
  await amount(page).hover();
  await page.mouse.wheel(0, 300);
  assert.equal(await amount(page).inputValue(), "100");
});

pageTest("refusals of the way there, and five retries, make one order", { allowed: [FAILED_CALL] }, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await open(page, user);
  const ids = new Set();
  let isAway = true;
  await page.route("**/api/v1/orders", async (route) => {
    if (route.request().method() !== "POST") {
      return route.continue();
    }
    ids.add(route.request().postDataJSON().request_id);
    if (!isAway) {
      return route.continue();
    }
    await route.fetch(); // it takes effect, but its answer is lost
    return route.fulfill({ status: 503, body: "no answer" });
  });
  await (await review(page, "100")).click();
  for (let retry = 0; retry < 5; retry++) {
    const again = button(page, "Try again");
    await again.waitFor();
    isAway = retry < 4;
    await again.click();
  }
  await settled(page);
  assert.equal(ids.size, 1);
  assert.equal((await ordersOf(user)).length, 1);
});

for (const hasArrived of [true, false]) {
  const what = hasArrived ? "after the order has arrived" : "before the order has arrived";
  pageTest(`a reload in mid-submit, ${what}, makes one order`, { allowed: [FAILED_CALL] }, async ({ page }) => {
    const user = await newUser({ money: "1000.00" });
    await open(page, user);
    let isHeld = true;
    const held = new Promise((resolve) => {
      void page.route("**/api/v1/orders", async (route) => {
        if (route.request().method() !== "POST" || !isHeld) {
          return route.continue();
        }
        if (hasArrived) {
          await route.fetch();
        }
        return resolve(); // without an answer
      });
    });
    await (await review(page, "100")).click();
    await held;
    isHeld = false;
    await page.reload();
    if (!hasArrived) {
      await button(page, "Send it again").click();
    }
    await settled(page);
    assert.equal((await ordersOf(user)).length, 1);
  });
}

pageTest("a session that ends at the confirmation: sign in, and the same order is made", { allowed: [FAILED_CALL] }, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await open(page, user);
  const confirm = await review(page, "100");
  const { sessions } = await call("GET", "/api/v1/auth/sessions", { token: user.token });
  for (const { session_id, is_current } of sessions) {
    if (!is_current) {
      await call("DELETE", `/api/v1/auth/sessions/${session_id}`, { token: user.token });
    }
  }
  await confirm.click({ timeout: 5_000 }).catch(() => undefined); // the stream may tell first: then the sign-in is over it
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByLabel("Username").fill(user.username);
  await button(page, "Sign in").click();
  await page.getByRole("heading", { name: "Your session has ended" }).waitFor({ state: "detached" });
  await confirm.click({ timeout: 2_000 }).catch(() => undefined);
  await settled(page);
  assert.equal((await ordersOf(user)).length, 1);
});

pageTest("too little cash leads to Deposit", {}, async ({ page }) => {
  await open(page, await newUser());
  await amount(page).fill("100");
  await page.getByText("There is not enough cash").waitFor();
  assert.equal(await page.getByRole("main").getByRole("link", { name: "Deposit" }).first().getAttribute("href"), "/account");
});

pageTest("a visitor sees price, chart and table, and is led back after registering", {}, async ({ page }) => {
  await page.goto("/trade/BTC");
  await page.getByRole("img", { name: /^BTC, candles of an hour/ }).waitFor();
  await page.getByText("Table", { exact: true }).click();
  await page.getByRole("table").waitFor();
  const register = page.getByRole("main").getByRole("link", { name: "Register" });
  assert.match(await register.getAttribute("href"), /^\/register\?to=%2Ftrade%2FBTC/);
});

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const theme of THEMES) {
    pageTest(`it is accessible and fits, ${size}, ${theme}`, { viewport, theme }, async ({ page }) => {
      const user = await newUser({ money: "1000.00" });
      await order(user, { side: "BUY", asset_id: "BTC", quote_amount: "100" });
      await open(page, user);
      await amount(page).fill("5000");
      await page.getByText("There is not enough cash").waitFor();
      await page.getByRole("img", { name: /^BTC, candles/ }).waitFor();
      await checkWidth(page);
      await checkAccessibility(page);
      await review(page, "50");
      await checkAccessibility(page);
      await page.keyboard.press("Escape");
      await page.getByText("Table", { exact: true }).click();
      await page.getByRole("tab", { name: "My fills" }).click();
      await page.getByRole("table", { name: "My fills in BTC" }).waitFor();
      await checkAccessibility(page);
    });
  }
}
