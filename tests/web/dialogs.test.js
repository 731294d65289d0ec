/** Every dialog over its page: what it is called, where the focus is, and that Escape gives it back. */

import assert from "node:assert/strict";
import { PASSWORD, call, newUser } from "./api.js";
import { PEOPLE } from "./pages.js";
import { checkState, everyPage } from "./states.js";

const press = (name) => (page) => page.getByRole("button", { name, exact: typeof name === "string" }).first().click();
const fill = (label, text) => (page) => page.getByLabel(label, { exact: true }).fill(text);
const manage = (...steps) => [fill("Search by symbol or name", "Dogecoin"), press("Manage DOGE"), ...steps];

const tab = (name) => (page) => page.getByRole("tab", { name }).click();
const usersPath = ({ customer }) => `/admin/users?username=${customer.username}`;

const TRADER = {
  "an order": { path: "/trade/BTC", steps: [(page) => page.getByRole("textbox").fill("50"), press("Buy BTC")], title: "Buy Bitcoin?" },
  "a deposit": { path: "/account", steps: [fill("Amount", "5"), press("Deposit")], title: "Confirm the deposit" },
  "a withdrawal": {
    path: "/account?action=withdraw",
    steps: [fill("Amount", "5"), press("Withdraw")],
    title: "Confirm the withdrawal",
  },
  "the end of sessions": { path: "/profile", steps: [press(/^End all others/)], title: /^End (this session|all other sessions)\?$/ },
  "an event of one's own": { path: "/profile", steps: [press(/^Details: /)], title: "Event" },
  "a new password": {
    path: "/profile",
    steps: [fill("Current password", PASSWORD), fill("New password", `${PASSWORD}-too`), press(/^Change the password/)],
    title: "Change your password?",
  },
  shortcuts: {
    path: "/",
    steps: [(page) => page.getByRole("heading", { level: 1 }).waitFor(), (page) => page.keyboard.press("?")],
    title: /shortcuts/i,
    isByKey: true,
  },
};
const ASSETS = "/admin/assets";
const ADMIN = {
  "a halt of everything": { path: ASSETS, steps: [press("Halt all trading…")], title: "Halt all trading?" },
  "a new asset": { path: ASSETS, steps: [press("Add an asset…")], title: "Add an asset" },
  "a wrong new asset": { path: ASSETS, steps: [press("Add an asset…"), press("Add the asset")], title: "Add an asset" },
  "an asset": { path: ASSETS, steps: manage(), title: "DOGE · Dogecoin" },
  "a price": { path: ASSETS, steps: manage(tab("Price")), title: "DOGE · Dogecoin" },
  "a stock": { path: ASSETS, steps: manage(tab("Stock")), title: "DOGE · Dogecoin" },
  "rules of an asset": { path: ASSETS, steps: manage(tab("Rules")), title: "DOGE · Dogecoin" },
  "a halt of an asset": {
    path: ASSETS,
    steps: manage((page) => page.getByRole("dialog").getByText("Halted", { exact: true }).last().click(), press("Set to “Halted”…")),
    title: "Set DOGE to “Halted”?",
  },
  "the end of an asset": { path: ASSETS, steps: manage(press("Close it…")), title: "Close DOGE?" },
  "a user": { path: usersPath, steps: [press(/^Manage page_/)], title: /^page_/ },
  "an end of a user": { path: usersPath, steps: [press(/^Manage page_/), press("Disable…")], title: /^Disable page_/ },
  "an event": { path: "/admin/audit", steps: [press(/^Details: /)], title: "Event" },
};

const newAdmin = async () => ({ ...(await PEOPLE.admin.make()), customer: await newUser() });

for (const [person, make, pages] of [["trader", PEOPLE.trader.make, TRADER], ["admin", newAdmin, ADMIN]]) {
  everyPage(`dialogs of ${person}`, { make, pages }, async ({ page, facts: { path, steps, title, isByKey } }) => {
    await page.goto(path);
    for (const step of steps) {
      await step(page);
    }
    const dialog = page.getByRole("dialog", { name: title });
    await dialog.waitFor();
    await page.locator("dialog [data-skeleton]").first().waitFor({ state: "detached" });
    assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)), "it has the focus");
    await checkState(page);
    for (let left = await page.locator("dialog").count(); left > 0; left--) {
      await page.keyboard.press("Escape");
      await page.waitForFunction((open) => document.querySelectorAll("dialog").length < open, left);
    }
    const focused = await page.evaluate(() => document.activeElement?.tagName);
    assert.ok(isByKey || focused !== "BODY", "what opened it has the focus again");
  });
}

const ENDED = { "the end of the session": { path: "/account", steps: [] } };
everyPage("dialogs of whoever is signed out", { make: PEOPLE.trader.make, pages: ENDED }, async ({ page, context, facts }) => {
  const { path, user } = facts;
  context.allowed.push(/status of 401/);
  await page.goto(path);
  await page.getByRole("table", { name: "Ledger" }).waitFor();
  const { sessions } = await call("GET", "/api/v1/auth/sessions", { token: user.token });
  for (const { session_id, is_current } of sessions) {
    if (!is_current) {
      await call("DELETE", `/api/v1/auth/sessions/${session_id}`, { token: user.token });
    }
  }
  await fill("Amount", "5")(page).catch(() => undefined); // the stream may tell first: then the sign-in is over it
  await page.getByRole("dialog", { name: "Your session has ended" }).getByLabel("Username").waitFor();
  await checkState(page);
});
