/** The session of this tab: the access token, in memory only, and who is signed in. */

import { ApiError, clearIntentions, queryClient, setTokenSource } from "@/shared/api";
import { clearDrafts, createStore, useStore } from "@/shared/lib";

import { clearMarker, hasMarker, renewMarker, setMarker } from "./marker";
import { connectTabs } from "./tabs";
import type { Message, Tabs } from "./tabs";
import { logIn, logOut, refreshGrant } from "./wire";
import type { Credentials, Grant, User } from "./wire";

export type SessionState =
  /** Not known yet: the cookie is being tried. */
  | { readonly status: "starting" }
  /** It could not be found out. */
  | { readonly status: "unreachable"; readonly error: ApiError }
  | { readonly status: "signed-out"; readonly error?: ApiError }
  | { readonly status: "signed-in"; readonly user: User }
  /** It has ended under the page: what the page was doing waits for a sign-in. */
  | { readonly status: "ended"; readonly user: User; readonly error: ApiError };

const PAUSE_MS_MAX = 30_000;

const store = createStore<SessionState>({ status: "starting" });
let grant: Grant | undefined;
let renewal: Promise<void> | undefined;
let waiting: { resolve: () => void; reject: (error: ApiError) => void }[] = [];
let failures = 0;
let pausedUntilMs = 0;
let pauseError: ApiError | undefined;
let tabs: Tabs | undefined;
const users = createStore(0);
let epoch = 0; // one more with each sign-out, so that an answer from before it counts no more

/** Finds out who is signed in, and listens to the other tabs. */
export async function startSession(): Promise<void> {
  setTokenSource({ token, refused, userId: () => grant?.user.userId });
  tabs ??= connectTabs(hear);
  if (!hasMarker()) {
    store.set({ status: "signed-out" });
    return;
  }
  store.set({ status: "starting" });
  pausedUntilMs = 0; // somebody asks for it
  await renewed(undefined).catch((error: unknown) => {
    if (store.get().status === "starting") {
      store.set({ status: "unreachable", error: ApiError.from(error) });
    }
  });
}

/** Signs in. What waits for it goes on, unless it is another user who signs in. Throws ApiError. */
export async function signIn(credentials: Credentials): Promise<void> {
  const next = await logIn(credentials);
  setMarker(credentials.isRemembered);
  adopt(next);
  tabs?.tell({ kind: "grant", grant: next });
}

/** Signs out, in all tabs. Throws ApiError if the system cannot be told: then the session goes on. */
export async function signOut(): Promise<void> {
  await logOut();
  tabs?.tell({ kind: "signed-out" });
  leave();
}

/** Forgets the session here, for example when somebody does not want to sign in again. */
export function leave(error?: ApiError): void {
  epoch += 1;
  grant = undefined;
  clearMarker();
  forgetUser();
  settle(new ApiError("UNAUTHENTICATED", "LEFT", "signed out"));
  store.set(error === undefined ? { status: "signed-out" } : { status: "signed-out", error });
}

export function getSession(): SessionState {
  return store.get();
}

export function useSession(): SessionState {
  return useStore(store);
}

export const subscribeSession = store.subscribe;

/** Changes when a user has left or another one has come: what the page holds of the one before must go. */
export function useUserChange(): number {
  return useStore(users);
}

/** Resolves when it is known who is signed in. */
export async function sessionKnown(): Promise<SessionState> {
  while (store.get().status === "starting") {
    await new Promise<void>((resolve) => {
      const stop = store.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
  return store.get();
}

/** The token for a call. */
export async function token(): Promise<string | undefined> {
  await sessionKnown();
  if (store.get().status === "ended") {
    await resumed();
  }
  if (grant !== undefined && Date.now() >= grant.renewAtMs) {
    await renewed(grant.accessToken);
  }
  return grant?.accessToken;
}

/** Replaces a token that the system refuses. */
export async function refused(accessToken: string): Promise<void> {
  if (grant?.accessToken === accessToken) {
    await renewed(accessToken);
  }
}

/** Replaces a token, once for all calls and tabs that want it. If the session has ended, waits for a sign-in. */
async function renewed(old: string | undefined): Promise<void> {
  if (Date.now() < pausedUntilMs && pauseError !== undefined) {
    throw pauseError; // a token is good for a few repeats only
  }
  renewal ??= renew(old).finally(() => (renewal = undefined));
  await renewal;
  if (store.get().status === "ended") {
    await resumed();
  }
}

async function renew(old: string | undefined): Promise<void> {
  const [begun, held] = [epoch, grant];
  const work = async (): Promise<void> => {
    if (grant !== undefined && grant.accessToken !== old && Date.now() < grant.renewAtMs) {
      return; // another tab was faster
    }
    const next = await refreshGrant();
    if (epoch === begun) {
      renewMarker();
      adopt(next);
      tabs?.tell({ kind: "grant", grant: next });
    }
  };
  try {
    await (tabs?.alone(work) ?? work());
    failures = 0;
    pausedUntilMs = 0;
  } catch (error) {
    if (epoch === begun && grant === held) {
      failed(ApiError.from(error));
    }
  }
}

function failed(error: ApiError): void {
  const state = store.get();
  if (error.code === "UNAUTHENTICATED" || error.reason === "ACCOUNT_DISABLED") {
    grant = undefined;
    clearMarker();
    store.set(
      state.status === "signed-in" ? { status: "ended", user: state.user, error } : { status: "signed-out", error },
    );
    return;
  }
  failures += 1;
  pauseError = error;
  pausedUntilMs = Math.max(Date.now() + Math.min(1000 * 2 ** (failures - 1), PAUSE_MS_MAX), error.retryAtMs);
  throw error;
}

/** Takes a token, from the system or from another tab. */
function adopt(next: Grant): void {
  const state = store.get();
  const before = state.status === "signed-in" || state.status === "ended" ? state.user : undefined;
  if (before !== undefined && before.userId !== next.user.userId) {
    forgetUser();
    settle(new ApiError("UNAUTHENTICATED", "LEFT", "another user has signed in"));
  }
  grant = next;
  const isSame = state.status === "signed-in" && JSON.stringify(state.user) === JSON.stringify(next.user);
  if (!isSame) {
    store.set({ status: "signed-in", user: next.user });
  }
  settle();
}

function hear(message: Message): void {
  if (message.kind === "signed-out") {
    leave();
  } else if (grant?.user.userId !== message.grant.user.userId || grant.renewAtMs <= message.grant.renewAtMs) {
    adopt(message.grant);
  }
}

/** Waits until somebody has signed in again. Rejects if they leave instead. */
function resumed(): Promise<void> {
  return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
}

function settle(error?: ApiError): void {
  const calls = waiting;
  waiting = [];
  for (const { resolve, reject } of calls) {
    if (error === undefined) {
      resolve();
    } else {
      reject(error);
    }
  }
}

/** Removes what belongs to the user from memory and from this tab. */
function forgetUser(): void {
  clearDrafts();
  clearIntentions();
  queryClient.clear();
  users.set(users.get() + 1);
}
