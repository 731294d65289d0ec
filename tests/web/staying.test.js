/** A trader stays signed in, and the page alive: over reloads, the expiry of a token, many tabs, and without a network. */

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { call, newUser, order } from "./api.js";
import { pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

const RELOADS = 10;
const SHARED_TABS = 5;
const MANY_TABS = 8; // of one browser over HTTP/1.1, which has six connections
const TOKEN_MINUTES = 15;
const REFRESH = "**/api/v1/auth/refresh";
const LOAD_MS = 20_000; // less than the 30 s for which a hidden tab keeps its stream, unless another one is looked at

const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const price = (page) => page.getByRole("main").locator("bdi").first();

/** A user with one session alone, that of the page. */
async function signedIn(page, options) {
  const user = await newUser(options);
  await signIn(page, user);
  await heading(page, "Dashboard");
  await call("POST", "/api/v1/auth/logout", { token: user.token, body: {} });
  return user;
}

/** Waits until a price has moved. */
async function moves(page) {
  const before = await price(page).textContent();
  await price(page).filter({ hasNotText: before }).waitFor();
}

/** The page of the profile lists one session, this one. */
async function hasOneSession(page) {
  await page.goto("/profile");
  const rows = page.getByRole("table", { name: "Where you are signed in" }).getByRole("row");
  await rows.getByText("This one").waitFor();
  assert.equal(await rows.count(), 2, "the titles, and one session");
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

pageTest("ten reloads at random moments, of a load and of a refresh", {}, async ({ page }) => {
  const seed = Number(process.env.CNOP_SEED ?? Date.now() % 2 ** 31);
  console.log(`CNOP_SEED=${seed} repeats these moments`);
  const next = random(seed);
  await signedIn(page);
  // A lost answer repeats the token, which is good for five repeats in a row. On a slow machine any moment may be in a
  // refresh, so every third answer is waited for.
  const answers = Math.floor(RELOADS / 3);
  const moments = Array.from({ length: RELOADS - answers }, (_, index) => ({ isInRefresh: index < 4, at: next() }));
  moments.sort((one, other) => one.at - other.at);
  for (let round = 1; round <= RELOADS; round++) {
    const isAnswered = round % 3 === 0;
    const isInRefresh = !isAnswered && moments.pop().isInRefresh;
    const asked = isInRefresh ? page.waitForRequest(REFRESH) : undefined;
    const answered = isAnswered ? page.waitForResponse(REFRESH) : undefined;
    await page.reload({ waitUntil: "commit" });
    await asked;
    await answered;
    await pause(next() * (isInRefresh ? 30 : 800)); // this is the moment
  }
  await page.reload();
  await heading(page, "Dashboard");
  await hasOneSession(page);
});

pageTest("five tabs over the expiry of the token", { now: new Date() }, async ({ page, context }) => {
  await signedIn(page);
  const tabs = [page];
  while (tabs.length < SHARED_TABS) {
    tabs.push(await context.newPage());
  }
  await Promise.all(tabs.map((tab) => tab.goto("/")));
  await Promise.all(tabs.map((tab) => heading(tab, "Dashboard")));
  for (const title of ["Orders", "Account", "Portfolio"]) {
    let refreshes = 0;
    let haveMoved;
    const moved = new Promise((resolve) => (haveMoved = resolve)); // clocks move one after another: no new token meanwhile
    await context.route(REFRESH, async (route) => {
      refreshes += 1;
      await moved;
      await route.continue();
    });
    await context.clock.fastForward(TOKEN_MINUTES * 60_000); // the token is too old for each tab
    haveMoved();
    await Promise.all(tabs.map((tab) => tab.getByRole("navigation", { name: "Main" }).getByRole("link", { name: title }).click()));
    await Promise.all(tabs.map((tab) => heading(tab, title)));
    await Promise.all(tabs.map((tab) => tab.getByLabel("Loading").first().waitFor({ state: "detached" })));
    await context.unroute(REFRESH);
    // One, as a rule. A tab may get the lock a moment before it hears of the new token: then it takes one more.
    assert.ok(refreshes >= 1 && refreshes < SHARED_TABS, `${refreshes} tabs refresh for all`);
  }
  await Promise.all(tabs.map(hasOneSession));
});

pageTest("eight tabs over HTTP/1.1, one after another in sight, all answer", {}, async ({ page, context }) => {
  await context.addInitScript(() => {
    // This browser has no windows, so the test tells which tab is in sight: a new one is.
    let isHidden = false;
    Object.defineProperty(document, "hidden", { get: () => isHidden });
    Object.defineProperty(document, "visibilityState", { get: () => (isHidden ? "hidden" : "visible") });
    window.inSight = (is) => {
      isHidden = !is;
      document.dispatchEvent(new Event("visibilitychange"));
    };
  });
  const protocols = new Set();
  const user = await signedIn(page, { money: "1000.00" });
  const tabs = [page];
  const show = async (tab) => {
    for (const other of tabs) {
      await other.evaluate((is) => window.inSight(is), other === tab);
    }
  };
  while (tabs.length < MANY_TABS) {
    await show(undefined);
    const tab = await context.newPage();
    await tab.goto("/trade/BTC", { timeout: LOAD_MS });
    tabs.push(tab);
    await moves(tab);
    protocols.add(await tab.evaluate(() => performance.getEntriesByType("navigation")[0].nextHopProtocol));
  }
  assert.deepEqual([...protocols], ["http/1.1"]);
  for (const tab of tabs) {
    await show(tab);
    await tab.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Assets" }).click();
    await heading(tab, "Assets");
    await tab.goto("/trade/ETH", { timeout: LOAD_MS });
    await moves(tab);
  }
  await order({ ...user, token: await tokenOf(user) }, { side: "BUY", asset_id: "ETH", quote_amount: "100" });
  await tabs.at(-1).getByRole("table", { name: "My orders in ETH" }).getByText("Filled").waitFor();
});

async function tokenOf({ username, password }) {
  return (await call("POST", "/api/v1/auth/login", { body: { username, password } })).access_token;
}

pageTest("offline and back: it says so, keeps what is typed, and shows what has come meanwhile", { allowed: [/ERR_INTERNET_DISCONNECTED/] }, async ({ page, context }) => {
  const user = await newUser({ money: "1000.00" });
  await signIn(page, user);
  await page.goto("/trade/BTC");
  await page.getByText("You have not traded BTC yet.").waitFor();
  await page.getByRole("textbox").fill("123.45");
  await moves(page);

  await context.setOffline(true);
  const bar = page.getByText("You are offline. Prices are old, and you cannot trade.");
  await bar.waitFor();
  await order(user, { side: "BUY", asset_id: "BTC", quote_amount: "100" });
  await context.setOffline(false);

  await bar.waitFor({ state: "detached" });
  await page.getByRole("table", { name: "My orders in BTC" }).getByText("Filled").waitFor();
  await moves(page);
  assert.equal(await page.getByRole("textbox").inputValue(), "123.45");
  await page.getByRole("status").filter({ hasText: /offline|connection was lost|may be old/ }).waitFor({ state: "detached" });
});
