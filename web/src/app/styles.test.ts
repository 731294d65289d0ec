import { expect, test } from "vitest";

const SHEETS = import.meta.glob<string>("./**/*.css", { query: "?raw", import: "default", eager: true });

test("no style sheet has more than 250 lines, as eslint says it for code", () => {
  const lengths = Object.entries(SHEETS).map(([path, text]) => [path, text.trimEnd().split("\n").length] as const);

  expect(lengths).not.toHaveLength(0);
  expect(lengths.filter(([, lines]) => lines < 2)).toEqual([]); // they were read
  expect(lengths.filter(([, lines]) => lines > 250)).toEqual([]);
});
