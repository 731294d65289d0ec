/** Repeats calls by the policy that all clients share. */

import type { RetryPolicy } from "./policy.js";
import { Refusal } from "./refusal.js";

/** The times of a call's tries, for tests. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Tries a call until it answers, is refused for good, or the policy says that it was enough. Throws the error of the
 * last try. The deadline, in `signal`, is one for all tries.
 */
export async function repeated<T>(
  policy: RetryPolicy | undefined,
  signal: AbortSignal,
  attempt: () => Promise<T>,
  pause: Pause = sleep,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const isEnough = tries >= (policy?.attemptsMax ?? 1) || signal.aborted;
      if (isEnough || !policy?.codes.includes(Refusal.from(error).code)) {
        throw error;
      }
      await pause(pauseMs(policy, tries), signal);
    }
  }
}

/** The pause after so many tries, a fifth more or less: clients that failed together shall not come back together. */
export function pauseMs(policy: RetryPolicy, tries: number, random: () => number = Math.random): number {
  const pause = Math.min(policy.firstPauseMs * policy.multiplier ** (tries - 1), policy.pauseMsMax);
  return pause * (0.8 + 0.4 * random());
}

/** Waits, and throws what the signal was aborted with as soon as it is. */
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
