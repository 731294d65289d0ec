/**
 * Takes a picture of every page, in light and dark, on a desk and on a phone: `make web-shots`.
 *
 *     node tests/web/shots.js FOLDER [ONLY]     ONLY: a part of the names, such as "trade"
 */

import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { call, makeAdmin, newUser, order, ordersOf, start, stop } from "./api.js";
import { THEMES, VIEWPORTS, close, newContext } from "./harness.js";
import { signIn } from "./signed-in.js";

const [folder, only = ""] = process.argv.slice(2);
const QUIET_MS = 1500; // for prices, charts and fonts, once the heading is there
const HEIGHT_MAX = 3000; // of a picture of a whole page: there are 200 assets

const SIGNED_OUT = { home: "/", assets: "/assets", trade: "/trade/BTC", "sign-in": "/sign-in", register: "/register", "not-found": "/nonsense" };
const ACCOUNT = { portfolio: "/portfolio", orders: "/orders", account: "/account", profile: "/profile" };
const ADMIN = Object.fromEntries(["quarantine", "users", "assets", "audit", "house"].map((name) => [name, `/admin/${name}`]));
const WATCHLIST = ["BTC", "SOL", "DOGE", "SHIB"];
const ORDERS = [
  ["BUY", "BTC", "0.05"],
  ["BUY", "ETH", "1.5"],
  ["BUY", "ADA", "2000"],
  ["SELL", "ETH", "0.5"],
  ["SELL", "ETH", "50"], // more than there is: it is stored as failed
  ["BUY", "SHIB", "12500000"],
  ["BUY", "SOL", "8"],
  ["SELL", "ADA", "750"],
];

/** States of pages that one gets into by doing something. */
const DOINGS = {
  "trade-too-much": { path: "/trade/BTC", prepare: (page) => page.getByRole("textbox").fill("99000") },
  "trade-confirm": {
    path: "/trade/ETH",
    prepare: async (page) => {
      await page.getByRole("textbox").fill("250");
      await page.getByRole("button", { name: "Buy ETH", exact: true }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  "dashboard-hidden": {
    path: "/",
    prepare: async (page) => {
      await page.getByRole("button", { name: "Hide my amounts" }).click();
      await page.mouse.move(0, 400);
    },
    restore: (page) => page.getByRole("button", { name: "Hide my amounts" }).click(),
  },
  "menu-user": { path: "/", prepare: (page) => page.getByRole("button", { name: "Profile and sign-out" }).click() },
  shortcuts: { path: "/", prepare: (page) => page.keyboard.press("?") },
  "dashboard-offline": { path: "/", isOffline: true },
  "assets-offline": { path: "/assets", isOffline: true, prepare: (page) => page.mouse.wheel(0, 900) },
  "orders-pending": {
    path: "/orders",
    prepare: async (page, user) => {
      await stop("user"); // which settles trades
      await order(user, { side: "BUY", asset_id: "LINK", quantity: "20" });
      await page.getByRole("table").getByText("Pending", { exact: true }).waitFor();
    },
    restore: () => start("user"),
  },
};

/** The kinds of people, with the pages that each looks at. */
async function people() {
  const trader = await newUser({ money: "25000.00" });
  for (const [side, asset_id, quantity] of ORDERS) {
    await order(trader, { side, asset_id, quantity }).catch((error) => console.log(`${side} ${asset_id}: ${error.message}`));
  }
  await call("POST", "/api/v1/balance/withdraw", { token: trader.token, body: { amount: "1200.00", request_id: randomUUID() } });
  const orders = await ordersOf(trader);
  const [filled, failed] = ["COMPLETED", "FAILED"].map((status) => orders.find((one) => one.status === status));
  const admin = await newUser({ money: "1000.00" });
  await makeAdmin(admin);
  const details = { order: `/orders/${filled.order_id}`, "order-failed": `/orders/${failed?.order_id}` };
  return {
    visitor: { pages: SIGNED_OUT },
    newcomer: { user: await newUser(), pages: { dashboard: "/", trade: "/trade/BTC", ...ACCOUNT } },
    trader: {
      user: trader,
      watchlist: WATCHLIST,
      pages: { dashboard: "/", assets: "/assets", trade: "/trade/BTC", ...ACCOUNT, ...details, ...DOINGS },
    },
    admin: { user: admin, pages: ADMIN },
  };
}

async function shoot(person, { user, watchlist = [], pages }, size, theme) {
  const wanted = Object.entries(pages)
    .map(([name, what]) => ({ name: `${person}-${name}-${size}-${theme}.png`, ...(typeof what === "string" ? { path: what } : what) }))
    .filter(({ name }) => name.includes(only));
  if (wanted.length === 0) {
    return;
  }
  const isPhone = size === "phone";
  const context = await newContext({ viewport: VIEWPORTS[size], theme, isMobile: isPhone });
  const page = await context.newPage();
  if (user) {
    await signIn(page, user);
    await page.evaluate((ids) => localStorage.setItem("cnop.settings", JSON.stringify({ watchlist: ids })), watchlist);
  }
  for (const { name, path, prepare, restore, isOffline = false } of wanted) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor().catch(() => console.log(`${name}: no heading`));
    await page.waitForTimeout(QUIET_MS);
    await context.setOffline(isOffline);
    await prepare?.(page, user)?.catch((error) => console.log(`${name}: ${error.message}`));
    await page.waitForTimeout(prepare || isOffline ? QUIET_MS : 0);
    const isWhole = isPhone && !prepare && !isOffline;
    const height = isWhole ? await page.evaluate(() => document.documentElement.scrollHeight) : VIEWPORTS[size].height;
    const clip = { x: 0, y: 0, width: VIEWPORTS[size].width, height: Math.min(height, HEIGHT_MAX) };
    await page.screenshot({ path: join(folder, name), fullPage: isWhole, ...(isWhole && { clip }) });
    await restore?.(page);
    await context.setOffline(false);
    console.log(name);
  }
  for (const problem of context.problems) {
    console.log(`${person} ${size} ${theme}: ${problem}`);
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
try {
  for (const [person, what] of Object.entries(await people())) {
    for (const size of Object.keys(VIEWPORTS)) {
      for (const theme of THEMES) {
        await shoot(person, what, size, theme).catch((error) => console.log(`${person} ${size} ${theme}: ${error.message}`));
      }
    }
  }
} finally {
  await close();
}
