/** What a new password must be: the rule of the contract, and what it says about the username. */

import type { Rule } from "@/generated/rules";

import { checksOf } from "./checks";
import type { Check } from "./checks";
import { broken } from "./rules";

/** The rules of a new password, one line each. That it is not a common one, only the system knows. */
export function passwordChecks(rule: Rule, password: string, username: string): readonly Check[] {
  const isMet = password !== "" && !containsName(password, username);
  return [...checksOf(rule, password), { text: "Without your username", isMet }];
}

/** What a new password breaks, in words; undefined if nothing. */
export function passwordProblem(rule: Rule, password: string, username: string): string | undefined {
  const isNamed = containsName(password, username);
  return broken(rule, password) ?? (isNamed ? "It must not contain the username." : undefined);
}

function containsName(password: string, username: string): boolean {
  return username !== "" && folded(password).includes(folded(username));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
