/** Spans of whole days, for filters. A day is text: YYYY-MM-DD. */

/** Whether a text is a day that the API takes. */
export function isDay(value: unknown): value is string {
  return typeof value === "string" && /^(19[7-9]|2\d\d)\d-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** The span from the start of the first day to the end of the last one, in a time zone, as the API takes it. */
export function spanOfDays(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: "local" | "utc",
): { readonly start_time?: string; readonly end_time?: string } {
  return {
    ...(from !== undefined && { start_time: startOf(from, 0, zone) }),
    ...(to !== undefined && { end_time: startOf(to, 1, zone) }),
  };
}

function startOf(day: string, later: number, zone: "local" | "utc"): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const start =
    zone === "utc" ? new Date(Date.UTC(year, month - 1, date + later)) : new Date(year, month - 1, date + later);
  return start.toISOString();
}
