import { expect, test } from "vitest";

import { Big, compareDecimals, decimal, floorTo, plain } from "./decimal";

test("quantities are rounded down to the step of an asset", () => {
  expect(plain(floorTo(new Big("1.23456789"), "0.001"))).toBe("1.234");
  expect(plain(floorTo(new Big("0.3"), "0.1"))).toBe("0.3");
  expect(plain(floorTo(new Big("7"), ""))).toBe("7");
});

test("small numbers have no exponent", () => {
  expect(plain(new Big("1e-8"))).toBe("0.00000001");
});

test("what is not a decimal of the API has no value", () => {
  expect(["", "1e5", " 1", "0x1", ".5"].map(decimal)).toEqual(Array(5).fill(undefined));
});

test("those without a value come last", () => {
  expect(["", "10", "9", "-1"].toSorted(compareDecimals)).toEqual(["-1", "9", "10", ""]);
});
