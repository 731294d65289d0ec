import { expect, test } from "vitest";

import { signInSearch } from "./search";

test.each([
  ["/portfolio", "/portfolio"],
  ["/orders?status=FAILED#x", "/orders?status=FAILED#x"],
  ["/trade/BTC/../ETH", "/trade/ETH"],
])("%s is a page to return to", (to, expected) => {
  expect(signInSearch({ to })).toEqual({ to: expected });
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
  "portfolio",
  "/sign-in?to=/portfolio",
  "/register",
  "",
  42,
  undefined,
])("%s is not", (to) => {
  expect(signInSearch({ to })).toEqual({});
});
