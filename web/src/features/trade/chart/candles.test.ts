import { expect, test } from "vitest";

import { goOn } from "./candles";

const LAST = { start_time: "2026-11-30T12:00:00Z", open: "10", high: "12", low: "9", close: "11" };
const at = (time: string): number => Date.parse(`2026-11-30T${time}Z`);

test("a price within the last candle makes it longer, never shorter", () => {
  expect(goOn(LAST, "12.5", at("12:59:59"), "1h")).toEqual({ ...LAST, high: "12.5", close: "12.5" });
  expect(goOn(LAST, "10", at("12:00:00"), "1h")).toEqual({ ...LAST, close: "10" });
});

test("a price after it begins the next candle where the last one closed", () => {
  expect(goOn(LAST, "10.5", at("12:01:30"), "1m")).toEqual({
    start_time: "2026-11-30T12:01:00.000Z",
    open: "11",
    high: "11",
    low: "10.5",
    close: "10.5",
  });
});

test("an older price changes nothing", () => {
  expect(goOn(LAST, "1", at("11:59:59"), "1h")).toBeUndefined();
});
