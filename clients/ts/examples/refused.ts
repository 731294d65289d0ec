/** Handles errors by their reason or invalid fields, the same way for gRPC and REST. */

import { Refusal } from "../src/core/refusal.js";

/** Makes a call that must be refused, and prints why it was. Throws Error if it is not. */
export async function expectRefusal(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    console.log(`refused: ${why(Refusal.from(error))}`);
    return;
  }
  throw new Error("the call should have been refused");
}

/** Prints the error that ended a program, and sets the exit code. */
export function fail(error: unknown): void {
  const refusal = Refusal.from(error);
  console.error(`${String(refusal)} [request ${refusal.requestId || "without an answer"}]`);
  process.exitCode = 1;
}

function why(refusal: Refusal): string {
  if (refusal.fields.length > 0) {
    return refusal.fields.map(({ field, description }) => `${field} ${description}`).join("; ");
  }
  switch (refusal.reason) {
    case "INSUFFICIENT_FUNDS":
      return `deposit more: ${refusal.message}`;
    case "TOKEN_MISSING":
      return "sign in first";
    default:
      return String(refusal);
  }
}
