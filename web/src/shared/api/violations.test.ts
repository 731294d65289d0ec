import { expect, test } from "vitest";

import { contract } from "./index";
import { ApiError } from "./error";
import { checksOf } from "./checks";
import { passwordProblem } from "./passwords";
import { fieldErrors } from "./violations";

test("violations become sentences at their fields", () => {
  const error = new ApiError("INVALID_ARGUMENT", "INVALID_FIELD", "invalid", {
    fields: [{ field: "new_password", description: "must differ from the current password" }],
  });

  expect(fieldErrors(error)).toEqual([{ field: "new_password", message: "It must differ from the current password." }]);
  expect(fieldErrors(new ApiError("UNAVAILABLE", "OVERLOADED", "busy"))).toEqual([]);
});

test("the rules of a password are those of the contract", () => {
  const rule = contract.RegisterRequest.password;

  expect(checksOf(rule, "short")).toEqual([
    { text: "At least 12 characters", isMet: false },
    { text: "At most 72 bytes", isMet: true },
  ]);
  expect(checksOf(rule, "é".repeat(40)).map(({ isMet }) => isMet)).toEqual([true, false]);
  expect(passwordProblem(rule, "my name is ADA!", "ada")).toBe("It must not contain the username.");
  expect(passwordProblem(rule, "my name is ADA!", "")).toBeUndefined();
});

test("a field with a pattern has one rule, in the words of the contract", () => {
  const [check] = checksOf(contract.RegisterRequest.username, "ad");

  expect(check).toEqual({ text: "3 to 30 characters of a-z, A-Z, 0-9 and _", isMet: false });
});
