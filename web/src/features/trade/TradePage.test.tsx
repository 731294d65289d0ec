import { configure, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { TradePage } from "./TradePage";

configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

const show = (url: string) => renderPage(<TradePage />, { path: "/trade/$assetId", url });
const noCandles = http.get("/api/v1/inventory/assets/:id/candles", () =>
  HttpResponse.json({ candles: [], price_source: "FIXED" }),
);

test("an asset that does not exist leads to all assets", async () => {
  server.use(
    noCandles,
    http.get("/api/v1/inventory/assets/:id", () => refusal(404, 5, "ASSET_NOT_FOUND")),
  );
  await show("/trade/nope");
  expect(await screen.findByText("There is no asset with the symbol NOPE.")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Look at all assets" })).toHaveAttribute("href", "/assets");
});

test("an error is told in words, with its request id, and can be tried again", async () => {
  let count = 0;
  server.use(
    noCandles,
    http.get("/api/v1/inventory/assets/:id", () => {
      count += 1;
      return refusal(500, 13, "INTERNAL");
    }),
  );
  await show("/trade/BTC");
  expect(await screen.findByText("BTC could not be loaded.")).toBeInTheDocument();
  expect(screen.getByText("req-1")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await vi.waitFor(() => expect(count).toBe(2));
});
