import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { RegisterForm } from "./RegisterForm";

const REGISTER = "*/api/v1/auth/register";
const PASSWORD = "correct horse battery";

async function show(onRegistered = vi.fn(() => Promise.resolve())): Promise<typeof onRegistered> {
  await renderPage(
    <Page title="Register">
      <RegisterForm onRegistered={onRegistered} />
    </Page>,
  );
  return onRegistered;
}

async function fillIn(): Promise<void> {
  const values = {
    Username: "ada_l",
    "E-mail": "ada@example.com",
    "First name": "Ada",
    "Last name": "Lovelace",
    Password: PASSWORD,
  };
  for (const [label, value] of Object.entries(values)) {
    await userEvent.click(screen.getByLabelText(label));
    await userEvent.paste(value);
  }
}

async function send(): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: "Open an account" }));
}

test("rules are ticked off as one types", async () => {
  await show();
  await userEvent.type(screen.getByLabelText("Username"), "ada");
  const password = screen.getByLabelText("Password");

  await userEvent.type(password, "ada is short");
  expect(screen.getByText("At least 12 characters").closest("li")).toHaveTextContent(": yes");
  expect(screen.getByText("Without your username").closest("li")).not.toHaveTextContent(": yes");

  await userEvent.tab();
  expect(screen.getByRole("alert")).toHaveTextContent("It must not contain the username.");
});

test("nothing is sent while a field breaks its rule, and the first one gets the focus", async () => {
  await show();

  await send();

  expect(await screen.findAllByText("Please fill this in.")).toHaveLength(5);
  expect(screen.getByLabelText("Username")).toHaveFocus();
});

test("a taken name is told at its field; what was typed survives a reload, but not the password", async () => {
  server.use(http.post(REGISTER, () => refusal(409, 6, "USERNAME_TAKEN")));
  await show();
  await fillIn();

  await send();

  expect(await screen.findByText("This username is taken.")).toBeVisible();
  expect(screen.getByLabelText("Username")).toHaveFocus();
  expect(screen.getByLabelText("Password")).toHaveValue(PASSWORD);
  const kept = JSON.stringify(Object.entries(window.sessionStorage));
  expect(kept).toContain("Lovelace");
  expect(kept).not.toContain(PASSWORD);
});

test("a lost answer and another attempt make one account", async () => {
  const ids: unknown[] = [];
  server.use(
    http.post(REGISTER, async ({ request }) => {
      const { request_id } = (await request.json()) as { request_id: string };
      ids.push(request_id);
      return ids.length === 1
        ? refusal(504, 4, "DEADLINE_EXCEEDED")
        : HttpResponse.json({ user_id: "1", username: "ada_l" });
    }),
  );
  const registered = await show();
  await fillIn();

  await send();
  await userEvent.click(await screen.findByRole("button", { name: "Send it again" }));

  await vi.waitFor(() => expect(registered).toHaveBeenCalledWith("ada_l", PASSWORD));
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
});
