/**
 * Uses the page in a real browser as a person would, and prints what it shows after each step, as JSON:
 *
 *     node dist/drive.js CHROMIUM PAGE
 */

import { chromium } from "playwright-core";
import type { Page } from "playwright-core";

const TIMEOUT_MS = 15_000;
const [executablePath = "", address = ""] = process.argv.slice(2);

// Root cannot use Chromium's sandbox, and a browser in a test should make no other network requests.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function main(): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS, timeout: TIMEOUT_MS });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(address);
    const said = await use(page);
    console.log(JSON.stringify({ ...said, errors }));
  } finally {
    await browser.close();
  }
}

async function use(page: Page): Promise<Record<string, unknown>> {
  const name = `web_${String(Date.now())}`;
  await page.getByLabel("Username").fill(name);
  await page.getByLabel("Password").fill("violet-anchor-47-lamp");
  const said = { signedIn: await press(page, "Register") };
  if (await page.getByLabel("Dollars").isHidden()) {
    return said;
  }
  const assets = await page.getByLabel("Asset").locator("option").count();
  const deposited = await press(page, "Deposit");
  await page.getByLabel("Asset").selectOption("ADA");
  await page.getByLabel("Quantity").fill("10");
  const previewed = await press(page, "Preview");
  const bought = [];
  for (const quantity of ["10", "2", "2.5"]) {
    await page.getByLabel("Quantity").fill(quantity);
    bought.push(await press(page, "Buy"));
  }
  const firstPage = await orders(page);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("row").nth(3).waitFor();
  const allPages = await orders(page);
  await page.getByLabel("Quantity").fill("1000000");
  const tooMuch = await press(page, "Buy");
  await page.getByLabel("Quantity").fill("-1");
  const noQuantity = { buy: await press(page, "Buy"), preview: await press(page, "Preview") };
  await page.getByLabel("Password").fill("this is wrong");
  const guesses = [];
  for (let attempt = 0; attempt < 6; attempt++) {
    guesses.push(await press(page, "Sign in"));
  }
  return { ...said, assets, deposited, previewed, bought, firstPage, allPages, tooMuch, noQuantity, guesses };
}

/** Clicks a button, and returns the message that the page shows. */
async function press(page: Page, name: string): Promise<string> {
  const answer = page.locator("#done:not(:empty), #refused:not(:empty)");
  await page.getByRole("button", { name }).click();
  await answer.waitFor();
  return answer.innerText();
}

async function orders(page: Page): Promise<string[]> {
  return page.locator("#orders tr").allInnerTexts();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
