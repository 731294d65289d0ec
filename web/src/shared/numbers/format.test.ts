import { describe, expect, test, vi } from "vitest";

import { Big } from "./decimal";
import { formatsOf, NOTHING, priceDecimals } from "./format";

const us = formatsOf("en-US", "utc");
const de = formatsOf("de-DE", "utc");
const plainSpaces = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("money", () => {
  test("has 2 decimals, in the locale's way", () => {
    expect(us.money("1234.5")).toBe("$1,234.50");
    expect(plainSpaces(de.money("1234.5"))).toBe("1.234,50 $");
    expect(us.money("-3.1")).toBe("-$3.10");
  });

  test("keeps every digit, however many there are", () => {
    expect(us.money("9007199254740993.01")).toBe("$9,007,199,254,740,993.01");
    expect(us.quantity("123456789012.12345678")).toBe("123,456,789,012.12345678");
  });

  test("is never invented: without a value there is a dash", () => {
    for (const absent of ["", undefined, null, "NaN", "abc"]) {
      expect([us.money(absent), us.price(absent), us.change(absent), us.quantity(absent)]).toEqual(
        Array(4).fill(NOTHING),
      );
    }
    expect(us.dateTime(undefined)).toBe(NOTHING);
  });

  test("shows gains and losses with a sign, and nothing for zero", () => {
    expect([us.signedMoney("5"), us.signedMoney("-5"), us.signedMoney("0")]).toEqual(["+$5.00", "-$5.00", "$0.00"]);
    expect([us.change("2.35"), us.change("-0.1"), us.change("0.00")]).toEqual(["+2.35%", "-0.10%", "0.00%"]);
  });
});

describe("prices", () => {
  test.each([
    ["65050", "$65,050.00"],
    ["1", "$1.00"],
    ["0.99996", "$1.00"],
    ["0.9999", "$0.9999"],
    ["0.5", "$0.5000"],
    ["0.01234567", "$0.01235"],
    ["0.00001234", "$0.00001234"],
    ["0.00000012", "$0.00000012"],
    ["0.00000001", "$0.00000001"],
    ["0.0000000012345", "$0.000000001235"],
  ])("%s is %s", (value, shown) => {
    expect(us.price(value)).toBe(shown);
  });

  test("no price above zero is shown as zero", () => {
    for (let exponent = 0; exponent <= 16; exponent++) {
      expect(us.price(new Big(`1e-${exponent}`))).toMatch(/[1-9]/);
    }
  });

  test("have the same decimals while they move within a power of ten", () => {
    expect(["0.0101", "0.02", "0.0999"].map((price) => priceDecimals(new Big(price)))).toEqual([5, 5, 5]);
  });
});

test("quantities show all their decimals, at most 8, and never more than there is", () => {
  expect([us.quantity("0.05000000"), us.quantity("1.123456789"), us.quantity("0.99999999999")]).toEqual([
    "0.05",
    "1.12345678",
    "0.99999999",
  ]);
});

test("the locale decides the digits", () => {
  expect(formatsOf("hi-IN", "utc").money("1234567.8")).toBe("$12,34,567.80");
  expect(formatsOf("ar-EG", "utc").quantity("12.5")).toBe("\u2067١٢٫٥\u2069");
});

test("what is written from right to left stands for itself, and the letters and the dollar of US$ stay together", () => {
  for (const [locale, digits] of [
    ["ar", "4,810.99"],
    ["ar-EG", "٤٬٨١٠٫٩٩"],
  ] as const) {
    const { money, price } = formatsOf(locale, "utc");
    for (const shown of [money("-4810.99"), price("4810.99")]) {
      expect(shown).toMatch(/^\u2067.*\u2066US\$\u2069\u2069$/);
      expect(shown).toContain(digits);
    }
  }
  expect(formatsOf("de-DE", "utc").money("-4810.99")).toBe("-4.810,99\u00a0$");
});

test("round sums are without decimals, with the dollar where the locale has it", () => {
  const shown = ["en-US", "de-DE", "ar"].map((locale) => formatsOf(locale, "utc").wholeMoney("10000"));
  expect(shown.slice(0, 2)).toEqual(["$10,000", "10.000\u00a0$"]);
  expect(shown[2]).toMatch(/^\u2067.*10,000.*\u2066US\$\u2069\u2069$/);
});

test("times are in the zone that was asked for, and say when it is UTC", () => {
  expect(us.dateTime("2026-11-24T23:30:05Z")).toMatch(/^Nov 24, 2026, 11:30:05\sPM UTC$/);
});

test("formatters are made once", () => {
  expect(formatsOf("en-US", "utc")).toBe(us);
});

test("in lists, the year is left out if it is this one", () => {
  vi.useFakeTimers({ now: new Date("2026-12-01T12:00:00Z") });
  const us = formatsOf("en-US", "utc");
  expect(us.moment("2026-11-24T23:30:05Z")).toMatch(/^Nov 24, 11:30:05\sPM UTC$/);
  expect(us.moment("2025-11-24T23:30:05Z")).toMatch(/^Nov 24, 2025, 11:30:05\sPM UTC$/);
  vi.useRealTimers();
});
