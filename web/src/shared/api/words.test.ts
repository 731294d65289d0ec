import { expect, test } from "vitest";

import { reasons } from "@/generated/reasons";

import { ApiError } from "./error";
import { broken, contract } from "./rules";
import { errorInWords, reasonInWords } from "./words";

test("every reason of the contract has words", () => {
  for (const reason of reasons) {
    expect(reasonInWords(reason)).toMatch(/^[A-Z].*\.$/);
  }
});

test("a reason of a later release is shown as it is", () => {
  expect(reasonInWords("MOON_PHASE")).toBe("Something went wrong. (MOON_PHASE)");
});

test("a refusal tells the amounts that the system names", () => {
  const message = "2.50 USD needed, but only 1.00 USD available; deposit more or lower the amount";
  const error = new ApiError("FAILED_PRECONDITION", "INSUFFICIENT_FUNDS", message, { requestId: "req-1" });

  expect(errorInWords(error)).toEqual({
    text: "There is not enough cash in your account.",
    detail: `${message}.`,
    requestId: "req-1",
    retryAtMs: 0,
  });
});

test("invalid fields are named", () => {
  const fields = [{ field: "amount", description: "must be above 0" }];

  expect(errorInWords(new ApiError("INVALID_ARGUMENT", "INVALID_FIELD", "", { fields })).detail).toBe(
    "amount: must be above 0",
  );
});

test("rules of the contract in words", () => {
  const { username, password, email, first_name } = contract.RegisterRequest;

  expect(broken(username, "")).toBe("Please fill this in.");
  expect(broken(username, "a b")).toMatch(/^It must be 3 to 30 characters/);
  expect(broken(username, "ada_1")).toBeUndefined();
  expect(broken(password, "short")).toBe("It must be at least 12 characters; it is 5.");
  expect(broken(password, "ä".repeat(40))).toMatch(/bytes/);
  expect(broken(email, "ada")).toBe("It must be an e-mail address.");
  expect(broken(email, "ada@example.com")).toBeUndefined();
  expect(broken(first_name, "Zoë")).toBeUndefined();
  expect(broken(first_name, "a\u0000b")).toBeDefined();
  expect(broken(contract.RegisterRequest.phone, "")).toBeUndefined();
  expect(broken(contract.DepositRequest.amount, "1000000.01")).toBeDefined();
});
