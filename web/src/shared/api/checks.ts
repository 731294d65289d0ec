/** The rules of a field as a list that a form ticks off while somebody types. */

import type { Rule } from "@/generated/rules";

import { broken } from "./rules";

export interface Check {
  readonly text: string;
  readonly isMet: boolean;
}

/** What the contract demands of a value, one line each. */
export function checksOf(rule: Rule, value: string): readonly Check[] {
  const { minLength, maxLength, pattern, format, message } = rule;
  const checks: Check[] = [];
  if (minLength !== undefined && minLength > 1) {
    checks.push({ text: `At least ${minLength} characters`, isMet: Array.from(value).length >= minLength });
  }
  if (format === "password" && maxLength !== undefined) {
    const bytes = new TextEncoder().encode(value).length;
    checks.push({ text: `At most ${maxLength} bytes`, isMet: value !== "" && bytes <= maxLength });
  }
  if (checks.length === 0 && pattern !== undefined && message !== undefined) {
    checks.push({ text: shortened(message), isMet: value !== "" && broken(rule, value) === undefined });
  }
  return checks;
}

function shortened(message: string): string {
  const text = message.replace(/^It must be /, "").replace(/\.$/, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
