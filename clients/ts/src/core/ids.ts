/** A new request id. A replay with the same id gets the first answer and has no second effect. */
export function newRequestId(): string {
  // Not randomUUID(): browsers have it only in secure contexts (https or localhost).
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
