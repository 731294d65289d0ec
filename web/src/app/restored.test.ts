import { afterEach, expect, test, vi } from "vitest";

import { leave, signIn, startSession } from "@/shared/session";
import { accessToken, http, HttpResponse, server } from "@/test/server";

import { guardRestored } from "./restored";

afterEach(() => leave());

function show(persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
}

test("a kept page of a user is loaded anew, that of a visitor is shown as it was", async () => {
  server.use(
    http.post("/api/v1/auth/login", () => HttpResponse.json({ access_token: accessToken(), expires_in: 900 })),
  );
  const reload = vi.fn();
  guardRestored(reload);
  await startSession();
  show(true);
  expect(reload).not.toHaveBeenCalled();

  await signIn({ username: "ada", password: "correct horse battery", isRemembered: false });
  show(false);
  expect(reload).not.toHaveBeenCalled();
  show(true);

  expect(reload).toHaveBeenCalledTimes(1);
});
