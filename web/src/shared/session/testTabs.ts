/** Tabs of one browser, and the user service that they talk to, for tests. */

import { afterEach, beforeEach, expect, vi } from "vitest";

import { accessToken, http, HttpResponse, refusal, server } from "@/test/server";

type Session = typeof import("./session");
type Api = typeof import("@/shared/api");
export interface Tab extends Session {
  readonly api: Api["api"];
  readonly dataOf: Api["dataOf"];
  readonly queryClient: Api["queryClient"];
}

/** The user service: a cookie session, of which a refresh token works once. */
class Users {
  sub = "ada";
  isSignedIn = false;
  refreshes = 0;
  together = 0;
  togetherMax = 0;
  logouts = 0;
  expiresIn = 900;
  answer: (() => Response) | undefined;
  valid = new Set<string>();

  grant(): Response {
    const token = accessToken({ sub: this.sub });
    this.valid.add(token);
    return HttpResponse.json({
      access_token: token,
      refresh_token: "",
      token_type: "Bearer",
      expires_in: this.expiresIn,
    });
  }
}

export const BALANCE = { current_balance: "1.00", available_balance: "1.00", held_balance: "0.00", currency: "USD" };
export const CREDENTIALS = { username: "ada", password: "correct horse battery", isRemembered: true };
export let users: Users;
let tabs: Tab[] = [];

beforeEach(() => {
  users = new Users();
  document.cookie = "cnop-signed-in=; Max-Age=0; Path=/";
  Object.defineProperty(navigator, "locks", { configurable: true, value: locks() });
  server.use(
    http.post("/api/v1/auth/login", async ({ request }) => {
      const { password } = (await request.json()) as { password: string };
      expect(request.headers.get("x-cnop-session")).toBe("cookie");
      if (password !== CREDENTIALS.password) {
        return refusal(401, 16, "BAD_CREDENTIALS");
      }
      users.isSignedIn = true;
      return users.grant();
    }),
    http.post("/api/v1/auth/refresh", async ({ request }) => {
      expect(request.headers.get("x-cnop-session")).toBe("cookie");
      expect(await request.json()).toEqual({});
      users.refreshes += 1;
      users.togetherMax = Math.max(users.togetherMax, ++users.together);
      await new Promise((resolve) => setTimeout(resolve, 20));
      users.together -= 1;
      return users.answer?.() ?? (users.isSignedIn ? users.grant() : refusal(401, 16, "SESSION_ENDED"));
    }),
    http.post("/api/v1/auth/logout", () => {
      users.logouts += 1;
      users.isSignedIn = false;
      return HttpResponse.json({});
    }),
    http.get("/api/v1/balance", ({ request }) => {
      const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
      return users.valid.has(token) ? HttpResponse.json(BALANCE) : refusal(401, 16, "TOKEN_EXPIRED");
    }),
  );
});
afterEach(() => {
  tabs.forEach((tab) => tab.leave());
  tabs = [];
});

/** Opens a tab: modules of its own, the cookies and channels of the browser. */
export async function openTab(): Promise<Tab> {
  vi.resetModules();
  const session = await import("./session");
  const { api, dataOf, queryClient } = await import("@/shared/api");
  await session.startSession();
  const tab = { ...session, api, dataOf, queryClient };
  tabs.push(tab);
  return tab;
}

/** Locks as browsers have them, of one name at a time. */
function locks(): { request: <T>(name: string, task: () => Promise<T>) => Promise<T> } {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request: async (_, task) => {
      const mine = last.then(task);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

export const balance = async (tab: Tab) => tab.dataOf(await tab.api.GET("/api/v1/balance"));
export const status = (tab: Tab) => tab.getSession().status;
