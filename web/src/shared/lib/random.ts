/** A new id for a request, as the other clients make them. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID() exists in secure contexts only
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
