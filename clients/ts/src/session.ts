/** The session of the user: keeps the tokens, in memory only, and refreshes them before they expire. */

import { Refusal } from "./core/refusal.js";

/** The result of a sign-in or a refresh. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** The lifetime of the access token, in seconds. */
  readonly expiresIn: number;
}

// Refresh this long before the token expires, so that no call in flight has an expired one.
const MARGIN_MS = 30_000;

export class Session {
  private grant: (Grant & { readonly renewAtMs: number }) | undefined;
  private renewal: Promise<void> | undefined;

  /** `renew` gets the next pair of tokens. It must not retry: a refresh token works only once. */
  constructor(
    private readonly renew: (refreshToken: string) => Promise<Grant>,
    private readonly nowMs: () => number = Date.now,
  ) {}

  get isSignedIn(): boolean {
    return this.grant !== undefined;
  }

  begin(grant: Grant): void {
    const { accessToken, refreshToken, expiresIn } = grant;
    const lifetimeMs = expiresIn * 1000;
    const renewAtMs = this.nowMs() + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 2);
    this.grant = { accessToken, refreshToken, expiresIn, renewAtMs };
  }

  /** Deletes the tokens. A refresh in progress does not restore them. */
  end(): void {
    this.grant = undefined;
    this.renewal = undefined;
  }

  /** The token for a call; undefined if nobody is signed in. Throws what `renew` throws. */
  async token(): Promise<string | undefined> {
    if (this.grant !== undefined && this.nowMs() >= this.grant.renewAtMs) {
      await this.renewed(this.grant.accessToken);
    }
    return this.grant?.accessToken;
  }

  /**
   * Replaces `refused`, a token that the system has refused as expired. Concurrent calls share one refresh, because a
   * reused refresh token ends the session.
   */
  async renewed(refused: string): Promise<void> {
    if (this.renewal === undefined) {
      if (this.grant?.accessToken !== refused) {
        return;
      }
      const renewal = this.replace(this.grant).finally(() => {
        if (this.renewal === renewal) {
          this.renewal = undefined;
        }
      });
      this.renewal = renewal;
    }
    await this.renewal;
  }

  private async replace(old: Grant): Promise<void> {
    try {
      const grant = await this.renew(old.refreshToken);
      if (this.grant?.refreshToken === old.refreshToken) {
        this.begin(grant);
      }
    } catch (error) {
      if (Refusal.from(error).code === "UNAUTHENTICATED" && this.grant?.refreshToken === old.refreshToken) {
        this.grant = undefined; // the session has ended
      }
      throw error;
    }
  }
}
