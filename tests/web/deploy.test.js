/** A deploy while a tab is open: no blank page, no lost draft. Releases are really served, one after another, by the edge. */

import assert from "node:assert/strict";
import { after, beforeEach } from "node:test";
import { deploy, newUser } from "./api.js";
import { pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

// While the edge restarts nothing answers, and of an old release files are missing: Chromium writes both into the console.
const EXPECTED = [/Failed to load resource/, /net::ERR_/, /Failed to fetch dynamically imported module/];
const DRAFT = "123.45";

beforeEach(() => deploy("own"));
after(() => deploy("own"));

const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const link = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name });
const amount = (page) => page.getByRole("textbox");
const release = (page) => page.locator("script[src]").first().getAttribute("src");

/** Opens the ticket with a draft in it, and marks the document, so that a reload is noticed. */
async function open(page) {
  await signIn(page, await newUser({ money: "1000.00" }));
  await page.goto("/trade/BTC");
  await amount(page).fill(DRAFT);
  await page.evaluate(() => (window.isOpened = true));
}

const isReloaded = (page) => page.evaluate(() => window.isOpened === undefined);

/** Goes to the ticket by links of the page. */
async function back(page) {
  await link(page, "Assets").click();
  await page.getByRole("table").getByRole("link", { name: /^BTC/ }).click();
  assert.equal(await amount(page).inputValue(), DRAFT);
}

pageTest("after one deploy, a tab of the release before goes on without a reload", { allowed: EXPECTED }, async ({ page }) => {
  await open(page);
  await deploy("r2");
  await link(page, "Portfolio").click(); // its file is loaded now
  await heading(page, "Portfolio");
  await back(page);
  assert.equal(await isReloaded(page), false);
  assert.doesNotMatch(await release(page), /-r2\.js$/);

  await page.reload();
  await amount(page).waitFor();
  assert.match(await release(page), /-r2\.js$/);
  assert.equal(await amount(page).inputValue(), DRAFT);
});

pageTest("after two deploys, a tab loads the page anew where a file is missing, and keeps the draft", { allowed: EXPECTED }, async ({ page }) => {
  await open(page);
  await deploy("r2");
  await deploy("r3");
  await link(page, "Portfolio").click();
  await heading(page, "Portfolio");
  assert.equal(await isReloaded(page), true);
  assert.match(await release(page), /-r3\.js$/);
  await back(page);
});

pageTest("a pointer that passes a link of an old release takes nothing from somebody who types", { allowed: EXPECTED }, async ({ page }) => {
  await open(page);
  await deploy("r2");
  await deploy("r3");
  await amount(page).focus();
  const missing = page.waitForResponse((answer) => answer.status() === 404 && answer.url().includes("/assets/"));
  await link(page, "Portfolio").hover();
  await missing;
  await page.keyboard.type("6");
  assert.equal(await amount(page).inputValue(), `${DRAFT}6`);
  assert.equal(await isReloaded(page), false);
  await link(page, "Portfolio").click();
  await heading(page, "Portfolio");
  assert.match(await release(page), /-r3\.js$/);
});

pageTest("where a file stays missing, the page says so, and Try again works", { allowed: EXPECTED }, async ({ page }) => {
  await open(page);
  let loads = 0;
  page.on("domcontentloaded", () => (loads += 1));
  await page.route("**/assets/PortfolioPage-*", (route) => route.fulfill({ status: 404, body: "" }));
  await link(page, "Portfolio").click();
  await heading(page, "This page cannot be shown");
  assert.equal(loads, 1, "it is loaded anew once");
  await page.unroute("**/assets/PortfolioPage-*");
  await page.getByRole("button", { name: "Try again" }).click();
  await heading(page, "Portfolio");
});
