/** Sends calls of the REST API: with a token, a deadline, ids and retries, by the facts about each method. */

import { newRequestId } from "./ids.js";
import { methodAt, retryPolicy } from "./methods.js";
import type { Method } from "./methods.js";
import { Refusal } from "./refusal.js";
import { repeated } from "./retry.js";

/** Where tokens come from: a session. What it throws becomes the error of the call. */
export interface TokenSource {
  /** The token for a call; undefined if nobody is signed in. */
  readonly token: () => Promise<string | undefined>;
  /** Replaces a token that was refused. */
  readonly refused: (token: string) => Promise<void>;
}

/** Hears why an attempt failed. */
export type Failed = (error: unknown) => void;

/** Is called before each attempt. What it throws ends the call before anything is sent. */
export type Observe = () => Failed;

/** Makes a call. `path` is that of the OpenAPI document, `changes` are to the facts about its method. */
export type Send = (call: Request, path: string, changes?: Partial<Method>) => Promise<Response>;

const REPLACED_MAX = 2; // the first replacement may be one of another tab, as old as the token itself

/** Makes calls with the tokens of a source. They throw Refusal, unless their caller has left: then the reason for it. */
export function transport(source: TokenSource, observe: Observe = () => () => undefined): Send {
  return async (call, path, changes = {}) => {
    const method = { ...methodAt(call.method, path), ...changes };
    const headers = new Headers(call.headers);
    giveId(headers, "x-request-id");
    if (method.isKeyed && !(await hasRequestId(call))) {
      giveId(headers, "idempotency-key"); // a body with a request_id needs none, and another one would be refused
    }
    const request = new Request(call, { headers });
    const attempt = (token?: string): Promise<Response> => attempts(request, method, observe, token);
    return method.isPublic ? attempt() : withToken(source, attempt);
  };
}

async function withToken(source: TokenSource, attempt: (token?: string) => Promise<Response>): Promise<Response> {
  for (let replaced = 0; ; replaced++) {
    const token = await source.token();
    try {
      return await attempt(token);
    } catch (error) {
      if (token === undefined || replaced === REPLACED_MAX || !Refusal.from(error).isAboutToken) {
        throw error;
      }
    }
    await source.refused(token);
  }
}

/** Makes all attempts with one token, before the deadline: a wait for another token does not count. */
async function attempts(request: Request, method: Method, observe: Observe, token?: string): Promise<Response> {
  const deadline = method.timeoutMs === undefined ? [] : [AbortSignal.timeout(method.timeoutMs)];
  const signal = AbortSignal.any([request.signal, ...deadline]);
  try {
    return await repeated(method.isRetried ? retryPolicy : undefined, signal, async () => {
      const failed = observe();
      try {
        return await once(request, signal, token);
      } catch (error) {
        failed(error);
        throw error;
      }
    });
  } catch (error) {
    throw request.signal.aborted ? error : Refusal.from(error);
  }
}

async function once(request: Request, signal: AbortSignal, token?: string): Promise<Response> {
  const attempt = new Request(request.clone(), { signal }); // a body can be sent only once
  if (token !== undefined) {
    attempt.headers.set("authorization", `Bearer ${token}`);
  }
  const response = await fetch(attempt);
  if (!response.ok) {
    throw await Refusal.fromResponse(response);
  }
  return response;
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
