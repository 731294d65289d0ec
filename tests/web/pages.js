/** All pages of the web client: where they are, and what is there once they are filled, or have nothing to show. */

import { makeAdmin, newUser, order, ordersOf } from "./api.js";

const table = (name) => (page) => page.getByRole("table", { name });
const text = (what) => (page) => page.getByText(what).first();
const button = (name) => (page) => page.getByRole("main").getByRole("button", { name, exact: true }).first();
const link = (name) => (page) => page.getByRole("main").getByRole("link", { name, exact: true }).first();
const NOBODY = "5f0e2d7c-1111-4222-8333-444455556666";

/**
 * The people, each with the pages they look at: `path`, its `title` (of the h1), and what it `shows`. A page that `asks`
 * nothing has no other state, and one that is empty has what comes `next`;
 * one of something that `isMissing` gets 404. `spares` are calls that are answered when others are not.
 */
export const PEOPLE = {
  visitor: {
    pages: {
      market: { path: "/", title: "Trade crypto at the price you see", shows: table("Losers of 24 h") },
      assets: { path: "/assets", title: "Assets", shows: table("Assets") },
      trade: { path: "/trade/BTC", title: "Bitcoin (BTC)", isNamedLate: true, shows: text("Market cap") },
      "sign-in": { path: "/sign-in", title: "Sign in", shows: button("Sign in"), asksNothing: true },
      register: { path: "/register", title: "Register", shows: button("Open an account"), asksNothing: true },
      "not found": { path: "/nonsense", title: "No such page", shows: text("There is nothing at this address."), asksNothing: true },
    },
  },
  trader: {
    make: newTrader,
    pages: {
      dashboard: { path: "/", title: "Dashboard", shows: table("Last orders") },
      trade: { path: "/trade/BTC", title: "Bitcoin (BTC)", isNamedLate: true, shows: table("My orders in BTC") },
      "panels of trade": { path: "/trade/BTC", title: "Bitcoin (BTC)", shows: table("My orders in BTC"), spares: /\/assets\/BTC$/ },
      portfolio: { path: "/portfolio", title: "Portfolio", shows: table(/holdings/i) },
      orders: { path: "/orders", title: "Orders", shows: table("Orders") },
      order: { path: ({ orderId }) => `/orders/${orderId}`, title: /^(Buy|Sell) /, isNamedLate: true, shows: text("You received") },
      account: { path: "/account", title: "Account", shows: table("Ledger") },
      profile: { path: "/profile", title: "Profile and settings", shows: table(/^What happened to your account/) },
    },
  },
  newcomer: {
    make: newUser,
    pages: {
      dashboard: { path: "/", title: "Dashboard", shows: text("Your first order in two steps"), next: link("Deposit") },
      trade: { path: "/trade/BTC", title: "Bitcoin (BTC)", shows: text("You have not traded BTC yet."), next: button("Buy BTC") },
      portfolio: { path: "/portfolio", title: "Portfolio", shows: text(/^You hold nothing yet/), next: link("Deposit") },
      orders: { path: "/orders", title: "Orders", shows: text("You have no orders yet."), next: link("Look at the assets") },
      account: { path: "/account", title: "Account", shows: text("Nothing has happened yet."), next: button("Deposit") },
      "filtered orders": {
        path: "/orders?status=PENDING",
        title: "Orders",
        shows: text("No orders match."),
        next: button("Clear the filters"),
      },
      "no order": {
        path: `/orders/${NOBODY}`,
        title: "Order",
        shows: text("There is no such order."),
        next: link("All orders"),
        isMissing: true,
      },
      assets: {
        path: "/assets?search=nothing+like+it",
        title: "Assets",
        shows: text("No asset matches"),
        next: button("Clear the filters"),
      },
      watchlist: {
        path: "/assets?isStarred=true",
        title: "Assets",
        shows: text("Your watchlist is empty"),
        next: button("Show all assets"),
      },
      "no asset": {
        path: "/trade/NONE",
        title: "No such asset",
        shows: text("There is no asset with the symbol NONE."),
        next: link("Look at all assets"),
        isMissing: true,
      },
    },
  },
  admin: {
    make: newAdmin,
    pages: {
      quarantine: { path: "/admin/quarantine", title: "Orders in quarantine", shows: text("No order is in quarantine.") },
      users: { path: "/admin/users", title: "Users", shows: table("Users by name") },
      assets: { path: "/admin/assets", title: "Assets and trading", shows: table("Assets") },
      house: { path: "/admin/house", title: "The house", shows: table("The stock of each asset") },
      audit: { path: "/admin/audit", title: "Audit trail", shows: table("Events, newest first") },
    },
  },
  "searching admin": {
    make: newAdmin,
    pages: {
      quarantine: {
        path: "/admin/quarantine",
        title: "Orders in quarantine",
        shows: text("No order is in quarantine."),
        next: link("Look at the audit trail"),
      },
      users: {
        path: "/admin/users?username=nobody_has_it",
        title: "Users",
        shows: text("No user matches."),
        next: button("Show all users"),
      },
      audit: {
        path: `/admin/audit?userId=${NOBODY}`,
        title: "Audit trail",
        shows: text("No event matches."),
        next: button("Show all events"),
        isMissing: true,
      },
    },
  },
};

// As many holdings as the start page lists at most.
const TRADES = [
  { side: "BUY", asset_id: "BTC", quantity: "0.05" },
  { side: "BUY", asset_id: "ETH", quantity: "1.5" },
  { side: "BUY", asset_id: "ADA", quantity: "2000" },
  { side: "BUY", asset_id: "SOL", quantity: "3" },
  { side: "BUY", asset_id: "DOGE", quantity: "500" },
  { side: "SELL", asset_id: "ETH", quantity: "0.5" },
];

async function newTrader() {
  const user = await newUser({ money: "25000.00" });
  for (const trade of TRADES) {
    await order(user, trade);
  }
  const [newest] = await ordersOf(user);
  return { ...user, orderId: newest.order_id };
}

async function newAdmin() {
  const user = await newUser();
  await makeAdmin(user);
  return user;
}
