import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { PasswordForm } from "./PasswordForm";

const NEXT = "correct horse battery";

async function change(): Promise<void> {
  await renderPage(
    <Page title="Profile">
      <PasswordForm username="ada" />
    </Page>,
  );
  expect(screen.getByText(/A new password ends all sessions/)).toBeVisible();
  await userEvent.type(screen.getByLabelText("Current password"), "old");
  await userEvent.click(screen.getByLabelText("New password"));
  await userEvent.paste(NEXT);
  await userEvent.click(screen.getByRole("button", { name: "Change the password…" }));
  await userEvent.click(await screen.findByRole("button", { name: "Change it and sign out" }));
}

test("a new password is sent after a confirmation, and then the session is left", async () => {
  const sent = vi.fn();
  const left = vi.fn();
  server.use(
    http.post("*/api/v1/auth/password", async ({ request }) => {
      sent(await request.json());
      return HttpResponse.json({});
    }),
    http.post("*/api/v1/auth/logout", () => {
      left();
      return HttpResponse.json({});
    }),
  );

  await change();

  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
  expect(sent).toHaveBeenCalledExactlyOnceWith({ current_password: "old", new_password: NEXT });
});

test("a wrong current password is told at its field", async () => {
  server.use(http.post("*/api/v1/auth/password", () => refusal(401, 16, "BAD_CREDENTIALS")));

  await change();

  expect(await screen.findByText("This is not your password.")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});
