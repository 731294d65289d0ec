import { expect, test } from "vitest";

import { isDay, spanOfDays } from "./days";

test("a span of days ends after the last one", () => {
  expect(spanOfDays({ from: "2026-11-01", to: "2026-11-30" }, "utc")).toEqual({
    start_time: "2026-11-01T00:00:00.000Z",
    end_time: "2026-12-01T00:00:00.000Z",
  });
  expect(spanOfDays({}, "utc")).toEqual({});
});

test("days are those of the time zone, also when clocks change", () => {
  const { start_time, end_time } = spanOfDays({ from: "2026-03-29", to: "2026-03-29" }, "local");

  expect(start_time).toBe(new Date(2026, 2, 29).toISOString());
  expect(end_time).toBe(new Date(2026, 2, 30).toISOString());
});

test("what a date field has while it is typed is no day", () => {
  expect(isDay("2026-11-30")).toBe(true);
  expect(["0002-11-30", "2026-13-01", "", "tomorrow", 5].some(isDay)).toBe(false);
});
