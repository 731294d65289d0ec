/** One whole journey: register, deposit, buy, sell, find the order, export it. By mouse, by keyboard alone, by finger. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PASSWORD, call, ordersOf } from "./api.js";
import { DESKTOP, PHONE, checkWidth, pageTest } from "./harness.js";
import { finger, keys, mouse } from "./hands.js";

const WAYS = [
  ["by mouse", mouse, DESKTOP],
  ["by keyboard alone", keys, DESKTOP],
  ["by finger, on a phone", finger, PHONE],
];

const button = (where, name) => where.getByRole("button", { name, exact: true });
const link = (where, name) => where.getByRole("link", { name, exact: true });
const field = (page, name) => page.getByLabel(name, { exact: true });

/** Waits for a page, and checks that it fits. */
async function seen(page, title) {
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.getByLabel("Loading").first().waitFor({ state: "detached" });
  await checkWidth(page);
}

/** Waits for a dialog, and checks that it and what is behind it fit. */
async function asked(page, title) {
  const dialog = page.getByRole("dialog", { name: title });
  await dialog.waitFor();
  await checkWidth(page);
  const [wide, shown] = await dialog.evaluate((element) => [element.scrollWidth, element.clientWidth]);
  assert.ok(wide <= shown, "the dialog scrolls sideways");
  return dialog;
}

async function register(page, hand) {
  await page.goto("/");
  await seen(page, /./);
  await hand.press(link(page.getByRole("banner"), "Register"));
  await seen(page, "Register");
  const username = `page_${randomUUID().slice(0, 8)}`;
  await hand.write(field(page, "Username"), username);
  await hand.write(field(page, "E-mail"), `${username}@example.com`);
  await hand.write(field(page, "First name"), "Ada");
  await hand.write(field(page, "Last name"), "Lovelace");
  await hand.write(field(page, "Password"), PASSWORD);
  await checkWidth(page); // with all hints of the fields
  await hand.press(button(page, "Open an account"));
  await seen(page, "Dashboard");
  return username;
}

async function deposit(page, hand) {
  await hand.press(link(page.getByRole("main"), "Deposit"));
  await seen(page, "Account");
  await hand.write(field(page, "Amount"), "1000");
  await hand.press(button(page, "Deposit"));
  await hand.press(button(await asked(page, "Confirm the deposit"), "Deposit $1,000.00"));
  await page.getByRole("log").getByText("$1,000.00 deposited").waitFor();
  await page.getByRole("row", { name: /Deposit.*\+\$1,000\.00/ }).waitFor();
  await checkWidth(page);
}

/** Finds the asset in the list, and buys for a quarter of the cash and some cents. */
async function buy(page, hand) {
  await hand.go("Assets");
  await seen(page, "Assets");
  await hand.write(field(page, "Search"), "bitcoin");
  await page.waitForURL("**/assets?search=bitcoin");
  await hand.press(link(page.getByRole("table"), /^BTC/));
  await seen(page, /BTC/);
  await hand.write(page.getByRole("textbox"), "250.07");
  await page.getByText("= 250.07 USD").waitFor();
  await hand.press(button(page, "Buy BTC"));
  const dialog = await asked(page, /^Buy .*\?$/);
  await dialog.getByText("Worst price").waitFor();
  await hand.press(button(dialog, "Buy BTC"));
  await page.getByText(/^Bought .* in all/).waitFor();
}

/** Sells all of it. */
async function sell(page, hand) {
  await hand.side("Sell");
  await hand.press(button(page, "Max"));
  await hand.press(button(page, "Sell BTC"));
  await hand.press(button(await asked(page, /^Sell .*\?$/), "Sell BTC"));
  await page.getByText(/^Sold .* in all/).waitFor();
  await page.getByRole("table", { name: "My orders in BTC" }).getByText("Filled").nth(1).waitFor();
  await checkWidth(page);
}

/** Finds the sale among the orders, and looks at it. */
async function find(page, hand, sale) {
  await hand.go("Orders");
  await seen(page, "Orders");
  await hand.choose(field(page, "Side"), "Sell");
  await page.waitForURL("**/orders?side=SELL");
  await link(page, "Buy BTC").waitFor({ state: "detached" });
  await hand.press(link(page, "Sell BTC"));
  await seen(page, `Sell ${sale.quantity} BTC`);
  await page.getByText(sale.request_id).waitFor();
}

/** Saves all orders as a file, and returns its rows, each by the titles. */
async function save(page, hand) {
  await hand.go("Orders");
  await seen(page, "Orders");
  await link(page, "Buy BTC").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), hand.press(button(page, "CSV"))]);
  const [titles, ...rows] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  return rows.map((row) => Object.fromEntries(titles.split(",").map((title, at) => [title, row.split(",")[at]])));
}

/** What a row of the file says of an order. */
const rowOf = (order) => ({
  order_id: order.order_id,
  side: order.side,
  asset: "BTC",
  quantity: order.quantity,
  price_usd: order.price,
  fee_usd: order.fee,
  total_usd: order.net_amount,
  sell_all: String(order.side === "SELL"),
  status: "COMPLETED",
  request_id: order.request_id,
});

for (const [name, hands, viewport] of WAYS) {
  pageTest(`register, deposit, buy, sell, find, export, ${name}`, { viewport }, async ({ page }) => {
    const hand = hands(page);
    const username = await register(page, hand);
    await deposit(page, hand);
    await buy(page, hand);
    await sell(page, hand);

    const { access_token: token } = await call("POST", "/api/v1/auth/login", { body: { username, password: PASSWORD } });
    const orders = await ordersOf({ token });
    assert.deepEqual(orders.map(({ side, status }) => [side, status]), [["SELL", "COMPLETED"], ["BUY", "COMPLETED"]]);
    const [sale, purchase] = orders;
    assert.equal(sale.quantity, purchase.quantity, "all that was bought is sold");

    await find(page, hand, sale);
    const rows = await save(page, hand);
    assert.equal(rows.length, orders.length);
    for (const [at, order] of orders.entries()) {
      const wanted = rowOf(order);
      assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((title) => [title, rows[at][title]])), wanted);
    }
  });
}
