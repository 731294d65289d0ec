import { expect, test } from "vitest";

import { everything, newRequestId, settled } from "../src/calls.js";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

test("a list is read to its end, over pages that are empty", async () => {
  const pages: Record<string, readonly [number[], string]> = { "": [[1, 2], "b"], b: [[], "c"], c: [[3], ""] };
  expect(await all(everything((token) => Promise.resolve(pages[token] ?? [[], ""])))).toEqual([1, 2, 3]);
});

test("a page is not asked for before somebody needs it", async () => {
  const asked: string[] = [];
  const items = everything((token) => {
    asked.push(token);
    return Promise.resolve([[1, 2], `${token}x`] as const);
  });
  await items.next();
  await items.next();
  expect(asked).toEqual([""]);
});

test("a list whose next page is the same again is an error", async () => {
  await expect(all(everything(() => Promise.resolve([[1], "same"] as const)))).rejects.toThrow("just read");
});

test("request ids are of the form that the contracts want, and never the same", () => {
  const ids = Array.from({ length: 100 }, newRequestId);
  expect(new Set(ids).size).toBe(100);
  ids.forEach((id) => {
    expect(id).toMatch(/^[A-Za-z0-9._:-]{1,64}$/);
  });
});

test("an order that is PENDING is asked for again until it is final", async () => {
  const answers = ["PENDING", "COMPLETED"];
  const order = await settled(
    () => Promise.resolve(answers.shift()),
    (status) => status === "PENDING",
  );
  expect(order).toBe("COMPLETED");
});
