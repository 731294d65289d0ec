/** What the system says about the fields of a request, for the form that sent it. */

import { ApiError } from "./error";
import { errorInWords } from "./words";

export interface FieldError {
  /** The name of the field in the contract, such as "first_name". */
  readonly field: string;
  readonly message: string;
}

/** The errors that belong to fields of a form. Empty if the error is about something else. */
export function fieldErrors(error: unknown): readonly FieldError[] {
  const { reason, fields } = ApiError.from(error);
  if (reason === "USERNAME_TAKEN" || reason === "EMAIL_TAKEN") {
    return [{ field: reason === "USERNAME_TAKEN" ? "username" : "email", message: errorInWords(error).text }];
  }
  return fields
    .filter(({ field }) => field !== "")
    .map(({ field, description }) => ({ field, message: sentence(description) }));
}

/** "must be …" of the contract as "It must be …." */
function sentence(description: string): string {
  const text = /^[a-z]/.test(description) ? `It ${description}` : description;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
