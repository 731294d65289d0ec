/** Who is signed in: the tokens, renewed before they expire. They are kept in memory and nowhere else. */

import { Refusal } from "./refusal.js";

/** What a sign-in and a renewal answer. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** How long the access token is good, in seconds. */
  readonly expiresIn: number;
}

// Renewed so long before the end that no call on its way meets it.
const MARGIN_MS = 30_000;

export class Session {
  private grant: (Grant & { readonly renewAtMs: number }) | undefined;
  private renewal: Promise<void> | undefined;

  /** `renew` asks for the next pair of tokens. A refresh token is good for one try: `renew` must not repeat it. */
  constructor(
    private readonly renew: (refreshToken: string) => Promise<Grant>,
    private readonly nowMs: () => number = Date.now,
  ) {}

  get isSignedIn(): boolean {
    return this.grant !== undefined;
  }

  begin(grant: Grant): void {
    const { accessToken, refreshToken, expiresIn } = grant;
    const goodForMs = expiresIn * 1000;
    const renewAtMs = this.nowMs() + goodForMs - Math.min(MARGIN_MS, goodForMs / 2);
    this.grant = { accessToken, refreshToken, expiresIn, renewAtMs };
  }

  /** Forgets the tokens. A renewal on its way does not bring them back. */
  end(): void {
    this.grant = undefined;
    this.renewal = undefined;
  }

  /** The token for a call, or undefined for nobody. Throws what `renew` throws. */
  async token(): Promise<string | undefined> {
    if (this.grant !== undefined && this.nowMs() >= this.grant.renewAtMs) {
      await this.renewed(this.grant.accessToken);
    }
    return this.grant?.accessToken;
  }

  /**
   * Sees to it that `refused`, a token which the system says has expired, is replaced. However many calls ask at once,
   * one renewal is made: a refresh token that comes twice ends the session.
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
        this.grant = undefined; // the session is over
      }
      throw error;
    }
  }
}
