import { expect, test } from "vitest";

import { changedValues, newValues, plainValues, valuesOf } from "./assetValues";

test("numbers are typed as in the locale and sent as the contract has them", () => {
  const values = { ...newValues("de-DE"), name: " Bitcoin ", circulating_supply: "19.800.000,5" };
  expect(values.order_value_min).toBe("1,00");

  expect(plainValues(values, "de-DE")).toMatchObject({
    name: "Bitcoin",
    circulating_supply: "19800000.5",
    max_supply: "",
    order_value_min: "1.00",
  });
});

test("only what was changed is sent", () => {
  const asset = { ...newValues("en-US"), max_supply: "21000000.5", name: "Bitcoin" };
  const before = valuesOf(asset as never, "de-DE");
  const after = { ...before, max_supply: "" };

  const changes = changedValues(plainValues(before, "de-DE"), plainValues(after, "de-DE"));

  expect(changes).toEqual({ max_supply: "" });
});
