/** The one stream of this tab: open while the tab is visible, and opened again whenever it ends. */

import { ApiError } from "@/shared/api";
import { createStore, sleep } from "@/shared/lib";
import { getSession, refused, subscribeSession, token } from "@/shared/session";

import { statusChanged, streamChanged } from "./age";
import { applyOrders } from "./orders";
import { applyPrices, newestSeq } from "./prices";
import { connectSight } from "./sight";
import type { Sight } from "./sight";
import { planOf, readStream } from "./stream";
import type { Message, Plan } from "./stream";
import { covers, isSame, wanted } from "./wanted";
import type { Wanted } from "./wanted";

export interface Connection {
  /**
   * "idle": nothing to watch. "paused": the tab is hidden. "stale": one was silent, and the next one says nothing yet.
   * "waiting": the next try is at `retryAtMs`.
   */
  readonly status: "idle" | "connecting" | "live" | "stale" | "waiting" | "offline" | "paused";
  readonly retryAtMs: number;
  readonly error?: ApiError;
}

const HIDDEN_MS = 30_000;
const SILENCE_MS = 35_000; // heartbeats come every 15 s
const BACKOFF_MS = 500;
const BACKOFF_MS_MAX = 30_000;
const SETTLE_MS = 50; // rows come and go together
const SHRINK_MS = 3_000;

export const connection = createStore<Connection>({ status: "idle", retryAtMs: 0 });
connection.subscribe(() => statusChanged(connection.get().status));

let running: AbortController | undefined;
let current: { readonly wanted: Wanted; readonly userId: string | undefined } | undefined;
let settleTimer: ReturnType<typeof setTimeout> | undefined;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
let silenceTimer: ReturnType<typeof setTimeout> | undefined;
let isStarted = false;
let sight: Sight | undefined;

/** Opens streams from now on, as the tab, the network and the session allow. Returns what ends that. */
export function startLive(): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  isStarted = true;
  sight = connectSight(otherIsInSight);
  tellSight();
  document.addEventListener("visibilitychange", visibilityChanged, { signal });
  window.addEventListener("online", () => restart(), { signal });
  window.addEventListener("offline", () => stop("offline"), { signal });
  const unsubscribe = subscribeSession(() => interestChanged());
  interestChanged();
  return () => {
    isStarted = false;
    stopped.abort();
    unsubscribe();
    sight?.close();
    clearTimeout(settleTimer);
    clearTimeout(hiddenTimer);
    stop("paused");
  };
}

/** Opens another stream if this one does not bring what is wanted now. */
export function interestChanged(): void {
  clearTimeout(settleTimer);
  const isEnough = current !== undefined && current.userId === userId() && covers(current.wanted, wanted());
  settleTimer = setTimeout(settle, isEnough ? SHRINK_MS : SETTLE_MS);
}

/** Tries again at once. */
export function restart(): void {
  running?.abort();
  running = undefined;
  if (!isStarted || document.hidden) {
    return;
  }
  if (!navigator.onLine) {
    connection.set({ status: "offline", retryAtMs: 0 });
    return;
  }
  running = new AbortController();
  void run(running.signal);
}

function settle(): void {
  const isUnchanged = current !== undefined && current.userId === userId() && isSame(current.wanted, wanted());
  if (getSession().status !== "starting" && !isUnchanged && connection.get().status !== "paused") {
    restart();
  }
}

function visibilityChanged(): void {
  clearTimeout(hiddenTimer);
  tellSight();
  if (document.hidden) {
    hiddenTimer = setTimeout(() => stop("paused"), HIDDEN_MS);
  } else if (running === undefined || connection.get().status === "waiting") {
    restart();
  }
}

function tellSight(): void {
  if (!document.hidden) {
    sight?.tell();
  }
}

/** A hidden tab leaves its connection to the one that is looked at. */
function otherIsInSight(): void {
  if (document.hidden && connection.get().status !== "paused") {
    clearTimeout(hiddenTimer);
    stop("paused");
  }
}

