/** A stand-in for the edge in tests: `server.use(http.get("/api/v1/balance", …))`. */

import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

export const server = setupServer();

/** An error as the edge answers it. */
export function refusal(
  status: number,
  code: number,
  reason: string,
  {
    message = reason,
    metadata = {},
    headers = {},
  }: { message?: string; metadata?: object; headers?: Record<string, string> } = {},
): Response {
  const details = [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "cnop", metadata }];
  return HttpResponse.json({ code, message, details }, { status, headers: { "x-request-id": "req-1", ...headers } });
}

/** A token that this page can read. Nobody verifies it. */
export function accessToken(claims: { sub?: string; sid?: string; role?: string } = {}): string {
  const payload = btoa(JSON.stringify({ sub: "user-1", sid: "session-1", role: "customer", ...claims }));
  return `e30.${payload}.${crypto.randomUUID()}`;
}

export { http, HttpResponse };
