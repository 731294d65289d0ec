/** Errors of calls: gRPC, gRPC-Web and REST all carry the same google.rpc.Status. */

import { BadRequestSchema, ErrorInfoSchema } from "@cnop/contracts/google/rpc/error_details_pb";
import { Code, ConnectError } from "@connectrpc/connect";

// By gRPC number.
const CODES = [
  "OK",
  "CANCELLED",
  "UNKNOWN",
  "INVALID_ARGUMENT",
  "DEADLINE_EXCEEDED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "PERMISSION_DENIED",
  "RESOURCE_EXHAUSTED",
  "FAILED_PRECONDITION",
  "ABORTED",
  "OUT_OF_RANGE",
  "UNIMPLEMENTED",
  "INTERNAL",
  "UNAVAILABLE",
  "DATA_LOSS",
  "UNAUTHENTICATED",
];
const DOMAIN = "cnop";

export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

interface Details {
  /** For programs, such as "INSUFFICIENT_FUNDS". Empty if the error is not from the system. */
  readonly reason: string;
  /** Facts that belong to the reason, such as { needed: "2.50", available: "1.00" }. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The invalid fields, for INVALID_ARGUMENT. */
  readonly fields: readonly FieldViolation[];
}

const NOTHING: Details = { reason: "", metadata: {}, fields: [] };

/** A call that failed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly fields: readonly FieldViolation[];
  /** Identifies the call in the logs of the system; empty if there was no answer. */
  readonly requestId: string;
  /** How long to wait before a retry, in seconds; 0 if unknown. */
  readonly retryAfterSeconds: number;

  constructor(
    readonly code: string,
    message: string,
    details: Details,
    headers: Headers,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.reason = details.reason;
    this.metadata = details.metadata;
    this.fields = details.fields;
    this.requestId = headers.get("x-request-id") ?? "";
    this.retryAfterSeconds = Number(headers.get("retry-after")) || 0; // the system sends seconds; a date would be from a proxy
  }

  /** Converts any error of a call. */
  static from(error: unknown): Refusal {
    if (error instanceof Refusal) {
      return error;
    }
    const told = ConnectError.from(isTimeout(error) ? deadlineExceeded(error) : error);
    const infos = told.findDetails(ErrorInfoSchema).filter((info) => info.domain === DOMAIN);
    const violations = told.findDetails(BadRequestSchema).flatMap((one) => one.fieldViolations);
    const details = {
      reason: infos[0]?.reason ?? "",
      metadata: infos[0]?.metadata ?? {},
      fields: violations.map(({ field, description }) => ({ field, description })),
    };
    return new Refusal(name(told.code), told.rawMessage, details, told.metadata, error);
  }

  /** Converts an error response of the REST API. `body` is its JSON, if it has any. */
  static fromRest(response: Response, body: unknown): Refusal {
    if (!isStatus(body)) {
      // Not from the edge, but perhaps from a proxy.
      const code = [502, 503].includes(response.status) ? "UNAVAILABLE" : "UNKNOWN";
      return new Refusal(code, `HTTP ${String(response.status)}`, NOTHING, response.headers);
    }
    const info = body.details.find((detail) => detail.reason !== undefined && detail.domain === DOMAIN);
    const details = {
      reason: info?.reason ?? "",
      metadata: info?.metadata ?? {},
      fields: body.details.flatMap((detail) => detail.field_violations ?? []),
    };
    return new Refusal(name(body.code), body.message, details, response.headers);
  }

  override toString(): string {
    const fields = this.fields.map(({ field, description }) => `${field || "the request"} ${description}`);
    const what = this.fields.length > 0 ? fields.join("; ") : this.message;
    return [this.code, this.reason && `(${this.reason})`].filter(Boolean).join(" ") + `: ${what}`;
  }
}

interface RestStatus {
  readonly code: number;
  readonly message: string;
  readonly details: readonly {
    readonly reason?: string;
    readonly domain?: string;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly field_violations?: readonly FieldViolation[];
  }[];
}

function isStatus(body: unknown): body is RestStatus {
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

function name(code: number): string {
  return CODES[code] ?? "UNKNOWN";
}

function isTimeout(error: unknown): error is DOMException {
  return error instanceof DOMException && error.name === "TimeoutError";
}

function deadlineExceeded(error: DOMException): ConnectError {
  return new ConnectError("the deadline has expired", Code.DeadlineExceeded, undefined, undefined, error);
}
