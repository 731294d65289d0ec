import { createMemoryHistory } from "@tanstack/react-router";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";

import { api } from "@/shared/api";
import { leave, startSession } from "@/shared/session";
import { startShortcuts } from "@/shared/ui";
import { accessToken, http, HttpResponse, refusal, server } from "@/test/server";

import { App } from "./App";
import { createAppRouter } from "./router";
import type { AppRouter } from "./router";

const PASSWORD = "correct horse battery";
let router: AppRouter;
let role = "customer";
let sub = "ada";
let isSignedIn = true;
let valid = new Set<string>();

function grant(): Response {
  const token = accessToken({ role, sub });
  valid.add(token);
  return HttpResponse.json({ access_token: token, refresh_token: "", token_type: "Bearer", expires_in: 900 });
}

beforeEach(() => {
  role = "customer";
  sub = "ada";
  isSignedIn = true;
  valid = new Set();
  server.use(
    http.post("/api/v1/auth/login", async ({ request }) => {
      const { password } = (await request.json()) as { password: string };
      isSignedIn = password === PASSWORD;
      return isSignedIn ? grant() : refusal(401, 16, "BAD_CREDENTIALS");
    }),
    http.post("/api/v1/auth/refresh", () => (isSignedIn ? grant() : refusal(401, 16, "SESSION_ENDED"))),
    http.post("/api/v1/auth/logout", () => HttpResponse.json({})),
    http.get("/api/v1/auth/me", () => HttpResponse.json({ username: "ada" })),
    http.all("/api/v1/*", ({ request }) => {
      const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
      return valid.has(token) ? HttpResponse.json({}) : refusal(401, 16, "TOKEN_EXPIRED");
    }),
  );
});
afterEach(() => act(() => leave()));

async function open(path: string): Promise<void> {
  await startSession();
  router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  render(<App router={router} />);
  await screen.findByRole("heading", { level: 1 });
}

async function signIn(): Promise<void> {
  await userEvent.type(await screen.findByLabelText("Username"), "ada");
  await userEvent.type(screen.getByLabelText("Password"), PASSWORD);
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

const linkOf = (name: string) => within(screen.getByRole("navigation", { name: "Main" })).findByRole("link", { name });

test("a visitor who asks for a page of users signs in, and then is there", async () => {
  await open("/orders?status=FAILED");
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Sign in");

  await signIn();

  await waitFor(() => expect(router.state.location.href).toBe("/orders?status=FAILED"));
  expect(await linkOf("Orders")).toHaveAttribute("aria-current", "page");
});

test("a sign-in page does not lead to another site", async () => {
  await open("/sign-in?to=//evil.example");

  await signIn();

  expect(await screen.findByRole("link", { name: "cnop, start page" })).toBeInTheDocument();
  await waitFor(() => expect(router.state.location.href).toBe("/"));
});

test("a wrong password is told in the same words whether the user exists or not", async () => {
  await open("/sign-in");
  await userEvent.type(await screen.findByLabelText("Username"), "ada");
  await userEvent.type(screen.getByLabelText("Password"), "wrong password");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));

  expect(await screen.findByText("Username or password is wrong.")).toBeInTheDocument();
  expect(screen.getByLabelText("Username")).toHaveValue("ada");
});

test("when the session ends, a sign-in comes over the page, and what was under way goes on", async () => {
  await open("/sign-in?to=/account");
  await signIn();
  await screen.findByRole("heading", { level: 1, name: "Account" });
  valid.clear();
  isSignedIn = false;

  const call = api.GET("/api/v1/balance");
  expect(await screen.findByRole("dialog", { name: "Your session has ended" })).toBeInTheDocument();
  expect(router.state.location.pathname).toBe("/account");
  const username = await screen.findByLabelText<HTMLInputElement>("Username");
  await userEvent.clear(username);
  await signIn();

  expect((await call).data).toEqual({});
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(router.state.location.pathname).toBe("/account");
});

