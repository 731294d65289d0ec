import { act, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { tellOutcome } from "@/shared/live";
import { applyOrders } from "@/shared/live/orders";
import { DEFAULTS, updateSettings } from "@/shared/settings";
import { Page } from "@/shared/ui";
import { ORDER } from "@/test/orders";
import { renderPage } from "@/test/render";

import { OrderNews } from "./OrderNews";

beforeEach(() => updateSettings({ ...DEFAULTS, locale: "en-US" }));

async function show(): Promise<void> {
  await renderPage(
    <Page title="Any page">
      <OrderNews />
    </Page>,
  );
}

function changed(...requestIds: string[]): void {
  const orders = requestIds.map((request_id) => ({ ...ORDER, order_id: `o-${request_id}`, request_id }));
  act(() => applyOrders({ kind: "CHANGE", orders, end_reason: "" }));
}

test("a fill is told, without its amount while amounts are hidden", async () => {
  await show();
  changed("one");
  const news = screen.getByRole("log");
  expect(news).toHaveTextContent("Buy 0.0019 BTC filled at $50,010.00");

  act(() => updateSettings({ hidesAmounts: true }));

  expect(news).not.toHaveTextContent("0.0019");
  expect(news).toHaveTextContent("filled at $50,010.00");
});

test("a fill that the page tells is not told twice", async () => {
  await show();
  const before = screen.getByRole("log").children.length;
  const end = tellOutcome("two");
  changed("two");
  expect(screen.getByRole("log").children).toHaveLength(before);

  end();
  changed("two");

  expect(screen.getByRole("log").children).toHaveLength(before + 1);
});
