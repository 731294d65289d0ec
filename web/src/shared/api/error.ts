/** The error of a call, from what the system says about it. */

import { reasons } from "@/generated/reasons";
import type { Reason } from "@/generated/reasons";

export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** Where an error comes from, if it is none of the system's. */
export type LocalReason = "OFFLINE" | "UNREACHABLE" | "TIMEOUT" | "LEFT" | "UNKNOWN";

// By the number of gRPC.
const CODES = [
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"],
  ...["PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED"],
  ...["INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"],
];

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
    const seconds = facts.retryAfterSeconds ?? 0;
    this.retryAtMs = seconds > 0 ? Date.now() + seconds * 1000 : 0;
  }

  /** Whether the outcome is unknown or nothing happened yet, so that the same request may be sent again. */
  get isRetryable(): boolean {
    return !REFUSALS.includes(this.code);
  }

  /** Converts any error. */
  static from(this: void, error: unknown): ApiError {
    if (error instanceof ApiError) {
      return error;
    }
    const cause = { cause: error };
    if (error instanceof DOMException && error.name === "TimeoutError") {
      return new ApiError("DEADLINE_EXCEEDED", "TIMEOUT", "no answer in time", cause);
    }
    if (error instanceof TypeError) {
      const isOffline = !navigator.onLine; // fetch tells no more than that
      return new ApiError("UNAVAILABLE", isOffline ? "OFFLINE" : "UNREACHABLE", "the service cannot be reached", cause);
    }
    return new ApiError("UNKNOWN", "UNKNOWN", error instanceof Error ? error.message : String(error), cause);
  }

  /** Converts an error response. */
  static async fromResponse(response: Response): Promise<ApiError> {
    const body: unknown = await response.json().catch(() => undefined);
    const told = {
      requestId: response.headers.get("x-request-id") ?? "",
      retryAfterSeconds: Number(response.headers.get("retry-after")) || 0,
    };
    if (!isStatus(body)) {
      const code = [502, 503, 504].includes(response.status) ? "UNAVAILABLE" : "UNKNOWN"; // from a proxy
      const reason = code === "UNAVAILABLE" ? "UNREACHABLE" : "UNKNOWN";
      return new ApiError(code, reason, `HTTP ${response.status}`, told);
    }
    const info = body.details.find(({ domain }) => domain === "cnop");
    const fields = body.details.flatMap((detail) => detail.field_violations ?? []);
    return new ApiError(CODES[body.code] ?? "UNKNOWN", reasonOf(info?.reason), body.message, {
      ...told,
      ...(info?.metadata && { metadata: info.metadata }),
      fields,
    });
  }
}

/** A reason of the contract; "UNKNOWN" for one that a later release has added. */
export function reasonOf(text: string | undefined): Reason | "UNKNOWN" {
  return reasons.find((reason) => reason === text) ?? "UNKNOWN";
}

interface Status {
  readonly code: number;
  readonly message: string;
  readonly details: readonly {
    readonly reason?: string;
    readonly domain?: string;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly field_violations?: readonly FieldViolation[];
  }[];
}

function isStatus(body: unknown): body is Status {
  return (
    typeof body === "object" &&
    body !== null &&
    "code" in body &&
    typeof body.code === "number" &&
    "message" in body &&
    typeof body.message === "string" &&
    "details" in body &&
    Array.isArray(body.details)
  );
}
