/** Errors of calls: gRPC, gRPC-Web and REST all carry the same google.rpc.Status. */

// By gRPC number.
const CODES = [
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"],
  ...["PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED"],
  ...["INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"],
];
const DOMAIN = "cnop";

export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** What google.rpc.ErrorInfo and BadRequest say, in the names of REST. */
export interface Detail {
  readonly reason?: string;
  readonly domain?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly field_violations?: readonly FieldViolation[];
}

/** Converts an error of a transport; undefined if it is none of that transport's. */
export type Converter = (error: unknown) => Refusal | undefined;

/** The name of a code of gRPC. */
export function codeName(code: number): string {
  return CODES[code] ?? "UNKNOWN";
}

let convertedByOthers: Converter = () => undefined;

/** Lets Refusal.from() convert the errors of another transport, which pages with REST alone need not load. */
export function alsoConvert(converter: Converter): void {
  convertedByOthers = converter;
}

/** A call that failed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  /** For programs, such as "INSUFFICIENT_FUNDS". Empty if the error is not from the system. */
  readonly reason: string;
  /** Facts that belong to the reason, such as { needed: "2.50", available: "1.00" }. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The invalid fields, for INVALID_ARGUMENT. */
  readonly fields: readonly FieldViolation[];
  /** Identifies the call in the logs of the system; empty if there was no answer. */
  readonly requestId: string;
  /** How long to wait before a retry, in seconds; 0 if unknown. */
  readonly retryAfterSeconds: number;

  constructor(
    /** The status, such as "UNAVAILABLE". */
    readonly code: string,
    message: string,
    details: readonly Detail[] = [],
    headers?: Headers,
    cause?: unknown,
  ) {
    super(message, { cause });
    const info = details.find(({ reason, domain }) => reason !== undefined && domain === DOMAIN);
    this.reason = info?.reason ?? "";
    this.metadata = info?.metadata ?? {};
    this.fields = details.flatMap((detail) => detail.field_violations ?? []);
    this.requestId = headers?.get("x-request-id") ?? "";
    this.retryAfterSeconds = Number(headers?.get("retry-after")) || 0; // the system sends seconds; a date would be from a proxy
  }

  /** Whether the token was refused, rather than a password in the body: another token may do. */
  get isAboutToken(): boolean {
    return this.code === "UNAUTHENTICATED" && (this.reason.startsWith("TOKEN_") || this.reason === "SESSION_ENDED");
  }

  /** Converts any error of a call. */
  static from(error: unknown): Refusal {
    if (error instanceof Refusal) {
      return error;
    }
    const name = error instanceof Error ? error.name : "";
    if (name === "TimeoutError") {
      return new Refusal("DEADLINE_EXCEEDED", "the deadline has expired", [], undefined, error);
    }
    if (name === "AbortError") {
      return new Refusal("CANCELLED", "the call was aborted", [], undefined, error);
    }
    if (error instanceof TypeError) {
      return new Refusal("UNAVAILABLE", "the edge cannot be reached", [], undefined, error); // fetch does not say more
    }
    const message = error instanceof Error ? error.message : String(error);
    return convertedByOthers(error) ?? new Refusal("UNKNOWN", message, [], undefined, error);
  }

  /** Converts an error response of the REST API. */
  static async fromResponse(response: Response): Promise<Refusal> {
    const body: unknown = await response.json().catch(() => undefined);
    if (isStatus(body)) {
      return new Refusal(codeName(body.code), body.message, body.details, response.headers);
    }
    const code = [502, 503, 504].includes(response.status) ? "UNAVAILABLE" : "UNKNOWN"; // not from the edge, but perhaps from a proxy
    return new Refusal(code, `HTTP ${String(response.status)}`, [], response.headers);
  }

  override toString(): string {
    const fields = this.fields.map(({ field, description }) => `${field || "the request"} ${description}`);
    const what = this.fields.length > 0 ? fields.join("; ") : this.message;
    return [this.code, this.reason && `(${this.reason})`].filter(Boolean).join(" ") + `: ${what}`;
  }
}

interface Status {
  readonly code: number;
  readonly message: string;
  readonly details: readonly Detail[];
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
