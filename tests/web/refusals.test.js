/** What is refused or wrong, and the other colours: with axe, on a desk in light and on a phone in dark. */

import assert from "node:assert/strict";
import { newUser, order, ordersOf } from "./api.js";
import { DESKTOP, PHONE, checkAccessibility, checkWidth, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

const REFUSED = /status of (400|401)/; // Chromium writes each refused call into the console

const button = (where, name) => where.getByRole("button", { name, exact: true });
const field = (page, name) => page.getByLabel(name, { exact: true });

async function check(page) {
  for (const [colorScheme, viewport] of [["dark", PHONE], ["light", DESKTOP]]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await checkWidth(page);
    await checkAccessibility(page);
  }
}

/** Waits until the fields are marked, each with a text that says why. */
async function areWrong(page, names) {
  for (const name of names) {
    const wrong = field(page, name).and(page.locator("[aria-invalid=true]"));
    await wrong.waitFor();
    const ids = (await wrong.getAttribute("aria-describedby")).split(" ");
    const texts = await Promise.all(ids.map((id) => page.locator(`[id="${id}"]`).and(page.getByRole("alert")).allInnerTexts()));
    assert.match(texts.flat().join(), /\S/, name);
  }
}

pageTest("a sign-in that is refused", { allowed: [REFUSED] }, async ({ page }) => {
  const { username } = await newUser();
  await page.goto("/sign-in");
  await button(page, "Sign in").click();
  await areWrong(page, ["Username", "Password"]);
  await check(page);
  await field(page, "Username").fill(username);
  await field(page, "Password").fill("not the password");
  await button(page, "Sign in").click();
  await page.getByRole("alert").getByText("Username or password is wrong.").waitFor();
  await check(page);
});

pageTest("an order that fails: on the ticket, in the list and on its own page", { allowed: [REFUSED] }, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await signIn(page, user);
  await page.goto("/trade/BTC");
  await field(page, "Amount").fill("900");
  await button(page, "Buy BTC").click();
  const confirm = button(page.getByRole("dialog", { name: "Buy Bitcoin?" }), "Buy BTC");
  await confirm.waitFor();
  await order(user, { side: "BUY", asset_id: "ETH", quote_amount: "500.00" }); // elsewhere, meanwhile
  await confirm.click();
  await page.getByRole("status").getByText("Nothing was ordered.").waitFor();
  await page.getByText("There is not enough cash in your account.").first().waitFor();
  await check(page);

  const [failed] = await ordersOf(user);
  assert.deepEqual([failed.asset_id, failed.status], ["BTC", "FAILED"]);
  await page.goto("/orders");
  await page.getByRole("table", { name: "Orders" }).getByText("Failed").waitFor();
  await check(page);
  await page.goto(`/orders/${failed.order_id}`);
  await page.waitForFunction(() => document.title.startsWith("Failed: "));
  await check(page);
});

for (const [colors, isRedUp] of [["Green and red", true], ["Blue and orange", false], ["Blue and orange", true]]) {
  pageTest(`the colours ${colors.toLowerCase()}, ${isRedUp ? "the second" : "the first"} one for up`, {}, async ({ page }) => {
    const user = await newUser({ money: "1000.00" });
    await order(user, { side: "BUY", asset_id: "BTC", quote_amount: "100.00" });
    await signIn(page, user);
    await page.goto("/profile");
    await page.getByText(colors, { exact: true }).click();
    await page.getByLabel(/ is up/).setChecked(isRedUp);
    for (const [path, table] of [["/", "Last orders"], ["/trade/BTC", "My orders in BTC"]]) {
      await page.goto(path);
      await page.getByRole("table", { name: table }).waitFor();
      await page.getByLabel("Loading").first().waitFor({ state: "detached" });
      await check(page);
    }
    const shown = await page.evaluate(() => ({ ...document.documentElement.dataset }));
    assert.deepEqual([shown.colors, shown.up], [colors.replace(" and ", "-").toLowerCase(), isRedUp ? "red" : "green"]);
  });
}
