import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";

import { DEFAULTS, updateSettings } from "@/shared/settings";
import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";
import { http, HttpResponse, server } from "@/test/server";

import { SecurityLog } from "./SecurityLog";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

let minute = 59;
function event(name: string, more: object = {}): object {
  minute -= 1;
  const ids = { user_id: "ada", actor_id: "ada", subject: "user:ada", request_id: "r", facts: {} };
  const place = { client_address: "203.0.113.7", user_agent: CHROME };
  const occurred_at = `2026-01-31T12:${String(minute).padStart(2, "0")}:00Z`;
  return { event_id: `e-${minute}`, event: name, outcome: "DONE", occurred_at, ...ids, ...place, ...more };
}

async function rowsOf(events: object[]): Promise<string[]> {
  server.use(http.get("*/api/v1/auth/audit", () => HttpResponse.json({ events, next_page_token: "" })));
  await renderPage(
    <Page title="Profile">
      <SecurityLog className="" />
    </Page>,
  );
  await screen.findByRole("table");
  return screen.getAllByRole("rowheader").map(({ textContent }) => textContent);
}

beforeEach(() => {
  minute = 59;
  updateSettings({ ...DEFAULTS, locale: "en-US", zone: "utc" });
});

test("reloads of a page are one row, with how many there were and since when", async () => {
  const reloads = Array.from({ length: 12 }, () => event("TOKEN_REFRESH"));
  const rows = await rowsOf([...reloads, event("SIGN_IN"), event("TOKEN_REFRESH"), event("REGISTRATION")]);

  expect(rows).toEqual([
    expect.stringMatching(/^Session continued, 12 times since .*12:47:00/),
    "Sign-in",
    "Session continued",
    "Registration",
  ]);
});

test("those of two devices at a time are a row each, and what was refused is never folded", async () => {
  const other = { user_agent: FIREFOX };
  const refused = { outcome: "RATE_LIMITED" };
  const rows = await rowsOf([
    ...[event("TOKEN_REFRESH"), event("TOKEN_REFRESH", other), event("TOKEN_REFRESH"), event("TOKEN_REFRESH", other)],
    ...[event("TOKEN_REFRESH", refused), event("TOKEN_REFRESH", refused)],
  ]);

  expect(rows).toEqual([
    expect.stringContaining("Session continued, 2 times"),
    expect.stringContaining("Session continued, 2 times"),
    "Session continued",
    "Session continued",
  ]);
});