function stop(status: "paused" | "offline"): void {
  running?.abort();
  running = undefined;
  current = undefined;
  clearTimeout(silenceTimer);
  connection.set({ status, retryAtMs: 0 });
}

async function run(signal: AbortSignal): Promise<void> {
  for (let failures = 0; ;) {
    const before = current;
    current = { wanted: wanted(), userId: userId() };
    const plan = planOf(current.userId !== undefined, current.wanted);
    streamChanged(plan?.hasPrices ?? false);
    if (plan === undefined) {
      connection.set({ status: "idle", retryAtMs: 0 });
      return;
    }
    if (failures === 0 && !["live", "stale"].includes(connection.get().status)) {
      connection.set({ status: "connecting", retryAtMs: 0 });
    }
    const isResumed = before !== undefined && isSame(before.wanted, current.wanted);
    const query = plan.hasPrices ? queryOf(current.wanted, isResumed) : new URLSearchParams();
    const { messageCount, error } = await once(plan, query, signal);
    failures = messageCount > 0 ? 0 : failures;
    failures += messageCount > 0 && error === undefined ? 0 : 1;
    try {
      await pause(failures, error, signal);
    } catch {
      return; // another stream was opened, or the tab is hidden
    }
  }
}

/** Reads one stream to its end. Silence ends it. */
async function once(plan: Plan, query: URLSearchParams, signal: AbortSignal): Promise<Ended> {
  const silent = new AbortController();
  let messageCount = 0;
  let error: ApiError | undefined;
  listen(silent);
  try {
    await readStream(plan, query, AbortSignal.any([signal, silent.signal]), (message) => {
      messageCount += 1;
      listen(silent);
      if (connection.get().status !== "live") {
        connection.set({ status: "live", retryAtMs: 0 });
      }
      take(message);
    });
  } catch (cause) {
    error = ApiError.from(cause);
  }
  if (!signal.aborted) {
    clearTimeout(silenceTimer); // else it is that of the next stream
  }
  return { messageCount, error };
}

interface Ended {
  readonly messageCount: number;
  readonly error: ApiError | undefined;
}

/** Waits between two streams: hardly after a usual end, longer after each failure, with full jitter. */
async function pause(failures: number, error: ApiError | undefined, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (failures === 0) {
    await sleep(Math.random() * BACKOFF_MS, signal); // all streams of a replica that stops end together
    return;
  }
  const jittered = Math.random() * Math.min(BACKOFF_MS * 2 ** (failures - 1), BACKOFF_MS_MAX);
  const retryAtMs = Math.max(Date.now() + jittered, error?.retryAtMs ?? 0);
  connection.set({ status: "waiting", retryAtMs, ...(error && { error }) });
  await sleep(retryAtMs - Date.now(), signal);
}

function take({ prices, orders }: Message): void {
  if (prices !== undefined) {
    applyPrices(prices);
  }
  if (orders !== undefined) {
    applyOrders(orders);
  }
  if (prices?.end_reason === "SESSION_REVOKED" || orders?.end_reason === "SESSION_REVOKED") {
    void token()
      .then((old) => (old === undefined ? undefined : refused(old)))
      .catch(() => undefined); // the session finds out that it has ended, and asks for a sign-in
  }
}

/** Marks the stream as stale, and ends it, unless it is heard again in time. */
function listen(silent: AbortController): void {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => {
    connection.set({ status: "stale", retryAtMs: 0 });
    silent.abort();
  }, SILENCE_MS);
}

function queryOf({ assetIds, intervalMs }: Wanted, isResumed: boolean): URLSearchParams {
  const query = new URLSearchParams({ min_interval_ms: String(intervalMs) });
  for (const id of assetIds === "all" ? [] : assetIds) {
    query.append("asset_ids", id);
  }
  if (isResumed && newestSeq() !== "0") {
    query.set("resume_seq", newestSeq());
  }
  return query;
}

/** Whose orders the stream brings; undefined for visitors. */
function userId(): string | undefined {
  const session = getSession();
  return session.status === "signed-in" ? session.user.userId : undefined;
}
