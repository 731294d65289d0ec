import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { applyOrders } from "@/shared/live/orders";
import { toCsv } from "@/shared/numbers";
import { updateSettings } from "@/shared/settings";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { ORDER_CSV } from "./columns";
import { OrderPage } from "./OrderPage";
import { OrdersPage } from "./OrdersPage";
import type { Order } from "./queries";
import { ordersSearch } from "./search";

const LIST = "http://localhost:5173/api/v1/orders";
const BUY: Order = {
  order_id: "0193a7c2-5b1e-7d3a-9f00-000000000001",
  side: "BUY",
  type: "MARKET",
  asset_id: "PEPE",
  quantity: "120000.5",
  price: "0.00001234",
  limit_price: "0.00001240",
  total_amount: "1.49",
  status: "COMPLETED",
  failure_reason: "",
  request_id: "request-1",
  created_at: "2026-11-30T12:00:00.100Z",
  updated_at: "2026-11-30T12:00:00.310Z",
  fee: "0.01",
  net_amount: "1.50",
  quote_amount: "",
  sell_all: false,
  price_seq: "184467",
  price_source: "SIMULATED",
};
const FAILED: Order = {
  ...BUY,
  order_id: "0193a7c2-5b1e-7d3a-9f00-000000000002",
  side: "SELL",
  asset_id: "BTC",
  quantity: "0.05",
  price: "96123.45",
  status: "FAILED",
  failure_reason: "INSUFFICIENT_HOLDINGS",
};

let asked: URLSearchParams[] = [];

/** Answers with pages by their tokens, "" the first. */
function listsOrders(pages: Record<string, { orders: Order[]; next_page_token: string }>): void {
  server.use(
    http.get(LIST, ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      return HttpResponse.json(pages[query.get("page_token") ?? ""] ?? { orders: [], next_page_token: "" });
    }),
  );
}

beforeEach(() => {
  asked = [];
  updateSettings({ zone: "utc", locale: "en-US" });
  server.use(
    http.get("http://localhost:5173/api/v1/inventory/assets", () =>
      HttpResponse.json({ assets: [{ asset_id: "BTC", name: "Bitcoin" }] }),
    ),
  );
});

test("while amounts are hidden, neither the heading nor the title of the tab has one", async () => {
  updateSettings({ hidesAmounts: true });
  server.use(http.get(`${LIST}/:id`, () => HttpResponse.json(BUY)));
  await renderPage(<OrderPage />, { path: "/orders/$orderId", url: `/orders/${BUY.order_id}` });

  expect(await screen.findByRole("heading", { level: 1, name: "Buy ••••• PEPE" })).toBeVisible();
  await waitFor(() => expect(document.title).toBe("Filled: Buy ••••• PEPE · cnop"));
  updateSettings({ hidesAmounts: false });
});

test("a list has tiny prices in full and failures in words, without amounts that were never moved", async () => {
  listsOrders({ "": { orders: [BUY, FAILED], next_page_token: "" } });
  await renderPage(<OrdersPage />, { path: "/orders" });

  const bought = (await screen.findByText("$0.00001234")).closest("tr");
  const failed = screen.getByText("You do not have that much of this asset.").closest("tr");

  expect(bought).toHaveTextContent("Buy PEPE");
  expect(bought).toHaveTextContent("$1.50");
  expect(failed).toHaveTextContent("$96,123.45——");
});

test("the filters of the address are those of the call, days as whole days", async () => {
  listsOrders({ "": { orders: [FAILED], next_page_token: "" } });
  await renderPage(<OrdersPage />, {
    path: "/orders",
    url: "/orders?status=FAILED&side=SELL&assetId=BTC&from=2026-11-29&to=2026-11-30",
  });
  await screen.findByText("$96,123.45");

  expect(Object.fromEntries(asked[0] ?? [])).toEqual({
    status: "FAILED",
    side: "SELL",
    asset_id: "BTC",
    start_time: "2026-11-29T00:00:00.000Z",
    end_time: "2026-12-01T00:00:00.000Z",
    page_size: "50",
  });
});

