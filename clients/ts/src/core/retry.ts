/** Retries calls by the policy that all clients share. */

import type { RetryPolicy } from "./methods.js";
import { Refusal } from "./refusal.js";

/** Waits between two attempts; tests replace it. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Retries a call until it succeeds, fails for good, or has used all attempts of the policy. Throws the error of the last
 * attempt. `signal` has the deadline for all attempts together. A call that was shed (OVERLOADED) is not retried: that
 * would add to the load. Neither is one of a browser that is offline.
 */
export async function repeated<T>(
  policy: RetryPolicy | undefined,
  signal: AbortSignal,
  attempt: () => Promise<T>,
  pause: Pause = sleep,
): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      const isLast = attempts >= (policy?.attemptsMax ?? 1) || signal.aborted || isOffline();
      const { code, reason } = Refusal.from(error);
      if (isLast || !policy?.codes.includes(code) || reason === "OVERLOADED") {
        throw error;
      }
      await pause(pauseMs(policy, attempts), signal);
    }
  }
}

/** Whether this is a browser that says so. Node says nothing. */
function isOffline(): boolean {
  const { navigator } = globalThis as { navigator?: { onLine?: boolean } };
  return navigator?.onLine === false;
}

/** The pause after a number of attempts, with 20% jitter, so that clients that failed together do not retry together. */
export function pauseMs(policy: RetryPolicy, attempts: number, random: () => number = Math.random): number {
  const pause = Math.min(policy.firstPauseMs * policy.multiplier ** (attempts - 1), policy.pauseMsMax);
  return pause * (0.8 + 0.4 * random());
}

/** Waits. Throws the reason of the signal as soon as that is aborted. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
