/** How errors are told apart: by the reason, and by the fields at fault. The same for gRPC and REST. */

import { Refusal } from "../src/refusal.js";

/** Makes a call that must be refused, and says why it was. Throws Error when it is not. */
export async function expectRefusal(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    console.log(`refused: ${why(Refusal.from(error))}`);
    return;
  }
  throw new Error("this should have been refused");
}

/** Says what ended a program. */
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
