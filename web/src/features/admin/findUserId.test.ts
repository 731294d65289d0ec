import { expect, test } from "vitest";

import { http, HttpResponse, server } from "@/test/server";

import { findUserId } from "./findUserId";

const ID = "0190c2a0-0000-4000-8000-000000000001";

test("an id and the operator are taken as they are", async () => {
  expect(await findUserId(ID.toUpperCase())).toBe(ID);
  expect(await findUserId("operator")).toBe("operator");
});

test("a name is looked up, and has to be the whole name", async () => {
  server.use(
    http.get("*/api/v1/admin/users", ({ request }) => {
      expect(new URL(request.url).searchParams.get("username_prefix")?.toLowerCase()).toMatch(/^ada?$/);
      return HttpResponse.json({ users: [{ profile: { user_id: ID, username: "Ada" } }], next_page_token: "" });
    }),
  );

  expect(await findUserId("ada")).toBe(ID);
  expect(await findUserId("ad")).toBeUndefined();
  expect(await findUserId("no name!")).toBeUndefined();
});
