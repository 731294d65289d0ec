/** The calls of a cookie session: the refresh token is in a cookie that scripts cannot read. */

import { send } from "@/shared/api";

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Whether the session outlives the browser's. */
  readonly isRemembered: boolean;
}

/** Who is signed in, from the access token. The services check it; this only decides what is shown. */
export interface User {
  readonly userId: string;
  readonly sessionId: string;
  readonly isAdmin: boolean;
}

export interface Grant {
  readonly accessToken: string;
  /** From when on it should be replaced, so that no call in flight has an expired one. */
  readonly renewAtMs: number;
  readonly user: User;
}

const MARGIN_MS = 30_000;

export async function logIn({ username, password, isRemembered }: Credentials): Promise<Grant> {
  return grantFrom(await post("/api/v1/auth/login", { username, password, remember_me: isRemembered }));
}

export async function refreshGrant(): Promise<Grant> {
  return grantFrom(await post("/api/v1/auth/refresh", {}));
}

export async function logOut(): Promise<void> {
  await post("/api/v1/auth/logout", {});
}

async function post(path: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json", "x-cnop-session": "cookie" };
  const url = new URL(path, window.location.origin);
  return send(new Request(url, { method: "POST", headers, body: JSON.stringify(body) }), path, { isPublic: true });
}

async function grantFrom(response: Response): Promise<Grant> {
  const { access_token, expires_in } = (await response.json()) as { access_token: string; expires_in: number };
  const lifetimeMs = expires_in * 1000;
  return {
    accessToken: access_token,
    renewAtMs: Date.now() + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 2),
    user: userOf(access_token),
  };
}

/** The claims of a token. */
export function userOf(token: string): User {
  const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  const claims = JSON.parse(atob(payload)) as { sub?: string; sid?: string; role?: string };
  return {
    userId: claims.sub ?? "",
    sessionId: claims.sid ?? "",
    isAdmin: claims.role?.toUpperCase() === "ADMIN",
  };
}
