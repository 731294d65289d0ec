/**
 * Takes a picture of every page, in light and dark, on a desk and on a phone: `make web-shots`.
 *
 *     node tests/web/shots.js FOLDER [ONLY]     ONLY: a part of the names, such as "trade"
 */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeAdmin, newUser, order, ordersOf } from "./api.js";
import { THEMES, VIEWPORTS, close, newContext } from "./harness.js";
import { signIn } from "./signed-in.js";

const [folder, only = ""] = process.argv.slice(2);
const QUIET_MS = 1500; // for prices, charts and fonts, once the heading is there

const SIGNED_OUT = { home: "/", assets: "/assets", trade: "/trade/BTC", "sign-in": "/sign-in", register: "/register", "not-found": "/nonsense" };
const ACCOUNT = { portfolio: "/portfolio", orders: "/orders", account: "/account", profile: "/profile" };
const ADMIN = Object.fromEntries(["quarantine", "users", "assets", "audit", "house"].map((name) => [name, `/admin/${name}`]));

/** The kinds of people, with the pages that each looks at. */
async function people() {
  const trader = await newUser({ money: "25000.00" });
  for (const [side, asset_id, quantity] of [["BUY", "BTC", "0.05"], ["BUY", "ETH", "1.5"], ["BUY", "ADA", "2000"], ["SELL", "ETH", "0.5"]]) {
    await order(trader, { side, asset_id, quantity });
  }
  const [newest] = await ordersOf(trader);
  const admin = await newUser({ money: "1000.00" });
  await makeAdmin(admin);
  const detail = { order: `/orders/${newest.order_id}` };
  return {
    visitor: { pages: SIGNED_OUT },
    newcomer: { user: await newUser(), pages: { dashboard: "/", ...ACCOUNT } },
    trader: { user: trader, pages: { dashboard: "/", assets: "/assets", trade: "/trade/BTC", ...ACCOUNT, ...detail } },
    admin: { user: admin, pages: ADMIN },
  };
}

async function shoot(person, { user, pages }, size, theme) {
  const wanted = Object.entries(pages)
    .map(([name, path]) => ({ name: `${person}-${name}-${size}-${theme}.png`, path }))
    .filter(({ name }) => name.includes(only));
  if (wanted.length === 0) {
    return;
  }
  const context = await newContext({ viewport: VIEWPORTS[size], theme });
  const page = await context.newPage();
  if (user) {
    await signIn(page, user);
  }
  for (const { name, path } of wanted) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor().catch(() => console.log(`${name}: no heading`));
    await page.waitForTimeout(QUIET_MS);
    await page.screenshot({ path: join(folder, name), fullPage: size === "phone" });
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
