/** Tables as CSV: a point for decimals, times in UTC, and no cell that a spreadsheet takes for a formula. */

export interface CsvColumn<Row> {
  readonly title: string;
  /** The text of a cell. Give numbers as the API sends them, and times as RFC 3339 in UTC. */
  readonly value: (row: Row) => string;
}

/** The lines of a table, the titles first. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): string {
  const lines = [columns.map(({ title }) => cell(title)).join(",")];
  for (const row of rows) {
    lines.push(columns.map(({ value }) => cell(value(row))).join(","));
  }
  return lines.join("\r\n") + "\r\n";
}

/** A cell. Text that begins like a formula gets an apostrophe, numbers stay. */
export function cell(text: string): string {
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && /^[\s\0]*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Saves a text as a file. */
export function saveFile(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be reading it
}
