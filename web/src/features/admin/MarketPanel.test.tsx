import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { MarketPanel } from "./MarketPanel";

test("all trading is halted once, after a confirmation that says what happens, also over a failed attempt", async () => {
  const market = { is_halted: false, price_source: "SIMULATED", price_as_of: "2026-01-31T12:00:00Z" };
  const sent: { is_halted: boolean; request_id: string }[] = [];
  server.use(
    http.get("*/api/v1/inventory/market", () => HttpResponse.json(market)),
    http.post("*/api/v1/admin/market*", async ({ request }) => {
      sent.push((await request.json()) as { is_halted: boolean; request_id: string });
      if (sent.length === 1) {
        return refusal(504, 4, "DEADLINE_EXCEEDED");
      }
      market.is_halted = true;
      return HttpResponse.json(market);
    }),
  );
  await renderPage(
    <Page title="Assets">
      <MarketPanel />
    </Page>,
  );

  await userEvent.click(await screen.findByRole("button", { name: "Halt all trading…" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText(/every new order of every user is refused/)).toBeVisible();
  expect(sent).toHaveLength(0);
  await userEvent.click(dialog.getByRole("button", { name: "Halt all trading" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("There was no answer in time.");
  await userEvent.click(dialog.getByRole("button", { name: "Halt all trading" }));

  expect(await screen.findByRole("button", { name: "Resume trading…" })).toBeVisible();
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent.map(({ is_halted }) => is_halted)).toEqual([true, true]);
  expect(sent[0]?.request_id).toBe(sent[1]?.request_id);
});

test("a halt whose dialog was closed without an answer is another one when it is asked for again", async () => {
  const ids: string[] = [];
  server.use(
    http.get("*/api/v1/inventory/market", () => HttpResponse.json({ is_halted: false, price_source: "SIMULATED" })),
    http.post("*/api/v1/admin/market*", async ({ request }) => {
      ids.push(((await request.json()) as { request_id: string }).request_id);
      return refusal(504, 4, "DEADLINE_EXCEEDED");
    }),
  );
  await renderPage(
    <Page title="Assets">
      <MarketPanel />
    </Page>,
  );

  for (let attempt = 0; attempt < 2; attempt++) {
    await userEvent.click(await screen.findByRole("button", { name: "Halt all trading…" }));
    const dialog = within(screen.getByRole("dialog"));
    expect(dialog.queryByRole("alert")).toBeNull();
    await userEvent.click(dialog.getByRole("button", { name: "Halt all trading" }));
    await dialog.findByRole("alert");
    await userEvent.click(dialog.getByRole("button", { name: "Cancel" }));
  }

  expect(new Set(ids).size).toBe(2);
});
