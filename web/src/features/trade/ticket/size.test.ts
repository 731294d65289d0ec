import { expect, test } from "vitest";

import {
  converted,
  leastQuantity,
  mostQuantity,
  mustConfirm,
  orderOf,
  problemOf,
  shareOfCash,
  shareOfHolding,
} from "./size";

test("an order has one size: dollars, units, or all", () => {
  expect(orderOf("BTC", "BUY", "dollars", "100.50", false)).toEqual({
    side: "BUY",
    asset_id: "BTC",
    quote_amount: "100.50",
  });
  expect(orderOf("BTC", "SELL", "units", "0.1", false)).toEqual({ side: "SELL", asset_id: "BTC", quantity: "0.1" });
  expect(orderOf("BTC", "SELL", "units", "0.123456789", true)).toEqual({
    side: "SELL",
    asset_id: "BTC",
    sell_all: true,
  });
});

test("there is no order of nothing, of zero, or beyond what any order can have", () => {
  expect(orderOf("BTC", "BUY", "dollars", undefined, false)).toBeUndefined();
  expect(orderOf("BTC", "BUY", "dollars", "0.00", false)).toBeUndefined();
  expect(problemOf("units", "0")).toBe("It must be above zero.");
  expect(problemOf("dollars", "1000000.01")).toBe("No order can be that large.");
  expect(problemOf("dollars", "1000000")).toBeUndefined();
});

test("only a sell can be of all", () => {
  expect(orderOf("BTC", "BUY", "units", "1", true)).toEqual({ side: "BUY", asset_id: "BTC", quantity: "1" });
});

test("shares are rounded down, to cents or to the step of the asset", () => {
  expect(shareOfCash("100.01", 75, "100000")).toBe("75");
  expect(shareOfCash("0.03", 50, "100000")).toBe("0.01");
  expect(shareOfCash("5000000", 100, "100000")).toBe("100000");
  expect(shareOfHolding("0.41234567", 50, "0.0001")).toBe("0.2061");
  expect(shareOfHolding("0.00001", 25, "0.0001")).toBe("0");
});

test("the least and the most of an order are in steps of the asset, and stay so when the price moves a little", () => {
  expect(leastQuantity("1.00", "50000.00", "0.00000001")).toBe("0.0000202");
  expect(leastQuantity("1.00", "50000.00", "0.0001")).toBe("0.0001");
  expect(leastQuantity("1.00", "0.00001234", "1000")).toBe("82000");
  expect(mostQuantity("100000.00", "50000.00", "0.0001")).toBe("1.98");
  expect(mostQuantity("100000.00", "30000.00", "1")).toBe("3");
});

test("an amount changes its unit at the preview", () => {
  const preview = { quantity: "0.0023", net_amount: "149.17", total_amount: "149.02" };
  const full = { ...preview, price: "", fee: "", obstacles: [], worst_price: "", preview_id: "", price_seq: "0" };
  const answer = { ...full, price_source: "FIXED" } as const;
  expect(converted(answer, "BUY", "units")).toBe("0.0023");
  expect(converted(answer, "BUY", "dollars")).toBe("149.17");
  expect(converted(answer, "SELL", "dollars")).toBe("149.02");
  expect(converted({ ...answer, quantity: "0" }, "BUY", "units")).toBe("");
});

test("orders are confirmed from a sum on, and whenever it is not known", () => {
  expect(mustConfirm("5.00", "0")).toBe(true);
  expect(mustConfirm("99.99", "100")).toBe(false);
  expect(mustConfirm("100.00", "100")).toBe(true);
  expect(mustConfirm("", "100")).toBe(true);
  expect(mustConfirm("5.00", "a lot")).toBe(true);
});