test("when another user signs in instead, nothing of the one before is left on the page", async () => {
  const balances: Record<string, string> = { ada: "111.11", eve: "222.22" };
  const entry = { transaction_id: "1", transaction_type: "DEPOSIT", amount: "111.11", fee: "0.00", order_id: "" };
  server.use(
    http.get("/api/v1/balance", () => {
      const available_balance = balances[sub];
      return isSignedIn
        ? HttpResponse.json({ available_balance, held_balance: "0.00" })
        : refusal(401, 16, "TOKEN_EXPIRED");
    }),
    http.get("/api/v1/balance/transactions", () =>
      HttpResponse.json({
        transactions: sub === "ada" ? [{ ...entry, balance_after: "111.11" }] : [],
        next_page_token: "",
      }),
    ),
  );
  await open("/sign-in?to=/account");
  await signIn();
  await screen.findByRole("cell", { name: "$111.11" });
  await userEvent.type(screen.getByLabelText("Amount"), "5");
  valid.clear();
  isSignedIn = false;
  const call = api.GET("/api/v1/balance").catch((error: unknown) => error);
  await screen.findByRole("dialog", { name: "Your session has ended" });

  sub = "eve";
  await userEvent.clear(await screen.findByLabelText("Username"));
  await signIn();

  expect(await call).toMatchObject({ reason: "LEFT" });
  expect(await screen.findByText("$222.22")).toBeInTheDocument();
  expect(await screen.findByText("Nothing has happened yet.")).toBeInTheDocument();
  expect(screen.queryAllByText(/111\.11/)).toHaveLength(0);
  expect(screen.getByLabelText("Amount")).toHaveValue("");
});

test("whoever does not want to sign in again leaves the page", async () => {
  await open("/sign-in?to=/account");
  await signIn();
  await screen.findByRole("heading", { level: 1, name: "Account" });
  valid.clear();
  isSignedIn = false;
  const call = api.GET("/api/v1/balance").catch((error: unknown) => error);

  await userEvent.click(await screen.findByRole("button", { name: "Leave" }));

  expect(await call).toMatchObject({ reason: "LEFT" });
  expect(await screen.findByRole("heading", { level: 1, name: "Sign in" })).toBeInTheDocument();
});

test("when nobody can say who is signed in, the page says so, and tries again", async () => {
  document.cookie = "cnop-signed-in=1; Path=/";
  let isAway = true;
  server.use(http.post("/api/v1/auth/refresh", () => (isAway ? refusal(503, 14, "OVERLOADED") : grant())));
  await open("/assets");
  expect(await screen.findByText("We could not check whether you are signed in.")).toBeInTheDocument();

  isAway = false;
  await userEvent.click(screen.getByRole("button", { name: "Try now" }));

  expect(await linkOf("Orders")).toBeInTheDocument();
  expect(screen.queryByText("We could not check whether you are signed in.")).toBeNull();
});

test("pages of administrators are refused to others, in words", async () => {
  await open("/sign-in?to=/admin/users");
  await signIn();

  expect(await screen.findByRole("heading", { name: "For administrators only" })).toBeInTheDocument();
  expect(screen.queryAllByRole("link", { name: "Admin" })).toHaveLength(0);
});

test("administrators find their pages", async () => {
  role = "admin";
  await open("/sign-in?to=/admin/users");
  await signIn();

  expect(await screen.findByRole("heading", { level: 1, name: "Users" })).toBeInTheDocument();
  expect(await linkOf("Admin")).toBeInTheDocument();
});

test("an address without a page says so, and leads on", async () => {
  await open("/nowhere");

  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("No such page");
  expect(screen.getByRole("link", { name: "Go to the start" })).toHaveAttribute("href", "/");
});

test("what leads out of the page opens in a tab of its own, and says so", async () => {
  await open("/assets");

  for (const name of ["TradingView (opens in a new tab)", "API (opens in a new tab)"]) {
    const link = screen.getByRole("link", { name });
    expect(link).toHaveAttribute("target", "_blank");
    expect(link.getAttribute("rel")).toContain("noopener");
  }
});

test("the keyboard comes past the navigation, and ? lists the shortcuts", async () => {
  const stop = startShortcuts();
  await open("/assets");
  expect(screen.getByRole("link", { name: "Skip to the content" })).toHaveAttribute("href", "#main");

  await userEvent.keyboard("?");
  stop();

  expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toHaveTextContent("Start page");
});

test("a new page takes the focus to its heading", async () => {
  await open("/assets");
  void router.navigate({ to: "/sign-in" });

  await waitFor(() => expect(screen.getByRole("heading", { level: 1, name: "Sign in" })).toHaveFocus());
});
