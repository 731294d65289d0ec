import { expect, test } from "vitest";

import { everything, newRequestId, settled } from "../src/calls.js";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

test("a list is read to its end, even over empty pages", async () => {
  const pages: Record<string, readonly [number[], string]> = { "": [[1, 2], "b"], b: [[], "c"], c: [[3], ""] };
  expect(await all(everything((token) => Promise.resolve(pages[token] ?? [[], ""])))).toEqual([1, 2, 3]);
});

test("a page is fetched only when it is needed", async () => {
  const loaded: string[] = [];
  const items = everything((token) => {
    loaded.push(token);
    return Promise.resolve([[1, 2], `${token}x`] as const);
  });
  await items.next();
  await items.next();
  expect(loaded).toEqual([""]);
});

test("a list whose next page token is the same again is an error", async () => {
  await expect(all(everything(() => Promise.resolve([[1], "same"] as const)))).rejects.toThrow("just used");
});

test("request ids have the form that the contracts require, and are unique", () => {
  const ids = Array.from({ length: 100 }, newRequestId);
  expect(new Set(ids).size).toBe(100);
  ids.forEach((id) => {
    expect(id).toMatch(/^[A-Za-z0-9._:-]{1,64}$/);
  });
});

test("a PENDING order is sent again until it is final", async () => {
  const answers = ["PENDING", "COMPLETED"];
  const order = await settled(
    () => Promise.resolve(answers.shift()),
    (status) => status === "PENDING",
  );
  expect(order).toBe("COMPLETED");
});
