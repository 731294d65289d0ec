/** Retries calls by the policy that all clients share. */

import type { Retry } from "@/generated/methods";
import { sleep } from "@/shared/lib";

import { ApiError } from "./error";

/**
 * Calls until it succeeds, fails for good, or has used all attempts. A call that was shed (OVERLOADED) is not retried:
 * that would add to the load. Neither is one of a browser that is offline.
 */
export async function repeated<T>(
  retry: Retry | undefined,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      const { code, reason } = ApiError.from(error);
      const isLast = retry === undefined || attempts >= retry.attemptsMax || signal.aborted;
      if (isLast || !retry.codes.includes(code) || reason === "OVERLOADED" || reason === "OFFLINE") {
        throw error;
      }
      await sleep(pauseMs(retry, attempts), signal);
    }
  }
}

/** The pause after a number of attempts, with 20% jitter, so that clients that failed together come back apart. */
export function pauseMs(retry: Retry, attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(retry.firstPauseMs * retry.multiplier ** (attempts - 1), retry.pauseMsMax);
  return pause * (0.8 + 0.4 * random());
}