test("a filter that is chosen counts at once, and can be cleared", async () => {
  listsOrders({});
  await renderPage(<OrdersPage />, { path: "/orders" });

  await userEvent.selectOptions(await screen.findByLabelText("Status"), "Pending");
  await screen.findByText("No orders match.");
  expect(asked.at(-1)?.get("status")).toBe("PENDING");

  const [clear = document.body] = screen.getAllByRole("button", { name: "Clear the filters" });
  await userEvent.click(clear);
  await screen.findByText("You have no orders yet.");
  expect(screen.getByRole("link", { name: "Look at the assets" })).toBeInTheDocument();
});

test("pages lead to older orders, and back", async () => {
  listsOrders({
    "": {
      orders: Array.from({ length: 25 }, (_, index) => ({ ...BUY, order_id: `new-${index}` })),
      next_page_token: "t2",
    },
    t2: { orders: [FAILED], next_page_token: "" },
  });
  await renderPage(<OrdersPage />, { path: "/orders" });
  await screen.findByText("25 orders");
  const pages = within(screen.getByRole("navigation", { name: "Pages" }));
  const button = (name: string): HTMLElement => pages.getByRole("button", { name });
  expect(button("Newer")).toHaveAttribute("aria-disabled", "true");

  await userEvent.click(button("Older"));
  await pages.findByText("1 order");
  expect(button("Older")).toHaveAttribute("aria-disabled", "true");

  await userEvent.click(button("Newer"));
  await pages.findByText("25 orders");
});

test("a list that cannot be loaded says why, and is tried again", async () => {
  server.use(http.get(LIST, () => refusal(500, 13, "INTERNAL"), { once: true }));
  listsOrders({ "": { orders: [BUY], next_page_token: "" } });
  server.use(http.get(LIST, () => refusal(500, 13, "INTERNAL"), { once: true }));
  await renderPage(<OrdersPage />, { path: "/orders" });

  expect(await screen.findByText("Your orders could not be loaded.")).toBeInTheDocument();
  expect(screen.getByText("req-1")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("$0.00001234")).toBeInTheDocument();
});

test("an order that is pending becomes filled when the stream says so", async () => {
  let order: Order = { ...BUY, status: "PENDING" };
  server.use(http.get(`${LIST}/:id`, () => HttpResponse.json(order)));
  await renderPage(<OrderPage />, { path: "/orders/$orderId", url: `/orders/${BUY.order_id}` });
  await screen.findByText(/It will be filled at this price, or fail/);

  order = BUY;
  applyOrders({ kind: "CHANGE", orders: [order], end_reason: "" });

  expect(await screen.findByText("You paid")).toBeInTheDocument();
  expect(screen.getByText(/0.21 s later/)).toBeInTheDocument();
});

test("a failed order says why, what would have been, and what to do next", async () => {
  const order = { ...BUY, status: "FAILED", failure_reason: "INSUFFICIENT_FUNDS" };
  server.use(http.get(`${LIST}/:id`, () => HttpResponse.json(order)));
  await renderPage(<OrderPage />, { path: "/orders/$orderId", url: `/orders/${BUY.order_id}` });

  expect(await screen.findByText(/There is not enough cash in your account. Nothing was moved./)).toBeInTheDocument();
  expect(screen.getByText("You would have paid")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Deposit" })).toBeInTheDocument();
  expect(screen.getByText("request-1")).toBeInTheDocument();
});

test("an address that leads to no order says so", async () => {
  server.use(http.get(`${LIST}/:id`, () => refusal(404, 5, "ORDER_NOT_FOUND")));
  await renderPage(<OrderPage />, { path: "/orders/$orderId", url: "/orders/nothing" });

  await waitFor(() => expect(screen.getByText("There is no such order.")).toBeInTheDocument());
});

test("a file has decimals with a point, times in UTC, and no formula", () => {
  const [titles, row] = toCsv(ORDER_CSV, [{ ...BUY, request_id: "-1:cmd" }]).split("\r\n");

  expect(titles).toMatch(/^created_at,order_id,side,type,asset,quantity,price_usd,/);
  expect(row).toMatch(/^2026-11-30T12:00:00.100Z,.*,120000\.5,0\.00001234,/);
  expect(row).toMatch(/"'-1:cmd"$/);
});

test("an address takes only filters that exist", () => {
  expect(
    ordersSearch({ status: "LOST", side: "BUY", assetId: "b t c", from: "soon", to: "2026-11-30", page: "" }),
  ).toEqual({
    side: "BUY",
    to: "2026-11-30",
  });
});
