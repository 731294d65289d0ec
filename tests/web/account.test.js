/** The page of the account: money in and out, exactly once whatever happens on the way, and the ledger. */

import assert from "node:assert/strict";
import { before } from "node:test";
import { call, newUser } from "./api.js";
import { DESKTOP, PHONE, THEMES, checkAccessibility, checkWidth, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

const UNAVAILABLE = {
  status: 503,
  contentType: "application/json",
  body: JSON.stringify({
    code: 14,
    message: "the answer is lost",
    details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "DEPENDENCY_UNAVAILABLE", domain: "cnop", metadata: {} }],
  }),
};

let user;
before(async () => {
  user = await newUser({ money: "5000.00" });
});

/** The entries of the ledger with an amount. */
async function entries(amount) {
  const { transactions } = await call("GET", "/api/v1/balance/transactions?page_size=200", { token: user.token });
  return transactions.filter((entry) => entry.amount === amount);
}

async function open(page, path = "/account") {
  await signIn(page, user);
  await page.goto(path);
  await page.getByRole("table", { name: "Ledger" }).waitFor();
}

/** Types an amount and goes as far as the confirmation. */
async function ask(page, amount) {
  await page.getByLabel("Amount", { exact: true }).fill(amount);
  await page.getByRole("button", { name: "Deposit", exact: true }).click();
}

const confirm = (page) => page.getByRole("dialog").getByRole("button", { name: /^Deposit \$/ });

pageTest("a deposit by keyboard alone", {}, async ({ page }) => {
  await open(page);
  await tabTo(page, "Amount");
  await page.keyboard.type("101.25");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Confirm the deposit" }).waitFor();
  await tabTo(page, "Deposit $101.25");
  await page.keyboard.press("Enter");

  await page.getByRole("log").getByText("$101.25").waitFor();
  await page.getByRole("row", { name: /Deposit.*\+\$101\.25/ }).waitFor();
  assert.equal((await entries("101.25")).length, 1);
  assert.equal(await focused(page), "Amount"); // where the dialog was opened from
});

pageTest("a double click makes one deposit", {}, async ({ page }) => {
  await open(page);
  await ask(page, "102");
  await confirm(page).dblclick();

  await page.getByRole("row", { name: /Deposit.*\+\$102\.00/ }).waitFor();
  assert.equal((await entries("102.00")).length, 1);
});

pageTest("a deposit whose answers are lost is made once", { allowed: [/503/] }, async ({ page }) => {
  await open(page);
  let lost = 0;
  await page.route("**/api/v1/balance/deposit", async (route) => {
    await route.fetch();
    lost += 1;
    await route.fulfill(UNAVAILABLE);
  });
  await ask(page, "103");
  await confirm(page).click();
  await page.getByText("It is not known yet whether your deposit of $103.00 was made.").waitFor();
  assert.ok(lost > 1); // it was tried again by itself

  await page.unroute("**/api/v1/balance/deposit");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByLabel("Amount", { exact: true }).waitFor();
  assert.equal((await entries("103.00")).length, 1);
});

pageTest("a reload in the middle of a deposit makes one", {}, async ({ page }) => {
  await open(page);
  let isHeld = true; // a route that is removed lets its requests go on, and the answer would come before the reload
  const taken = new Promise((resolve) => {
    void page.route("**/api/v1/balance/deposit", async (route) => {
      if (!isHeld) {
        return route.continue();
      }
      return resolve(await route.fetch()); // no answer comes
    });
  });
  await ask(page, "104");
  await confirm(page).click();
  await taken;
  isHeld = false;
  await page.reload();

  await page.getByRole("button", { name: "Finish the deposit of $104.00" }).click();
  await page.getByLabel("Amount", { exact: true }).waitFor();
  assert.equal((await entries("104.00")).length, 1);
});

for (const theme of THEMES) {
  pageTest(`on a phone the ledger is cards, and a confirmation fits, ${theme}`, { viewport: PHONE, theme }, async ({ page }) => {
    await open(page);
    await checkWidth(page);
    await checkAccessibility(page);
    await ask(page, "105");
    await page.getByRole("dialog").waitFor();
    await checkAccessibility(page);
    await page.keyboard.press("Escape");
    assert.equal((await entries("105.00")).length, 0);
  });
}

pageTest("Max withdraws all, and the ledger ends at zero", { viewport: DESKTOP, locale: "de-DE" }, async ({ page }) => {
  await open(page, "/account?action=withdraw");
  const { available_balance: available } = await call("GET", "/api/v1/balance", { token: user.token });
  await page.getByRole("button", { name: "Max" }).click();
  assert.equal(await page.getByLabel("Amount", { exact: true }).inputValue(), available.replace(".", ","));
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Withdraw/ }).click();

  await page.getByRole("row", { name: /Withdrawal.*0,00\s\$/ }).waitFor();
  assert.equal((await call("GET", "/api/v1/balance", { token: user.token })).available_balance, "0.00");
  await checkAccessibility(page);
});

/** The name of the element that has the focus: its label or its text. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.labels?.[0]?.textContent ?? element?.textContent ?? "";
  });
}

/** Presses Tab until an element has the focus. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) {
      return;
    }
  }
  throw new Error(`${name} cannot be reached by Tab`);
}
