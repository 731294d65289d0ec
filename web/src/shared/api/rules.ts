/** Rules of forms, from the contract. */

import type { Rule } from "@/generated/rules";

export * as contract from "@/generated/rules";
export type { Rule };

// An address by the HTML standard, as the services check it.
const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const EMAIL = new RegExp(`^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(\\.${LABEL})*$`);

const compiled = new Map<string, RegExp | undefined>();

/**
 * What a value breaks, in words; undefined if nothing. For react-hook-form:
 * `register("email", { validate: (value) => broken(contract.RegisterRequest.email, value) })`.
 */
export function broken(rule: Rule, value: string): string | undefined {
  if (value === "") {
    return rule.required ? "Please fill this in." : undefined;
  }
  const length = Array.from(value).length;
  if (length < (rule.minLength ?? 0)) {
    return `It must be at least ${rule.minLength ?? 0} characters; it is ${length}.`;
  }
  if (length > (rule.maxLength ?? Infinity)) {
    return `It must be at most ${rule.maxLength ?? 0} characters; it is ${length}.`;
  }
  if (rule.format === "password" && new TextEncoder().encode(value).length > (rule.maxLength ?? Infinity)) {
    return `It must be at most ${rule.maxLength ?? 0} bytes; letters beyond ASCII take more than one.`;
  }
  if (rule.format === "email" && !EMAIL.test(value)) {
    const isForeign = /[^\p{ASCII}]/u.test(value);
    return isForeign && rule.message !== undefined ? rule.message : "It must be an e-mail address.";
  }
  return matches(rule.pattern, value) ? undefined : (rule.message ?? "It is not valid.");
}

function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) {
    return true;
  }
  if (!compiled.has(pattern)) {
    compiled.set(pattern, compile(pattern));
  }
  return compiled.get(pattern)?.test(value) ?? true; // one that this browser does not know is left to the server
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
}
