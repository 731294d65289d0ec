import { expect, test } from "vitest";

import { filledPage } from "./pages";

const LIST: Record<string, readonly [readonly number[], string]> = {
  "": [[1, 2], "a"],
  a: [[], "b"],
  b: [[3], "c"],
  c: [[4, 5, 6], "d"],
  d: [[], ""],
};
const load = (token: string): Promise<readonly [readonly number[], string]> => Promise.resolve(LIST[token] ?? [[], ""]);

test("short and empty pages are filled up from those after them", async () => {
  expect(await filledPage(load, "", 4)).toEqual({ rows: [1, 2, 3, 4, 5, 6], next: "d" });
});

test("the last page may stay short", async () => {
  expect(await filledPage(load, "d", 4)).toEqual({ rows: [], next: "" });
});

test("a search without matches ends, and can go on", async () => {
  const empty = (token: string): Promise<readonly [readonly number[], string]> => Promise.resolve([[], `${token}x`]);

  expect(await filledPage(empty, "", 4)).toEqual({ rows: [], next: "xxxxx" });
});
