import { describe, expect, test } from "vitest";

import { decimalSeparator, parseDecimal } from "./parse";

const value = (text: string) => ({ kind: "value", value: text });

describe("what is clear in every locale", () => {
  test.each([
    ["12", "12"],
    ["0012", "12"],
    ["0.5", "0.5"],
    ["0,5", "0.5"],
    [".5", "0.5"],
    [",5", "0.5"],
    ["12.", "12"],
    ["1,23", "1.23"],
    ["1.2345", "1.2345"],
    ["1234,567", "1234.567"],
    ["0,234", "0.234"],
    ["1,234.56", "1234.56"],
    ["1.234,56", "1234.56"],
    ["1,234,567", "1234567"],
    ["1.234.567", "1234567"],
    ["1,234,567.89", "1234567.89"],
    ["12,34,567.89", "1234567.89"],
    ["1 234,56", "1234.56"],
    ["1\u00a0234", "1234"],
    ["1\u202f234.5", "1234.5"],
    ["1’234.56", "1234.56"],
    ["$ 1,234.56", "1234.56"],
    ["12.50 $", "12.50"],
    ["\u200f12.5", "12.5"],
    ["١٢٫٥", "12.5"],
    ["١٬٢٣٤٫٥", "1234.5"],
    ["١٢،٥", "12.5"],
    ["۱۲", "12"],
    ["१२.५", "12.5"],
    ["１２", "12"],
    ["0.00000001", "0.00000001"],
    ["99999999999999999999.12345678", "99999999999999999999.12345678"],
  ])("%s is %s", (typed, expected) => {
    for (const locale of ["en-US", "de-DE", "fr-CH", "hi-IN", "ar-EG"]) {
      expect(parseDecimal(typed, locale)).toEqual(value(expected));
    }
  });
});

describe("a separator that could be the other one", () => {
  test.each([
    ["en-US", "1,234", "1234", "1.234"],
    ["en-US", "12,345", "12345", "12.345"],
    ["hi-IN", "999,000", "999000", "999.000"],
    ["de-DE", "1.234", "1234", "1.234"],
    ["pt-BR", "100.000", "100000", "100.000"],
    ["ar-EG", "1,234", "1234", "1.234"],
    ["ar-EG", "1.234", "1234", "1.234"],
    ["ar-EG", "١،٢٣٤", "1234", "1.234"],
    ["ar", "1,234", "1234", "1.234"],
  ])("in %s, %s is asked", (locale, typed, ...readings) => {
    expect(parseDecimal(typed, locale)).toEqual({ kind: "ambiguous", readings });
  });

  test("the separator of the locale is taken", () => {
    expect(parseDecimal("1.234", "en-US")).toEqual(value("1.234"));
    expect(parseDecimal("1,234", "de-DE")).toEqual(value("1.234"));
    expect(parseDecimal("١٫٢٣٤", "ar-EG")).toEqual(value("1.234"));
    expect(parseDecimal("1٫234", "ar-EG")).toEqual(value("1.234"));
  });
});

describe("what is refused", () => {
  test.each([
    ["", "empty", undefined],
    ["   ", "empty", undefined],
    ["$", "empty", undefined],
    ["-5", "invalid", "negative"],
    ["−5", "invalid", "negative"],
    ["(5)", "invalid", "negative"],
    ["1e5", "invalid", "characters"],
    ["0x10", "invalid", "characters"],
    ["abc", "invalid", "characters"],
    ["1+1", "invalid", "characters"],
    [".", "invalid", "characters"],
    ["Infinity", "invalid", "characters"],
    ["1,23,45", "invalid", "groups"],
    ["1.2.3", "invalid", "groups"],
    ["1,2345.6", "invalid", "groups"],
    ["1 23", "invalid", "groups"],
    ["1.234.56,7", "invalid", "groups"],
    ["1,234.567,8", "invalid", "groups"],
    ["1.5 3", "invalid", "groups"],
  ])("%s", (typed, kind, reason) => {
    expect(parseDecimal(typed, "en-US")).toEqual(reason === undefined ? { kind } : { kind, reason });
  });

  test("again and again the same: nothing is remembered between calls", () => {
    const results = Array.from({ length: 4 }, () => parseDecimal("1.5 3", "en-US").kind);

    expect(results).toEqual(["invalid", "invalid", "invalid", "invalid"]);
  });
});

test("the separator of decimals of a locale", () => {
  expect(["en-US", "de-DE", "fr-FR", "hi-IN", "ar-EG", "de-CH"].map(decimalSeparator)).toEqual([
    ".",
    ",",
    ",",
    ".",
    "٫",
    ".",
  ]);
});
