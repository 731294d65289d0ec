import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import { DEFAULTS, getSettings, updateSettings } from "@/shared/settings";
import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";

import { SettingsPanel } from "./SettingsPanel";

async function show(): Promise<void> {
  updateSettings({ ...DEFAULTS, locale: "de-DE" });
  await renderPage(
    <Page title="Profile">
      <SettingsPanel />
    </Page>,
  );
}

test("the sum from which orders are confirmed is read as in the locale, and never guessed", async () => {
  await show();
  const field = screen.getByLabelText("Confirm orders from");

  await userEvent.clear(field);
  await userEvent.paste("1,234");
  expect(getSettings().confirmFrom).toBe("0");
  expect(field).toBeInvalid();

  await userEvent.clear(field);
  await userEvent.paste("1.234,50");
  expect(getSettings().confirmFrom).toBe("1234.50");
  expect(screen.getByText(/On this device, orders below 1\.234,50/)).toBeVisible();
});

test("the setting of confirmations says that it is of this device", async () => {
  await show();
  expect(screen.getByLabelText("Confirm orders from")).toHaveAccessibleDescription(/on this device/);
});

test("amounts are hidden by a choice, which says what stays in sight", async () => {
  await show();
  const choice = screen.getByRole("checkbox", { name: "Hide my amounts" });
  expect(screen.getByText(/what you are asked to confirm, stays in sight/)).toBeVisible();

  await userEvent.click(choice);

  expect(getSettings().hidesAmounts).toBe(true);
});

test("a choice takes effect at once, and its effect is in sight", async () => {
  await show();
  expect(screen.getByText("+2,35 %")).toBeVisible();

  await userEvent.click(screen.getByLabelText("Blue and orange"));
  await userEvent.click(screen.getByLabelText("Orange is up"));
  await userEvent.selectOptions(screen.getByLabelText("Numbers and dates"), "en-US");

  expect(getSettings()).toMatchObject({ colors: "blue-orange", isRedUp: true, locale: "en-US" });
  expect(screen.getByText("+2.35%")).toBeVisible();
});
