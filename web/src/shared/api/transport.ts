/** Sends calls with the tokens of the session. */

import { transport } from "@client/transport";
import type { Send, TokenSource } from "@client/transport";

import { ApiError } from "./error";

let source: TokenSource = { token: () => Promise.resolve(undefined), refused: () => Promise.resolve() };

/** Tells where tokens come from. The session does so when it starts; its token() waits for a sign-in when it has ended. */
export function setTokenSource(tokens: TokenSource): void {
  source = tokens;
}

const sendWithToken = transport({ token: () => source.token(), refused: (token) => source.refused(token) });

/** Makes a call. `path` is that of the OpenAPI document, `changes` are to its facts. Throws ApiError for every error. */
export const send: Send = async (call, path, changes) => {
  try {
    return await sendWithToken(call, path, changes);
  } catch (error) {
    throw call.signal.aborted ? error : ApiError.from(error); // aborted: the caller has left
  }
};
