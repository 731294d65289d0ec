/** What a client must know about each method, from the contracts. */

import facts from "../../../../gen/methods.json";

/** When to call again, and how often. */
export interface RetryPolicy {
  readonly attemptsMax: number;
  readonly firstPauseMs: number;
  readonly pauseMsMax: number;
  readonly multiplier: number;
  readonly codes: readonly string[];
}

export interface Method {
  /** Whether it needs no token. */
  readonly isPublic?: boolean;
  /** Whether it takes a request_id, by which the system knows a replay. */
  readonly isKeyed?: boolean;
  /** Whether to retry it: it has no second effect. */
  readonly isRetried?: boolean;
  /** For all attempts together. Absent for streams, which last until one side ends them. */
  readonly timeoutMs?: number;
}

export const retryPolicy: RetryPolicy = facts.retry;

/** A path of the edge itself, such as /health, or of a later release. */
const OTHER: Method = { isPublic: true, timeoutMs: 10_000 };

const byRpc: Readonly<Record<string, Method & { readonly rest: readonly string[] }>> = facts.methods;
const byPath = new Map(Object.values(byRpc).flatMap((method) => method.rest.map((path) => [path, method])));

/** The method with a name such as "cnop.order.v1.OrderService/CreateOrder". */
export function methodOf(rpc: string): Method {
  return byRpc[rpc] ?? OTHER;
}

/** The method at a path of the OpenAPI document. */
export function methodAt(verb: string, path: string): Method {
  return byPath.get(`${verb.toLowerCase()} ${path}`) ?? OTHER;
}
