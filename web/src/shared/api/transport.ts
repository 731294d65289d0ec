/** Sends calls with the tokens of the session, and finds out whether a call that failed may have taken effect. */

import { Refusal } from "@client/refusal";
import { transport } from "@client/transport";
import type { Failed, Send, TokenSource } from "@client/transport";

import { ApiError } from "./error";

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

interface UserTokens extends TokenSource {
  /** Whose tokens they are now. */
  readonly userId: () => string | undefined;
}

let source: UserTokens = {
  token: () => Promise.resolve(undefined),
  refused: () => Promise.resolve(),
  userId: () => undefined,
};

/** Tells where tokens come from. The session does so when it starts; its token() waits for a sign-in when it has ended. */
export function setTokenSource(tokens: UserTokens): void {
  source = tokens;
}

/** Makes a call. `path` is that of the OpenAPI document, `changes` are to its facts. Throws ApiError for every error. */
export const send: Send = async (call, path, changes) => {
  let mayHaveArrived = false;
  const observe = (): Failed => {
    if (cannotBeSent(call)) {
      throw new Refusal("UNAVAILABLE", "the browser is offline");
    }
    return (error) => (mayHaveArrived ||= mayTakeEffect(error));
  };
  try {
    return await transport(ofOneUser(source), observe)(call, path, changes);
  } catch (error) {
    throw call.signal.aborted ? error : ApiError.from(error).with(!mayHaveArrived); // aborted: the caller has left
  }
};

/**
 * Whether a change must fail before it is sent, as the browser is offline: then it is known to have had no effect. Once
 * it is sent, being offline says nothing: the network may have gone after it arrived. This device is always reached.
 */
function cannotBeSent({ method, url }: Request): boolean {
  return method !== "GET" && !navigator.onLine && !LOOPBACK.test(new URL(url).hostname);
}

/** Whether an attempt that was sent may have taken effect although it failed. */
function mayTakeEffect(error: unknown): boolean {
  const { isRetryable, reason } = ApiError.from(error);
  return isRetryable && reason !== "RATE_LIMITED" && !Refusal.from(error).isAboutToken;
}

/** The tokens for one call: none of another user who has signed in while it ran. */
function ofOneUser({ token, refused, userId }: UserTokens): TokenSource {
  let caller: { readonly userId: string | undefined } | undefined;
  return {
    token: async () => {
      const next = await token();
      caller ??= { userId: userId() };
      if (caller.userId !== userId()) {
        throw new ApiError("UNAUTHENTICATED", "LEFT", "another user has signed in");
      }
      return next;
    },
    refused,
  };
}
