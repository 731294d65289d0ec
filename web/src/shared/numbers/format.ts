/** Numbers and times as people of a locale write them. Formatters are kept: a new one costs 500 times as much. */

import { Big } from "big.js";

import { decimal } from "./decimal";
import type { Decimalish } from "./decimal";

/** Shown where there is no value. A price that is away is never $0. */
export const NOTHING = "—";

export type Zone = "local" | "utc";

export interface Formats {
  readonly locale: string;
  readonly zone: Zone;
  /** Dollars with 2 decimals. */
  money(this: void, value: Decimalish): string;
  /** Dollars without decimals, for round sums. */
  wholeMoney(this: void, value: Decimalish): string;
  /** Dollars with 2 decimals and a sign, for gains and losses. */
  signedMoney(this: void, value: Decimalish): string;
  /** The price of one unit: 2 decimals from $1 on, below that 4 significant digits. */
  price(this: void, value: Decimalish): string;
  /** A quantity with all its decimals, at most 8. */
  quantity(this: void, value: Decimalish): string;
  /** A percentage with a sign and 2 decimals, of percent as the API sends them ("2.35"). */
  change(this: void, value: Decimalish): string;
  /** A share in percent, of percent as the API sends them. */
  percent(this: void, value: Decimalish): string;
  /** Large dollars in short: $1.28T. */
  compactMoney(this: void, value: Decimalish): string;
  /** A count. */
  count(this: void, value: number): string;
  /** Date and time to the second, with the zone where it is UTC. */
  dateTime(this: void, value: string | number | undefined): string;
  /** The same for lists: without the year, if it is this one. */
  moment(this: void, value: string | number | undefined): string;
  date(this: void, value: string | number | undefined): string;
  time(this: void, value: string | number | undefined): string;
}

const formats = new Map<string, Formats>();

/** The formats of a locale and a time zone. */
export function formatsOf(locale: string, zone: Zone): Formats {
  const key = `${locale} ${zone}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = create(locale, zone);
    formats.set(key, made);
  }
  return made;
}

function create(locale: string, zone: Zone): Formats {
  const number = kept((key: string) => new Intl.NumberFormat(locale, numberOptions(key)));
  const moment = kept((key: string) => new Intl.DateTimeFormat(locale, momentOptions(key, zone)));
  const directed = isRightToLeft(locale) ? rightToLeft : same;
  const format = (key: string, value: Big | undefined, decimals?: number): string =>
    value === undefined ? NOTHING : directed(number(key).format(digits(value, decimals)));
  const at = (key: string, value: string | number | undefined): string => {
    const date = new Date(value ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? NOTHING : directed(moment(key).format(date));
  };
  return {
    locale,
    zone,
    money: (value) => format("money", decimal(value), 2),
    wholeMoney: (value) => format("whole", decimal(value), 0),
    signedMoney: (value) => format("signed", decimal(value), 2),
    price: (value) => price(format, decimal(value)),
    quantity: (value) => format("quantity", decimal(value)?.round(8, Big.roundDown)),
    change: (value) => format("change", decimal(value)?.div(100)),
    percent: (value) => format("percent", decimal(value)?.div(100)),
    compactMoney: (value) => format("compact", decimal(value)),
    count: (value) => directed(number("count").format(value)),
    dateTime: (value) => at("dateTime", value),
    moment: (value) => at(isOfThisYear(value, zone) ? "thisYear" : "dateTime", value),
    date: (value) => at("date", value),
    time: (value) => at("time", value),
  };
}

type Format = (key: string, value: Big | undefined, decimals?: number) => string;

function isOfThisYear(value: string | number | undefined, zone: Zone): boolean {
  const [one, now] = [new Date(value ?? Number.NaN), new Date()];
  return zone === "utc" ? one.getUTCFullYear() === now.getUTCFullYear() : one.getFullYear() === now.getFullYear();
}

function price(format: Format, value: Big | undefined): string {
  if (value === undefined) {
    return NOTHING;
  }
  const decimals = priceDecimals(value);
  return format(`price${decimals}`, value, decimals);
}

/** Whether a locale is written from right to left. */
function isRightToLeft(locale: string): boolean {
  return ["Arab", "Hebr", "Thaa"].includes(new Intl.Locale(locale).maximize().script ?? "");
}

/**
 * Isolates a text in its own direction, wherever it stands on a page that is in English, and the currency in it: of "US$"
 * the dollar alone would go to the other side of the letters, or of the number.
 */
function rightToLeft(text: string): string {
  return `\u2067${text.replace(/[A-Z]*\$/, "\u2066$&\u2069")}\u2069`;
}

function same(text: string): string {
  return text;
}

/** The decimals of a price: 2 from $1 on, else 4 significant digits, but no more than 8 unless it would show as zero. */
export function priceDecimals(value: Big): number {
  const size = value.abs();
  if (size.eq(0) || size.gte("0.99995")) {
    return 2;
  }
  const exponent = size.e;
  return exponent >= -8 ? Math.min(8, 3 - exponent) : Math.min(20, 3 - exponent);
}

function digits(value: Big, decimals?: number): Intl.StringNumericLiteral {
  return value.toFixed(decimals) as Intl.StringNumericLiteral;
}

function numberOptions(key: string): Intl.NumberFormatOptions {
  const dollars = { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" } as const;
  const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  switch (key) {
    case "money":
      return { ...dollars, ...two };
    case "whole":
      return { ...dollars, minimumFractionDigits: 0, maximumFractionDigits: 0 };
    case "signed":
      return { ...dollars, ...two, signDisplay: "exceptZero" };
    case "quantity":
      return { maximumFractionDigits: 8 };
    case "change":
      return { style: "percent", ...two, signDisplay: "exceptZero" };
    case "percent":
      return { style: "percent", ...two };
    case "compact":
      return { ...dollars, notation: "compact", maximumSignificantDigits: 3 };
    case "count":
      return { maximumFractionDigits: 0 };
    default: {
      const decimals = Number(key.replace("price", ""));
      return { ...dollars, minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    }
  }
}

function momentOptions(key: string, zone: Zone): Intl.DateTimeFormatOptions {
  const day = { month: "short", day: "2-digit" } as const;
  const date = { year: "numeric", ...day } as const;
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  const place = zone === "utc" ? ({ timeZone: "UTC" } as const) : {};
  const name = zone === "utc" ? ({ timeZoneName: "short" } as const) : {};
  switch (key) {
    case "date":
      return { ...date, ...place };
    case "time":
      return { ...time, ...place };
    case "thisYear":
      return { ...day, ...time, ...place, ...name };
    default:
      return { ...date, ...time, ...place, ...name };
  }
}

function kept<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
