/** The policy of each method, from clients/service-config.json: Connect does not read gRPC service configs itself. */

import config from "../../service-config.json";

export interface RetryPolicy {
  readonly attemptsMax: number;
  readonly firstPauseMs: number;
  readonly pauseMsMax: number;
  readonly multiplier: number;
  readonly codes: readonly string[];
}

export interface Policy {
  /** Infinity for streams. */
  readonly timeoutMs: number;
  /** Absent for methods that must not be retried. */
  readonly retry?: RetryPolicy;
}

interface Name {
  readonly service?: string;
  readonly method?: string;
}

interface Entry {
  readonly name: readonly Name[];
  readonly timeout?: string;
  readonly retryPolicy?: {
    readonly maxAttempts: number;
    readonly initialBackoff: string;
    readonly maxBackoff: string;
    readonly backoffMultiplier: number;
    readonly retryableStatusCodes: readonly string[];
  };
}

const entries: readonly Entry[] = config.methodConfig;
const byName = new Map(entries.flatMap((entry) => entry.name.map((name) => [key(name), policyFrom(entry)])));

/** The policy of a method, such as "cnop.order.v1.OrderService/CreateOrder". The most specific entry wins. */
export function policyOf(rpc: string): Policy {
  const [service = ""] = rpc.split("/");
  const policy = byName.get(rpc) ?? byName.get(`${service}/`) ?? byName.get("/");
  if (policy === undefined) {
    throw new Error(`the service config has no entry for ${rpc}`);
  }
  return policy;
}

function key({ service = "", method = "" }: Name): string {
  return `${service}/${method}`;
}

function policyFrom({ timeout, retryPolicy }: Entry): Policy {
  const timeoutMs = timeout === undefined ? Infinity : milliseconds(timeout);
  if (retryPolicy === undefined) {
    return { timeoutMs };
  }
  return {
    timeoutMs,
    retry: {
      attemptsMax: retryPolicy.maxAttempts,
      firstPauseMs: milliseconds(retryPolicy.initialBackoff),
      pauseMsMax: milliseconds(retryPolicy.maxBackoff),
      multiplier: retryPolicy.backoffMultiplier,
      codes: retryPolicy.retryableStatusCodes,
    },
  };
}

function milliseconds(duration: string): number {
  const found = /^(\d+(?:\.\d+)?)s$/.exec(duration);
  if (found === null) {
    throw new Error(`${duration} is not a duration like "0.1s"`);
  }
  return Number(found[1]) * 1000;
}
