/**
 * One intention, one effect. A request gets its id before it is first sent and keeps it, in the tab, until its outcome
 * is final: so a double click, Enter twice, a retry, a reload and a 503 all make one order.
 */

import { ApiError } from "./error";
import { clearRequests, forgetRequest, keepRequest, storedRequest } from "./requests";
import type { StoredRequest } from "./requests";

export interface IntentionOptions<Body, Result> {
  /** The name of the form, such as "order.BTC"; forms that may be open at once need different names. */
  readonly name: string;
  /** Sends the request with its id. */
  readonly send: (body: Body, requestId: string) => Promise<Result>;
  /** Looks for the outcome of an earlier request, after a reload; NOT_FOUND if there is none. */
  readonly find?: (requestId: string) => Promise<Result>;
  /** Whether a result is final. One that is not, such as a PENDING order, is asked for again. */
  readonly isFinal?: (result: Result) => boolean;
  /** What makes two bodies the same intention; leave out what changes by itself, such as a preview_id. */
  readonly identity?: (body: Body) => unknown;
  /** The body without its secrets: only that is stored. A retry then sends the body at hand. */
  readonly withoutSecrets?: (body: Body) => Body;
}

export type Outcome<Result> =
  | { readonly state: "idle" }
  | { readonly state: "busy" }
  /** It is not known whether the request took effect. The same again is safe: it keeps its id. */
  | { readonly state: "unknown"; readonly error: ApiError | undefined }
  /** Nothing happened, and it is final. */
  | { readonly state: "failed"; readonly error: ApiError }
  | { readonly state: "pending"; readonly result: Result }
  | { readonly state: "done"; readonly result: Result };

/** The intentions that are being sent: a form that is shown again while its request runs goes on with it. */
const underWay = new Map<string, unknown>();
let users = 0;

/** Forgets all requests, also those that are being sent: another user may be next. */
export function clearIntentions(): void {
  users += 1;
  underWay.clear();
  clearRequests();
}

const POLL_MS = 2_000;
const DOUBLE_CLICK_MS = 1_000;

export class Intention<Body, Result> {
  private current: Outcome<Result>;
  private readonly listeners = new Set<() => void>();
  private running: Promise<Result | undefined> | undefined;
  private last: { readonly identity: string; readonly startMs: number; readonly result: Result } | undefined;
  private poll: ReturnType<typeof setTimeout> | undefined;
  private readonly user = users;

  /** The intention of a form: that which is being sent, or a new one. */
  static of<Body, Result>(options: IntentionOptions<Body, Result>): Intention<Body, Result> {
    const running = underWay.get(options.name) as Intention<Body, Result> | undefined;
    return running ?? new Intention(options);
  }

  constructor(private options: IntentionOptions<Body, Result>) {
    this.current = this.unfinished === undefined ? { state: "idle" } : { state: "unknown", error: undefined };
  }

  get outcome(): Outcome<Result> {
    return this.current;
  }

  /** What was sent without a final outcome so far. */
  get unfinished(): Body | undefined {
    return this.stored?.body;
  }

  /** The request that is unfinished. One whose user has left has none: what is stored now is another user's. */
  private get stored(): StoredRequest<Body> | undefined {
    return this.hasLeft ? undefined : storedRequest<Body>(this.options.name);
  }

