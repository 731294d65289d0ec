import { describe, expect, test, vi } from "vitest";

import { http, refusal, server } from "@/test/server";

import { balance, BALANCE, CREDENTIALS, openTab, status, users } from "./testTabs";
import type { Tab } from "./testTabs";

describe("the start", () => {
  test("of a visitor makes no call", async () => {
    const tab = await openTab();

    expect(status(tab)).toBe("signed-out");
    expect(users.refreshes).toBe(0);
  });

  test("of a user takes one refresh, and no token is ever stored", async () => {
    await (await openTab()).signIn(CREDENTIALS);
    const tab = await openTab();

    expect(tab.getSession()).toMatchObject({ status: "signed-in", user: { userId: "ada", isAdmin: false } });
    expect(users.refreshes).toBe(1);
    expect(
      JSON.stringify([Object.entries(window.localStorage), Object.entries(window.sessionStorage), document.cookie]),
    ).not.toContain("e30.");
  });

  test("while the system is away is not the end of the session", async () => {
    await (await openTab()).signIn(CREDENTIALS);
    users.answer = () => refusal(503, 14, "DEPENDENCY_UNAVAILABLE");
    const tab = await openTab();
    expect(status(tab)).toBe("unreachable");

    users.answer = undefined;
    await tab.startSession();

    expect(status(tab)).toBe("signed-in");
  });

  test("with a session that has ended is that of a visitor", async () => {
    await (await openTab()).signIn(CREDENTIALS);
    users.isSignedIn = false;

    expect(status(await openTab())).toBe("signed-out");
    expect(document.cookie).not.toContain("cnop-signed-in=1");
  });
});

test("a wrong password is refused, and nobody is signed in", async () => {
  const tab = await openTab();

  await expect(tab.signIn({ ...CREDENTIALS, password: "wrong" })).rejects.toMatchObject({ reason: "BAD_CREDENTIALS" });

  expect(status(tab)).toBe("signed-out");
});

describe("a token that expires", () => {
  test("is replaced once for all calls of a tab", async () => {
    const tab = await openTab();
    await tab.signIn(CREDENTIALS);
    users.valid.clear();

    await Promise.all([balance(tab), balance(tab), balance(tab)]);

    expect(users.refreshes).toBe(1);
  });

  test("in five tabs is never replaced by two of them at once, and all stay signed in", async () => {
    const first = await openTab();
    await first.signIn(CREDENTIALS);
    const others = [await openTab(), await openTab(), await openTab(), await openTab()];
    users.valid.clear();

    await Promise.all([first, ...others].map(balance));

    expect(users.togetherMax).toBe(1);
    expect([first, ...others].map(status)).toEqual(Array(5).fill("signed-in"));
  });

  test("is not asked for in a loop while the system is away", async () => {
    const tab = await openTab();
    await tab.signIn(CREDENTIALS);
    users.valid.clear();
    users.answer = () => refusal(503, 14, "CONTENTION");

    for (let call = 0; call < 10; call++) {
      await expect(balance(tab)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }

    expect(users.refreshes).toBe(1);
    expect(status(tab)).toBe("signed-in");
  });
});

describe("a session that ends under the page", () => {
  async function endedTab(): Promise<Tab> {
    const tab = await openTab();
    await tab.signIn(CREDENTIALS);
    users.valid.clear();
    users.isSignedIn = false;
    return tab;
  }

  test("lets the call wait for a sign-in, and then go on", async () => {
    const tab = await endedTab();
    const call = balance(tab);
    await vi.waitFor(() => expect(status(tab)).toBe("ended"));

    await tab.signIn(CREDENTIALS);

    expect(await call).toEqual(BALANCE);
    expect(status(tab)).toBe("signed-in");
  });

  test("gives the call up when the user leaves", async () => {
    const tab = await endedTab();
    const call = balance(tab);
    const refused = expect(call).rejects.toMatchObject({ reason: "LEFT" });
    await vi.waitFor(() => expect(status(tab)).toBe("ended"));

    tab.leave();

    await refused;
    expect(status(tab)).toBe("signed-out");
  });

  test("does not let the call of one user go on as another", async () => {
    const tab = await endedTab();
    const refused = expect(balance(tab)).rejects.toMatchObject({ reason: "LEFT" });
    await vi.waitFor(() => expect(status(tab)).toBe("ended"));
    window.sessionStorage.setItem("cnop.draft.order.BTC", '"1"');

    users.sub = "eve";
    await tab.signIn(CREDENTIALS);

    await refused;
    expect(tab.getSession()).toMatchObject({ status: "signed-in", user: { userId: "eve" } });
    expect(window.sessionStorage.getItem("cnop.draft.order.BTC")).toBeNull();
  });

  test("does not end again by a refusal that comes after a sign-in in another tab", async () => {
    const tab = await endedTab();
    const other = await openTab();
    users.answer = () => refusal(401, 16, "SESSION_ENDED");
    const call = balance(tab);
    await vi.waitFor(() => expect(users.together).toBe(1), { interval: 2 });

    await other.signIn(CREDENTIALS);

    expect(await call).toEqual(BALANCE);
    expect(status(tab)).toBe("signed-in");
    expect(document.cookie).toContain("cnop-signed-in=1");
  });

  test("goes on in all tabs after a sign-in in one", async () => {
    const tab = await endedTab();
    const other = await openTab();
    const call = balance(tab);
    await vi.waitFor(() => expect(status(tab)).toBe("ended"));

    await other.signIn(CREDENTIALS);

    expect(await call).toEqual(BALANCE);
  });
});

describe("signing out", () => {
  test("clears all tabs: tokens, queries, drafts and requests", async () => {
    const tab = await openTab();
    await tab.signIn(CREDENTIALS);
    const other = await openTab();
    other.queryClient.setQueryData(["get", "/api/v1/balance"], BALANCE);
    window.sessionStorage.setItem("cnop.draft.order.BTC", '"1"');
    window.sessionStorage.setItem("cnop.request.order.BTC", '{"id":"1","body":{}}');

    await tab.signOut();

    await vi.waitFor(() => expect(status(other)).toBe("signed-out"));
    expect(await other.token()).toBeUndefined();
    expect(other.queryClient.getQueryData(["get", "/api/v1/balance"])).toBeUndefined();
    expect(window.sessionStorage).toHaveLength(0);
    expect(document.cookie).not.toContain("cnop-signed-in=1");
  });

  test("works after the session has ended, without waiting for a sign-in", async () => {
    const tab = await openTab();
    await tab.signIn(CREDENTIALS);
    users.valid.clear();

    await tab.signOut();

    expect(users.logouts).toBe(1);
    expect(status(tab)).toBe("signed-out");
  });

  test("is not done when the system could not be told", async () => {
    const tab = await openTab();
    await tab.signIn(CREDENTIALS);
    server.use(http.post("/api/v1/auth/logout", () => refusal(503, 14, "DEPENDENCY_UNAVAILABLE")));

    await expect(tab.signOut()).rejects.toMatchObject({ code: "UNAVAILABLE" });

    expect(status(tab)).toBe("signed-in");
  });

  test("is not undone by a refresh that was on its way", async () => {
    const tab = await openTab();
    await tab.signIn(CREDENTIALS);
    users.valid.clear();
    const call = balance(tab).catch(() => undefined);
    await vi.waitFor(() => expect(users.together).toBe(1), { interval: 2 });

    tab.leave();
    await call;

    expect(status(tab)).toBe("signed-out");
  });
});
