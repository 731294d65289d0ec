import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { Schemas } from "@/shared/api";
import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";
import { http, HttpResponse, server } from "@/test/server";

import { DataForm } from "./DataForm";

const PROFILE: Schemas["Profile"] = {
  ...{ user_id: "user-1", username: "ada", email: "ada@example.com", first_name: "Ada", last_name: "Lovelace" },
  ...{ phone: "", date_of_birth: "", marketing_emails_consent: false, role: "CUSTOMER" },
  ...{ created_at: "2026-11-30T12:00:00Z", updated_at: "2026-11-30T12:00:00Z" },
};
const show = () =>
  renderPage(
    <Page title="Profile">
      <DataForm profile={PROFILE} />
    </Page>,
  );

test("what is typed survives a reload, but for the password, and not its success", async () => {
  server.use(http.patch("/api/v1/auth/me", () => HttpResponse.json(PROFILE)));
  const { unmount } = await show();
  await userEvent.type(screen.getByLabelText(/^E-mail/), "x");
  await userEvent.type(await screen.findByLabelText("Your password"), "secret-of-ada");
  expect(JSON.stringify(Object.entries(window.sessionStorage))).toContain("ada@example.comx");
  expect(JSON.stringify(Object.entries(window.sessionStorage))).not.toContain("secret-of-ada");
  unmount();

  await show();
  expect(screen.getByLabelText(/^E-mail/)).toHaveValue("ada@example.comx");
  expect(screen.getByRole("button", { name: "Save" })).not.toHaveAttribute("aria-disabled");
  expect(await screen.findByLabelText("Your password")).toHaveValue("");

  await userEvent.type(screen.getByLabelText("Your password"), "secret-of-ada");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await screen.findByText("Your data is saved.");
  expect(window.sessionStorage.getItem("cnop.draft.profile")).toBeNull();
});
