/** Errors and reasons in words for people. */

import type { Reason } from "@/generated/reasons";

import { ApiError, reasonOf } from "./error";
import type { LocalReason } from "./error";

const SIGN_IN_AGAIN = "Sign in again to continue.";
const NOT_US = "Something went wrong on our side. Please try again.";

// Every reason of the contract needs words: a new one breaks the build here.
const WORDS: Record<Reason | LocalReason, string> = {
  ACCOUNT_DISABLED: "This account is disabled. Please contact support.",
  ACCOUNT_NOT_FOUND: "The account does not exist.",
  ASSET_EXISTS: "An asset with this symbol already exists.",
  ASSET_HALTED: "Trading of this asset is halted for the moment.",
  ASSET_INACTIVE: "This asset is not traded.",
  ASSET_NOT_FOUND: "There is no such asset.",
  ASSET_SELL_ONLY: "This asset is being delisted: it can only be sold.",
  BAD_CREDENTIALS: "Username or password is wrong.",
  BODY_TOO_LARGE: "The request is too large.",
  CHANGE_NOT_PUBLISHED: "The change is stored, but not in force yet: no prices are published. Try again.",
  COMPRESSION_UNKNOWN: NOT_US,
  CROSS_SITE_REQUEST: "This page was opened from another site. Open it directly and sign in.",
  DAILY_LIMIT_REACHED: "You have reached the daily limit.",
  DEADLINE_EXCEEDED: "There was no answer in time.",
  DEADLINE_PASSED: "There was no answer in time.",
  DEPENDENCY_UNAVAILABLE: "A part of the system is unavailable. Please try again in a moment.",
  EMAIL_TAKEN: "An account with this e-mail address already exists.",
  HEADERS_TOO_LARGE: NOT_US,
  HOLDING_NOT_FOUND: "You do not hold this asset.",
  IDEMPOTENCY_KEY_REUSED: "Another request was sent under the same id. Please start again.",
  INSUFFICIENT_FUNDS: "There is not enough cash in your account.",
  INSUFFICIENT_HOLDINGS: "You do not have that much of this asset.",
  INTERNAL: NOT_US,
  INVALID_FIELD: "Some of the values are not valid.",
  INVALID_REQUEST: "The request is not valid.",
  MARKET_HALTED: "All trading is halted for the moment.",
  ORDER_NOT_FOUND: "There is no such order.",
  ORDER_NOT_QUARANTINED: "This order is no longer in quarantine.",
  ORDER_SETTLED: "This order has been settled already, so it cannot fail.",
  ORDER_VALUE_OUT_OF_RANGE: "The value of the order is outside the limits of this asset.",
  OUT_OF_STOCK: "There is not enough of this asset in stock.",
  OVERLOADED: "The system is busy. Please try again in a moment.",
  OWN_ACCOUNT: "You cannot do that to your own account.",
  PREVIEW_EXPIRED: "The price you saw has expired. Check the new one and confirm again.",
  PRICES_UNAVAILABLE: "There are no current prices at the moment. Nothing was ordered.",
  PRICE_OUT_OF_BOUNDS: "The price moved past the worst one you accepted. Nothing was ordered.",
  QUANTITY_INCREMENT: "The quantity is not a multiple of the step of this asset.",
  RATE_LIMITED: "Too many requests in a short time.",
  REFRESH_TOKEN_INVALID: SIGN_IN_AGAIN,
  REFRESH_TOKEN_MISSING: SIGN_IN_AGAIN,
  REFRESH_TOKEN_REUSED: SIGN_IN_AGAIN,
  REQUEST_TIMEOUT: "The request took too long to arrive.",
  ROLE_REQUIRED: "Only administrators may do that.",
  ROUTE_NOT_FOUND: "This page may be out of date. Reload it.",
  SESSION_ENDED: SIGN_IN_AGAIN,
  SESSION_NOT_FOUND: "This session has ended already.",
  TOKEN_EXPIRED: SIGN_IN_AGAIN,
  TOKEN_INVALID: SIGN_IN_AGAIN,
  TOKEN_MISSING: SIGN_IN_AGAIN,
  TOKEN_REVOKED: SIGN_IN_AGAIN,
  TOO_MANY_STREAMS: "Live prices are open in too many windows. Close some of them.",
  TRADE_VOIDED: "The order was voided. Nothing was traded.",
  USERNAME_TAKEN: "This username is taken.",
  USER_NOT_FOUND: "There is no such user.",
  OFFLINE: "You are offline.",
  UNREACHABLE: "The service cannot be reached.",
  TIMEOUT: "There was no answer in time.",
  LEFT: "You are signed out.",
  UNKNOWN: "Something went wrong.",
};

/** A reason in words, such as an obstacle of a preview or the failure_reason of an order. */
export function reasonInWords(reason: string): string {
  const known = reasonOf(reason);
  return known === "UNKNOWN" && reason !== "" ? `${WORDS.UNKNOWN} (${reason})` : WORDS[known];
}

export interface ErrorWords {
  /** The reason in a sentence. */
  readonly text: string;
  /** What the system says on top, with the amounts at hand; "" if nothing. */
  readonly detail: string;
  readonly requestId: string;
  /** When a retry makes sense, in milliseconds since 1970; 0 at once. */
  readonly retryAtMs: number;
}

/** What to tell people about an error. */
export function errorInWords(error: unknown): ErrorWords {
  const { code, reason, message, fields, requestId, retryAtMs } = ApiError.from(error);
  const violations = fields.map(({ field, description }) => (field === "" ? description : `${field}: ${description}`));
  const isTold = code === "FAILED_PRECONDITION"; // then the message names the amounts
  const detail = violations.length > 0 ? violations.join("; ") : isTold ? sentence(message) : "";
  return { text: WORDS[reason], detail, requestId, retryAtMs };
}

function sentence(text: string): string {
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
