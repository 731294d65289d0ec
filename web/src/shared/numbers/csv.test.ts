import { expect, test } from "vitest";

import { cell, toCsv } from "./csv";

test("a table has its titles first and ends its lines as RFC 4180 says", () => {
  const columns = [
    { title: "Asset", value: ([asset]: readonly [string, string]) => asset },
    { title: "Amount", value: ([, amount]: readonly [string, string]) => amount },
  ];

  expect(toCsv(columns, [["BTC", "-12.50"] as const, ['a "b", c', "1"] as const])).toBe(
    'Asset,Amount\r\nBTC,-12.50\r\n"a ""b"", c",1\r\n',
  );
});

test.each(["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "\0=1"])(
  "%j is not taken for a formula",
  (text) => {
    expect(cell(text).replace(/^"/, "").startsWith("'")).toBe(true);
  },
);

test.each(["-12.50", "+3", "0.00000001", "2026-11-24T09:30:00Z", "BTC"])("%s stays as it is", (text) => {
  expect(cell(text)).toBe(text);
});
