import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import type { Schemas } from "@/shared/api";
import { valued } from "@/shared/assets";
import { toCsv } from "@/shared/numbers";
import { asset, holding } from "@/test/market";
import { renderPage } from "@/test/render";
import { http, HttpResponse, server } from "@/test/server";

import { PortfolioPage } from "./PortfolioPage";
import { CSV, rowsOf, slicesOf } from "./rows";

let cash = "60.00";
let holdings: Schemas["Holding"][] = [];

beforeEach(() => {
  cash = "60.00";
  const assets = [asset("BTC"), asset("ETH")];
  server.use(
    http.get("/api/v1/balance", () =>
      HttpResponse.json({ current_balance: cash, available_balance: cash, held_balance: "0.00", currency: "USD" }),
    ),
    http.get("/api/v1/assets/balances", () => HttpResponse.json({ holdings, next_page_token: "" })),
    http.get("/api/v1/inventory/assets", () => HttpResponse.json({ assets, next_page_token: "", total_size: 2 })),
  );
});

const open = () => renderPage(<PortfolioPage />, { path: "/portfolio" });
const row = async (name: RegExp) => {
  const header = await screen.findByRole("rowheader", { name });
  return within(header.closest("tr") as HTMLElement);
};

test("a holding has its value, its gain and its share of all, cash included", async () => {
  holdings = [holding("BTC"), holding("ETH", { current_price: "10.00", cost_basis: "25.00" })];
  await open();
  const btc = await row(/BTC coin/);
  expect(btc.getByText("$20.00")).toBeVisible();
  expect(btc.getByText("+$4.00")).toBeVisible();
  expect(btc.getByText("20.00%")).toBeVisible();
  expect(btc.getByRole("link", { name: "Sell BTC" })).toHaveAttribute("href", "/trade/BTC?side=SELL");
  expect(screen.getByText("$100.00")).toBeVisible();
});

test("a price that is away shows a dash, and makes the total unknown", async () => {
  holdings = [holding("BTC"), holding("ETH", { current_price: "", market_value: "", unrealized_pnl: "" })];
  await open();
  const eth = await row(/ETH coin/);
  expect(eth.queryByText(/\$0/)).toBeNull();
  expect(eth.getAllByText("—").length).toBeGreaterThanOrEqual(4); // price, value, gain, share
  expect(screen.getByText(/No price at the moment: ETH/)).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Allocation" })).toBeNull();
});

test("without holdings the next step is to deposit, or to buy", async () => {
  holdings = [];
  cash = "0.00";
  await open();
  expect(await screen.findByRole("link", { name: "Deposit" })).toHaveAttribute("href", "/account");
});

test("the CSV has plain numbers, and nothing for a price that is away", () => {
  const rows = rowsOf([valued(holding("BTC"), "1234.5"), valued(holding("ETH"), undefined)], cash);
  const [titles, btc, eth] = toCsv(CSV, rows).split("\r\n");
  expect(titles).toContain("market_value_usd");
  expect(btc).toContain("BTC,BTC coin,2,2,8.00,16.00,1234.5,2469.00,2453.00,,SIMULATED,");
  expect(eth).toContain("ETH,ETH coin,2,2,8.00,16.00,,,,,SIMULATED,");
});

test("the ring has the largest, the others together, and cash: 100% in all", () => {
  const values = Array.from({ length: 9 }, (_, index) => valued(holding(`A${index}`), String(index + 1)));
  const slices = slicesOf(rowsOf(values, cash), cash, 6);
  expect(slices.map(({ label }) => label)).toEqual(["A8", "A7", "A6", "A5", "A4", "A3", "3 others", "Cash"]);
  expect(slices.reduce((sum, { share }) => sum + (share?.toNumber() ?? 0), 0)).toBeCloseTo(100, 6);
});
