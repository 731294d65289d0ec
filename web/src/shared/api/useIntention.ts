import { useEffect, useState, useSyncExternalStore } from "react";

import { Intention } from "./intention";
import type { IntentionOptions, Outcome } from "./intention";

export interface IntentionHandle<Body, Result> {
  readonly outcome: Outcome<Result>;
  /** What was sent without a final outcome, perhaps before a reload. */
  readonly unfinished: Body | undefined;
  /** Sends it. Calls while it runs, and a second click right after it, join the first. */
  readonly run: (body: Body) => Promise<Result | undefined>;
  /** Sends the unfinished request again, as it was. */
  readonly retry: () => Promise<Result | undefined>;
  /** Looks for the outcome of the unfinished request, for example when there is news of it. */
  readonly resume: () => Promise<void>;
  /** Begins anew, for example when the form is closed. */
  readonly forget: () => void;
}

/**
 * A change that must have one effect. Every change with a request_id goes through this.
 *
 * `const deposit = useIntention({ name: "deposit", send: (body, request_id) => … })`, then `deposit.run(body)`.
 */
export function useIntention<Body, Result>(options: IntentionOptions<Body, Result>): IntentionHandle<Body, Result> {
  const [held, setHeld] = useState(() => ({ name: options.name, intention: Intention.of(options) }));
  if (held.name !== options.name) {
    setHeld({ name: options.name, intention: Intention.of(options) });
  }
  const { intention } = held;
  const outcome = useSyncExternalStore(intention.subscribe, () => intention.outcome);
  useEffect(() => intention.update(options));
  useEffect(() => void intention.resume(), [intention]);
  return {
    outcome,
    unfinished: intention.unfinished,
    run: (body) => intention.run(body),
    retry: () => intention.retry(),
    resume: () => intention.resume(),
    forget: () => intention.forget(),
  };
}
