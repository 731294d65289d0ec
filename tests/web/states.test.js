/** Every page while its answers are on their way, when they are there, and when they are refused. */

import assert from "node:assert/strict";
import { PEOPLE } from "./pages.js";
import { checkShifts, checkSkipLink, checkState, everyPage, hold, refuse, settled, watchCalls } from "./states.js";

const BUSY = { status: 503, reason: "OVERLOADED", requestId: "busy-0001" }; // a call that is shed is not tried again by itself
const LIMITED = { status: 429, reason: "RATE_LIMITED", requestId: "limit-0001", retryAfter: 120 };

for (const person of ["visitor", "trader", "admin"]) {
  everyPage(person, PEOPLE[person], async ({ page, context, facts }) => {
    await fills(page, facts);
    await ages(page, context);
    if (!facts.asksNothing) {
      await fails(page, facts);
    }
  });
}

/** Its places are empty first, and what comes has their size. */
async function fills(page, { path, title, shows, isNamedLate, asksNothing, spares }) {
  const open = watchCalls(page);
  const letGo = await hold(page, spares);
  await page.goto(path);
  if (!asksNothing) {
    await page.locator("main [data-skeleton]").first().waitFor();
    await heading(page, isNamedLate ? undefined : title);
    await checkState(page);
  }
  letGo();
  await shows(page).waitFor();
  await heading(page, title);
  await settled(page, open);
  await checkShifts(page);
  await checkState(page);
  await checkSkipLink(page);
  await page.unrouteAll({ behavior: "ignoreErrors" });
}

/** What is there stays there without a network, and the page says that it is old. */
async function ages(page, context) {
  await context.setOffline(true);
  await page.getByText("You are offline. Prices are old, and you cannot trade.").waitFor();
  await checkState(page);
  await context.setOffline(false);
  await page.getByText("You are offline.").waitFor({ state: "detached" });
}

/** What is refused says why, under which id, and what to do. */
async function fails(page, { path, shows, spares: spared }) {
  await refuse(page, { ...LIMITED, spared });
  await page.goto(path);
  await page.getByRole("button", { name: /^Try again in \d+ s$/ }).first().waitFor();
  await heading(page);
  await everyError(page, ["Too many requests in a short time.", `Request ${LIMITED.requestId}`]);
  await checkState(page);

  await page.unrouteAll({ behavior: "ignoreErrors" });
  await refuse(page, { ...BUSY, spared });
  await page.goto(path);
  await page.locator("main").getByRole("button", { name: "Try again", exact: true }).first().waitFor();
  await everyError(page, ["The system is busy.", `Request ${BUSY.requestId}`]);
  await checkState(page);

  await page.unrouteAll({ behavior: "ignoreErrors" });
  const again = page.locator("main").getByRole("button", { name: "Try again", exact: true });
  for (let left = await again.count(); left > 0; left = await again.count()) {
    await again.first().click();
    await page.waitForFunction((before) => {
      const errors = [...document.querySelectorAll("main [role=alert]")];
      return errors.length < before && errors.every((error) => error.querySelector("[aria-busy]") === null);
    }, left);
  }
  await shows(page).waitFor();
}

async function heading(page, name) {
  await page.getByRole("heading", { level: 1, ...(name && { name }) }).waitFor();
}

async function everyError(page, texts) {
  const alerts = page.locator("main [role=alert]");
  for (const alert of await alerts.all()) {
    const said = await alert.innerText();
    for (const text of [...texts, "Try again"]) {
      assert.ok(said.includes(text), `${JSON.stringify(said)} says ${JSON.stringify(text)}`);
    }
  }
}
