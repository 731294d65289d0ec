import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll } from "vitest";

import { queryClient } from "@/shared/api";

import { server } from "./server";

configure({ asyncUtilTimeout: 10_000 }); // only a test that fails waits so long

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());
afterEach(() => {
  cleanup();
  server.resetHandlers();
  queryClient.clear();
  window.localStorage.clear();
  window.sessionStorage.clear();
});
