import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { QuarantinePage } from "./QuarantinePage";

const LIST = "*/api/v1/admin/orders:quarantined";
const quarantined = {
  order: {
    order_id: "o-1",
    side: "BUY",
    asset_id: "BTC",
    quantity: "0.25",
    total_amount: "16000.00",
    status: "PENDING",
  },
  user_id: "u-1",
  reason: "the account is unknown",
  tries: 12,
  quarantined_at: "2026-01-31T12:00:00Z",
};

async function show(): Promise<void> {
  await renderPage(<QuarantinePage />, { path: "/admin/quarantine" });
}

test("an empty quarantine says so", async () => {
  server.use(http.get(LIST, () => HttpResponse.json({ orders: [], next_page_token: "" })));
  await show();

  expect(await screen.findByText("No order is in quarantine.")).toBeVisible();
});

test("a settled order cannot fail: the dialog says to release it", async () => {
  server.use(
    http.get(LIST, () => HttpResponse.json({ orders: [quarantined], next_page_token: "" })),
    http.get("*/api/v1/admin/users/u-1", () => HttpResponse.json({ profile: { username: "ada" } })),
    http.post("*/api/v1/admin/orders/*", () => refusal(400, 9, "ORDER_SETTLED")),
  );
  await show();

  await userEvent.click(await screen.findByRole("button", { name: "Fail…" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(await dialog.findByText("ada")).toBeVisible();
  await userEvent.click(dialog.getByRole("button", { name: "Fail the order" }));

  expect(await dialog.findByText(/it can only be completed: release it/)).toBeVisible();
  expect(dialog.getByRole("button", { name: "Fail the order" })).toHaveAttribute("aria-disabled", "true");
});
