import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";

import { asset } from "@/test/market";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { AssetsPage } from "./AssetsPage";
import { assetsSearch } from "./search";

const PATH = "/api/v1/inventory/assets";
const symbols = () => screen.getAllByRole("rowheader").map((cell) => cell.querySelector("a")?.textContent.slice(0, 3));

function market() {
  const assets = [
    asset("BTC", {
      ...{ name: "Bitcoin", market_cap_rank: 1, price_usd: "100000.00" },
      ...{ market_cap: "1980000000000", available_quantity: "12.5" },
    }),
    asset("ETH", { name: "Ethereum", market_cap_rank: 2, price_usd: "3500.00", trading_status: "SELL_ONLY" }),
    asset("PEP", { name: "Pepe", market_cap_rank: 3, price_usd: "0.00001234", category: "meme" }),
    asset("OLD", { name: "Delisted", market_cap_rank: 0, is_active: false }),
  ];
  server.use(http.get(PATH, () => HttpResponse.json({ assets, next_page_token: "", total_size: 4 })));
}

const open = (url = "/assets") => renderPage(<AssetsPage />, { path: "/assets", url });

test("lists what is listed, by rank, with tiny prices in full and what cannot be bought", async () => {
  market();
  await open();
  await screen.findByText("Bitcoin");
  expect(symbols()).toEqual(["BTC", "ETH", "PEP"]);
  expect(screen.getByText("$0.00001234")).toBeVisible();
  expect(screen.getByText("Sell only")).toBeVisible();
  expect(screen.getByText("Simulated prices")).toBeVisible();
  const cells = within(screen.getByRole("row", { name: /Bitcoin/ })).getAllByRole("cell");
  expect(cells.slice(-2).map(({ textContent }) => textContent)).toEqual(["Cap $1.98T", "12.5 BTC in stock"]);
});

test("a search and a click on a heading narrow and sort the list", async () => {
  market();
  await open();
  await screen.findByText("Bitcoin");

  await userEvent.click(screen.getByRole("button", { name: "Price" }));
  expect(symbols()).toEqual(["BTC", "ETH", "PEP"]);
  await userEvent.click(screen.getByRole("button", { name: "Price" }));
  expect(symbols()).toEqual(["PEP", "ETH", "BTC"]);
  expect(screen.getByRole("columnheader", { name: "Price" })).toHaveAttribute("aria-sort", "ascending");

  await userEvent.type(screen.getByRole("searchbox", { name: "Search" }), "ether");
  await waitFor(() => expect(symbols()).toEqual(["ETH"]));
});

test("the address says what is shown, and nonsense in it is left out", async () => {
  market();
  await open("/assets?category=meme");
  await screen.findByText("Pepe");
  expect(symbols()).toEqual(["PEP"]);
  expect(screen.getByRole("combobox", { name: "Category" })).toHaveValue("meme");
  expect(assetsSearch({ sort: "height", isDescending: true, search: 0, category: "", isStarred: "yes" })).toEqual({
    search: "0",
  });
});

test("an empty result and an empty watchlist say what to do next", async () => {
  market();
  await open("/assets?isStarred=true");
  await screen.findByText("Your watchlist is empty");
  await userEvent.click(screen.getByRole("button", { name: "Show all assets" }));
  await userEvent.click(await screen.findByRole("button", { name: "Watch PEP" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Watchlist only" }));
  await waitFor(() => expect(symbols()).toEqual(["PEP"]));
});

test("an error says why, has the request id, and tries again when the system allows it", async () => {
  server.use(http.get(PATH, () => refusal(429, 8, "RATE_LIMITED", { headers: { "retry-after": "20" } })));
  await open();
  expect(await screen.findByRole("alert")).toHaveTextContent(/The assets could not be loaded\..*Too many requests/);
  expect(screen.getByText("req-1")).toBeVisible();
  expect(screen.getByRole("button", { name: /Try again in \d+ s/ })).toHaveAttribute("aria-disabled", "true");
});
