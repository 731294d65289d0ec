import { expect, test } from "vitest";

import type { Holding } from "./queries";
import { totalsOf, valued } from "./valuation";

const holding = (asset_id: string, quantity: string, cost_basis: string): Holding => ({
  asset_id,
  asset_name: asset_id,
  quantity,
  available_quantity: quantity,
  average_cost: "1.00",
  cost_basis,
  current_price: "",
  market_value: "",
  unrealized_pnl: "",
  percentage: "",
  price_source: "SIMULATED",
  is_price_stale: false,
});

test("a value is rounded as the system rounds it, half to even", () => {
  expect(valued(holding("A", "0.5", "1.00"), "0.01").value?.toFixed()).toBe("0");
  expect(valued(holding("A", "1.5", "1.00"), "0.01").value?.toFixed()).toBe("0.02");
});

test("the change of a day is what the quantity has gained, not a part of its value now", () => {
  const { change } = valued(holding("A", "1", "80.00"), "110", "10.00");
  expect(change?.toFixed(2)).toBe("10.00");
});

test("sums add up", () => {
  const rows = [valued(holding("A", "1", "80.00"), "110", "10.00"), valued(holding("B", "2", "40.00"), "45", "-10.00")];
  const totals = totalsOf(rows, "50.00");
  expect(totals.total?.toFixed(2)).toBe("250.00");
  expect(totals.pnl?.toFixed(2)).toBe("80.00");
  expect(totals.change?.toFixed(2)).toBe("0.00");
  expect(totals.pnlPercent?.toFixed(2)).toBe("66.67");
});

test("a price that is away makes sums unknown, never smaller", () => {
  const rows = [valued(holding("A", "1", "80.00"), "110", "10.00"), valued(holding("B", "2", "40.00"), undefined)];
  const totals = totalsOf(rows, "50.00");
  expect(totals).toMatchObject({ total: undefined, holdings: undefined, pnl: undefined, unpriced: ["B"] });
  expect(totals.cash?.toFixed(2)).toBe("50.00");
});
