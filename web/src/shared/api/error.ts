/** The error of a call, from what the system says about it. */

import { Refusal } from "@client/refusal";
import type { FieldViolation } from "@client/refusal";

import { reasons } from "@/generated/reasons";
import type { Reason } from "@/generated/reasons";

/** Where an error comes from, if it is none of the system's. */
export type LocalReason = "OFFLINE" | "UNREACHABLE" | "TIMEOUT" | "LEFT" | "UNKNOWN";

// After these nothing happened, for good. Any other leaves that open: CANCELLED, too, as of a server that is stopping.
const REFUSALS = [
  ...["INVALID_ARGUMENT", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "FAILED_PRECONDITION"],
  ...["OUT_OF_RANGE", "UNIMPLEMENTED"],
];

interface Facts {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly fields?: readonly FieldViolation[];
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
  readonly hadNoEffect?: boolean;
}

/** A call that failed. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly metadata: Readonly<Record<string, string>>;
  /** The invalid fields, for INVALID_ARGUMENT. */
  readonly fields: readonly FieldViolation[];
  /** Identifies the call in the logs of the system; empty if it never got there. */
  readonly requestId: string;
  /** When a retry makes sense, in milliseconds since 1970; 0 if unknown. */
  readonly retryAtMs: number;
  /** Whether it is known that the call did nothing, because it never got to where it would have. */
  readonly hadNoEffect: boolean;

  constructor(
    /** The status, such as "UNAVAILABLE". */
    readonly code: string,
    /** For programs, such as "INSUFFICIENT_FUNDS". */
    readonly reason: Reason | LocalReason,
    message: string,
    facts: Facts = {},
  ) {
    super(message, { cause: facts.cause });
    this.metadata = facts.metadata ?? {};
    this.fields = facts.fields ?? [];
    this.requestId = facts.requestId ?? "";
    this.hadNoEffect = facts.hadNoEffect ?? false;
    const seconds = facts.retryAfterSeconds ?? 0;
    this.retryAtMs = seconds > 0 ? Date.now() + seconds * 1000 : 0;
  }

  /** Whether the outcome is unknown or nothing happened yet, so that the same request may be sent again. */
  get isRetryable(): boolean {
    return !REFUSALS.includes(this.code);
  }

  /** The same error, of a call of which it is known, or not, that it did nothing. */
  with(hadNoEffect: boolean): ApiError {
    const { code, reason, message, metadata, fields, requestId, cause } = this;
    const retryAfterSeconds = Math.max(0, this.retryAtMs - Date.now()) / 1000;
    return new ApiError(code, reason, message, { metadata, fields, requestId, retryAfterSeconds, cause, hadNoEffect });
  }

  /** Converts any error. */
  static from(this: void, error: unknown): ApiError {
    if (error instanceof ApiError) {
      return error;
    }
    const refusal = Refusal.from(error);
    const { code, message } = refusal;
    return new ApiError(code, refusal.reason === "" ? localReason(code) : reasonOf(refusal.reason), message, refusal);
  }
}

/** What an error that is none of the system's means for the user. */
function localReason(code: string): LocalReason {
  switch (code) {
    case "DEADLINE_EXCEEDED":
      return "TIMEOUT";
    case "UNAVAILABLE":
      return navigator.onLine ? "UNREACHABLE" : "OFFLINE";
    default:
      return "UNKNOWN";
  }
}

/** A reason of the contract; "UNKNOWN" for one that a later release has added. */
export function reasonOf(text: string | undefined): Reason | "UNKNOWN" {
  return reasons.find((reason) => reason === text) ?? "UNKNOWN";
}