  private get hasLeft(): boolean {
    return this.user !== users;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      clearTimeout(this.poll);
    };
  };

  /** Takes the functions of the newest render. */
  update(options: IntentionOptions<Body, Result>): void {
    this.options = options;
  }

  /** Sends a request, or goes on with the one that is unfinished if it is the same. Returns its result, if it has one. */
  run(body: Body): Promise<Result | undefined> {
    const identity = this.identityOf(body);
    if (this.hasLeft) {
      return Promise.resolve(undefined);
    }
    if (this.last?.identity === identity && Date.now() - this.last.startMs < DOUBLE_CLICK_MS) {
      return Promise.resolve(this.last.result);
    }
    const { name } = this.options;
    underWay.set(name, this);
    this.running ??= this.send(body, identity).finally(() => {
      this.running = undefined;
      if (underWay.get(name) === this) {
        underWay.delete(name);
      }
    });
    return this.running;
  }

  /** Sends the unfinished request again, as it was. */
  async retry(): Promise<Result | undefined> {
    const { unfinished } = this;
    return unfinished === undefined ? undefined : this.run(unfinished);
  }

  /** Looks for the outcome of the unfinished request: after a reload, or when there is news of it. */
  async resume(): Promise<void> {
    const { stored } = this;
    if (stored === undefined || this.options.find === undefined || this.running !== undefined) {
      return;
    }
    try {
      const result = await this.options.find(stored.id);
      if (this.stored?.id === stored.id) {
        this.settle(result, stored.id);
      }
    } catch (error) {
      if (this.stored?.id !== stored.id || this.current.state === "pending") {
        return; // it was given up meanwhile; or it is known, and asked for again anyway
      }
      const isMissing = ApiError.from(error).code === "NOT_FOUND"; // it may still be on its way: the id is kept
      this.set(isMissing ? { state: "idle" } : { state: "unknown", error: ApiError.from(error) });
    }
  }

  /** Begins anew: what comes next is another intention. */
  forget(): void {
    clearTimeout(this.poll);
    forgetRequest(this.options.name, this.stored?.id);
    this.last = undefined;
    this.set({ state: "idle" });
  }

  private async send(body: Body, identity: string): Promise<Result | undefined> {
    const { name, withoutSecrets, send } = this.options;
    clearTimeout(this.poll);
    const before = this.stored;
    const isSame = before !== undefined && this.identityOf(before.body) === identity;
    const request = isSame ? before : keepRequest(name, withoutSecrets?.(body) ?? body);
    const sent = withoutSecrets === undefined ? request.body : body; // exactly the same, or it would be another request
    const startMs = Date.now();
    this.set({ state: "busy" });
    try {
      const result = await send(sent, request.id);
      this.last = { identity, startMs, result };
      this.settle(result, request.id);
      return result;
    } catch (error) {
      this.fail(ApiError.from(error), request.id, isSame);
      return undefined;
    }
  }

  private settle(result: Result, id: string): void {
    clearTimeout(this.poll);
    if (this.options.isFinal?.(result) ?? true) {
      forgetRequest(this.options.name, id);
      this.set({ state: "done", result });
      return;
    }
    this.set({ state: "pending", result });
    this.followIn(POLL_MS);
  }

  /** Nobody sees the outcome of a form that is gone: it is looked for when that is shown again. */
  private followIn(ms: number): void {
    clearTimeout(this.poll);
    if (this.listeners.size > 0) {
      this.poll = setTimeout(() => void this.follow(), ms);
    }
  }

  /** Asks again for a result that is not final: by a replay if it cannot be found otherwise. */
  private async follow(): Promise<void> {
    const { stored } = this;
    if (stored === undefined || this.running !== undefined) {
      return;
    }
    const { find, send } = this.options;
    try {
      const result = await (find === undefined ? send(stored.body, stored.id) : find(stored.id));
      if (this.stored?.id === stored.id) {
        this.settle(result, stored.id); // else it was given up meanwhile
      }
    } catch {
      this.followIn(POLL_MS * 2);
    }
  }

  /** `isRepeat`: it was sent before, and may have taken effect then. */
  private fail(error: ApiError, id: string, isRepeat: boolean): void {
    if (error.isRetryable && !(error.hadNoEffect && !isRepeat)) {
      this.set({ state: "unknown", error });
      return;
    }
    forgetRequest(this.options.name, id);
    this.set({ state: "failed", error });
  }

  private identityOf(body: Body): string {
    const { identity, withoutSecrets } = this.options;
    const bare = withoutSecrets?.(body) ?? body;
    return JSON.stringify(identity?.(bare) ?? bare);
  }

  private set(outcome: Outcome<Result>): void {
    this.current = outcome;
    for (const listener of [...this.listeners]) {
      listener();
    }
  }
}
