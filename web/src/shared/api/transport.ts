/** Sends calls: with a token, a deadline, ids and retries, by the facts about each method from the contracts. */

import { methods } from "@/generated/methods";
import type { Method } from "@/generated/methods";
import { newRequestId } from "@/shared/lib";

import { ApiError } from "./error";
import { repeated } from "./retry";

/** Where tokens come from: the session. */
export interface TokenSource {
  /** The token for a call; undefined if nobody is signed in. Waits for a sign-in when the session has just ended. */
  token(this: void): Promise<string | undefined>;
  /** Replaces a token that was refused. */
  refused(this: void, token: string): Promise<void>;
}

let source: TokenSource = { token: () => Promise.resolve(undefined), refused: () => Promise.resolve() };

/** Tells where tokens come from. The session does so when it starts. */
export function setTokenSource(tokens: TokenSource): void {
  source = tokens;
}

const REPLACED_MAX = 2; // the first replacement may be one of another tab, as old as the token itself
const UNKNOWN: Method = { rpc: "", isPublic: true, timeoutMs: 10_000 };

/** Makes a call. `path` is that of the OpenAPI document, `changes` are to its facts. Throws ApiError for every error. */
export async function send(call: Request, path: string, changes: Partial<Method> = {}): Promise<Response> {
  const method = { ...(methods[`${call.method.toLowerCase()} ${path}`] ?? UNKNOWN), ...changes };
  const headers = new Headers(call.headers);
  giveId(headers, "x-request-id");
  if (method.isKeyed && !(await hasRequestId(call))) {
    giveId(headers, "idempotency-key"); // a body with a request_id needs none, and another one would be refused
  }
  const request = new Request(call, { headers });
  try {
    return method.isPublic ? await attempts(request, method) : await withToken(request, method);
  } catch (error) {
    if (call.signal.aborted) {
      throw error; // the caller has left
    }
    throw ApiError.from(error);
  }
}

async function withToken(request: Request, method: Method): Promise<Response> {
  for (let replaced = 0; ; replaced++) {
    const token = await source.token();
    try {
      return await attempts(request, method, token);
    } catch (error) {
      if (token === undefined || replaced === REPLACED_MAX || !isAboutToken(ApiError.from(error))) {
        throw error;
      }
      await source.refused(token);
    }
  }
}

/** Whether the token was refused, rather than a password in the body. */
function isAboutToken({ code, reason }: ApiError): boolean {
  return code === "UNAUTHENTICATED" && (reason.startsWith("TOKEN_") || reason === "SESSION_ENDED");
}

async function attempts(request: Request, method: Method, token?: string): Promise<Response> {
  const signals = [request.signal, ...(method.timeoutMs === undefined ? [] : [AbortSignal.timeout(method.timeoutMs)])];
  const signal = AbortSignal.any(signals);
  return repeated(method.retry, signal, async () => {
    const attempt = new Request(request.clone(), { signal });
    if (token !== undefined) {
      attempt.headers.set("authorization", `Bearer ${token}`);
    }
    const response = await fetch(attempt);
    if (!response.ok) {
      throw await ApiError.fromResponse(response);
    }
    return response;
  });
}

async function hasRequestId(request: Request): Promise<boolean> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  return typeof body === "object" && body !== null && "request_id" in body && Boolean(body.request_id);
}

function giveId(headers: Headers, name: string): void {
  if (!headers.has(name)) {
    headers.set(name, newRequestId());
  }
}
