import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { updateSettings } from "@/shared/settings";
import { asset, holding } from "@/test/market";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { DashboardPage } from "./DashboardPage";

let cash = "80.00";
let holdings = [holding("BTC", { cost_basis: "17.00" })];

beforeEach(() => {
  cash = "80.00";
  holdings = [holding("BTC", { cost_basis: "17.00" })];
  updateSettings({ hidesAmounts: false, watchlist: [] });
  const assets = [
    asset("BTC", { price_change_percentage_24h: "25.00" }),
    asset("ETH", { price_change_percentage_24h: "-3.00" }),
  ];
  server.use(
    http.get("/api/v1/balance", () =>
      HttpResponse.json({ current_balance: cash, available_balance: cash, held_balance: "0.00", currency: "USD" }),
    ),
    http.get("/api/v1/assets/balances", () => HttpResponse.json({ holdings, next_page_token: "" })),
    http.get("/api/v1/inventory/assets", () => HttpResponse.json({ assets, next_page_token: "", total_size: 2 })),
    http.get("/api/v1/orders", () => HttpResponse.json({ orders: [], next_page_token: "" })),
  );
});

test("shows the total, the change of a day in dollars and percent, and what moves", async () => {
  await renderPage(<DashboardPage />);
  expect(await screen.findByText("$100.00")).toBeVisible();
  expect(screen.getByText("+$4.00")).toBeVisible(); // 20.00 now, 16.00 a day ago
  expect(screen.getAllByText("+25.00%").length).toBeGreaterThan(0);
  expect(screen.getByText("+$3.00")).toBeVisible();
  expect(screen.getByRole("region", { name: "Gainers of 24 h" })).toHaveTextContent("BTC");
  expect(screen.getByRole("region", { name: "Losers of 24 h" })).toHaveTextContent("ETH");
  expect(screen.getByRole("region", { name: "Last orders" })).toHaveTextContent("No orders yet");
});

test("the eye hides what the user has, not the market", async () => {
  updateSettings({ hidesAmounts: true });
  await renderPage(<DashboardPage />);
  await screen.findByRole("region", { name: "Top holdings" });
  expect((await screen.findAllByText("hidden")).length).toBeGreaterThan(3);
  expect(screen.queryByText("$100.00")).toBeNull();
  expect(screen.getAllByText("$10.00").length).toBeGreaterThan(0);
});

test("a new user is led to a deposit, then to a first buy", async () => {
  holdings = [];
  cash = "0.00";
  const { unmount } = await renderPage(<DashboardPage />);
  expect(await screen.findByRole("heading", { name: "Your first order in two steps" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Deposit" })).toHaveAttribute("href", "/account");
  expect(screen.queryByRole("region", { name: "Top holdings" })).toBeNull();
  unmount();
});

test("one part that fails leaves the others", async () => {
  server.use(http.get("/api/v1/orders", () => refusal(503, 14, "DEPENDENCY_UNAVAILABLE")));
  await renderPage(<DashboardPage />);
  expect(await screen.findByText("Your orders could not be loaded.", undefined, { timeout: 9_000 })).toBeVisible();
  expect(screen.getByText("$100.00")).toBeVisible();
}, 10_000);
