import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { Page } from "@/shared/ui";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { Sessions } from "./Sessions";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

function session(session_id: string, isCurrent = false): object {
  const time = "2026-01-31T12:00:00Z";
  const times = { created_at: time, last_used_at: time, expires_at: time };
  return { session_id, device: CHROME, address: "203.0.113.7", is_current: isCurrent, ...times };
}

async function show(): Promise<void> {
  await renderPage(
    <Page title="Profile">
      <Sessions className="" />
    </Page>,
  );
}

test("all other sessions end after a confirmation, also if one has ended already", async () => {
  const ended = vi.fn();
  let sessions = [session("here", true), session("one"), session("two")];
  server.use(
    http.get("*/api/v1/auth/sessions", () => HttpResponse.json({ sessions })),
    http.delete("*/api/v1/auth/sessions/:id", ({ params }) => {
      ended(params["id"]);
      sessions = sessions.slice(0, 1);
      return params["id"] === "one" ? refusal(404, 5, "SESSION_NOT_FOUND") : HttpResponse.json({});
    }),
  );
  await show();

  await userEvent.click(await screen.findByRole("button", { name: "End all others (2)…" }));
  expect(ended).not.toHaveBeenCalled();
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "End 2 sessions" }));

  await vi.waitFor(() => expect(screen.queryByRole("button", { name: /End/ })).toBeNull());
  expect(ended.mock.calls.flat()).toEqual(["one", "two"]);
  expect(screen.getByText("This one")).toBeVisible();
});

test("an error says so, with the request, and can be tried again", async () => {
  server.use(http.get("*/api/v1/auth/sessions", () => refusal(500, 13, "INTERNAL")));
  await show();

  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Your sessions could not be loaded.");
  expect(alert).toHaveTextContent("req-1");
  server.use(http.get("*/api/v1/auth/sessions", () => HttpResponse.json({ sessions: [session("here", true)] })));
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Chrome on Linux")).toBeVisible();
});
