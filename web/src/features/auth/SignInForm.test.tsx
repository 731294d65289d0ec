import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { leave } from "@/shared/session";
import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";
import { accessToken, http, HttpResponse, refusal, server } from "@/test/server";

import { SignInForm } from "./SignInForm";

const LOGIN = "*/api/v1/auth/login";

async function fillIn(username: string, password: string): Promise<void> {
  await userEvent.type(screen.getByLabelText("Username"), username);
  await userEvent.type(screen.getByLabelText("Password"), password);
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

test("a sign-in sends what was typed, and managers of passwords know the fields", async () => {
  const done = vi.fn();
  const sent = vi.fn();
  server.use(
    http.post(LOGIN, async ({ request }) => {
      sent(await request.json(), request.headers.get("x-cnop-session"));
      return HttpResponse.json({ access_token: accessToken(), expires_in: 900 });
    }),
  );
  await renderPage(
    <Page title="Sign in">
      <SignInForm onDone={done} />
    </Page>,
  );
  expect(screen.getByLabelText("Username")).toHaveAttribute("autocomplete", "username");
  expect(screen.getByLabelText("Password")).toHaveAttribute("autocomplete", "current-password");

  await userEvent.click(screen.getByLabelText("Stay signed in on this device"));
  await fillIn("ada", "correct horse");

  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(sent).toHaveBeenCalledWith({ username: "ada", password: "correct horse", remember_me: true }, "cookie");
  leave();
});

test("a refusal is the same for a wrong name and a wrong password, and what was typed stays", async () => {
  server.use(http.post(LOGIN, () => refusal(401, 16, "BAD_CREDENTIALS", { message: "no user 'ada'" })));
  await renderPage(
    <Page title="Sign in">
      <SignInForm />
    </Page>,
  );

  await fillIn("ada", "guess");

  expect(await screen.findByRole("alert")).toHaveTextContent("Username or password is wrong.");
  expect(screen.queryByText(/no user/)).toBeNull();
  expect(screen.getByLabelText("Username")).toHaveValue("ada");
  expect(screen.getByLabelText("Password")).toHaveValue("guess");
  expect(screen.getByLabelText("Password")).toHaveFocus();
});

test("after a limit the button counts down, and Enter sends nothing", async () => {
  const login = vi.fn(() => refusal(429, 8, "RATE_LIMITED", { headers: { "retry-after": "65" } }));
  server.use(http.post(LOGIN, login));
  await renderPage(
    <Page title="Sign in">
      <SignInForm />
    </Page>,
  );

  await fillIn("ada", "guess");

  expect(await screen.findByRole("button", { name: /Again in 1 min 0\d s/ })).toHaveAttribute("aria-disabled", "true");
  await userEvent.type(screen.getByLabelText("Password"), "{Enter}");
  expect(login).toHaveBeenCalledOnce();
});
