import { expect, test } from "vitest";

import { changesOf } from "./changes";

const BEFORE = {
  first_name: "Ada",
  last_name: "Lovelace",
  email: "ada@example.com",
  phone: "+14155550100",
  date_of_birth: "",
  marketing_emails_consent: false,
  current_password: "",
};

test("only what differs is sent, and removals are", () => {
  expect(changesOf(BEFORE, { ...BEFORE, phone: "", marketing_emails_consent: true })).toEqual({
    phone: "",
    marketing_emails_consent: true,
  });
});

test("the password goes along with another e-mail address, not with another case of it", () => {
  const typed = { ...BEFORE, current_password: "secret" };
  expect(changesOf(BEFORE, { ...typed, email: "al@example.com" })).toEqual({
    email: "al@example.com",
    current_password: "secret",
  });
  expect(changesOf(BEFORE, { ...typed, email: "Ada@example.com" })).toEqual({ email: "Ada@example.com" });
});
