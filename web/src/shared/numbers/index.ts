export { saveFile, toCsv } from "./csv";
export type { CsvColumn } from "./csv";
export { Big, compareDecimals, decimal, floorTo, plain } from "./decimal";
export type { Decimalish } from "./decimal";
export { formatsOf, NOTHING, priceDecimals } from "./format";
export type { Formats, Zone } from "./format";
export { decimalSeparator, parseDecimal } from "./parse";
export type { Parsed } from "./parse";
