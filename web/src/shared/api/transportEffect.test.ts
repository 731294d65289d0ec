/** Whether a call that failed may have taken effect. */

import { beforeEach, expect, test, vi } from "vitest";

import { http, HttpResponse, refusal, server } from "@/test/server";

import { api } from "./client";
import { ApiError } from "./error";
import { send, setTokenSource } from "./transport";

const DEPOSIT = "/api/v1/balance/deposit";

const USER = { token: () => Promise.resolve("token"), refused: () => Promise.resolve(), userId: () => "ada" };
const errorOf = (call: Promise<unknown>): Promise<ApiError> => call.then(() => expect.unreachable(), ApiError.from);

beforeEach(() => setTokenSource(USER));

const deposit = (): Promise<ApiError> =>
  errorOf(api.POST("/api/v1/balance/deposit", { body: { amount: "5", request_id: "1" } }));
const depositAt = (origin: string): Promise<ApiError> => {
  const body = JSON.stringify({ amount: "5", request_id: "1" });
  return errorOf(send(new Request(`${origin}/api/v1/balance/deposit`, { method: "POST", body }), DEPOSIT));
};
const answers = (...all: (() => Response)[]): void =>
  server.use(http.post("/api/v1/balance/deposit", () => all.shift()?.() ?? refusal(400, 3, "INVALID_FIELD")));

test("a call that failed may have taken effect after no answer and after an error of the system", async () => {
  answers(() => refusal(500, 13, "INTERNAL"));
  expect((await deposit()).hadNoEffect).toBe(false);
  server.use(http.post("/api/v1/balance/deposit", () => HttpResponse.error()));
  expect((await deposit()).hadNoEffect).toBe(false);
});

test("a call that failed has had no effect when a limit refused it", async () => {
  answers(() => refusal(429, 8, "RATE_LIMITED"));
  expect(await deposit()).toMatchObject({ reason: "RATE_LIMITED", hadNoEffect: true });
});

test("a call that failed may have taken effect when a limit refused only the retry", async () => {
  answers(
    () => refusal(503, 14, "DEPENDENCY_UNAVAILABLE"),
    () => refusal(429, 8, "RATE_LIMITED"),
  );
  expect(await deposit()).toMatchObject({ reason: "RATE_LIMITED", hadNoEffect: false });
});

test("a call that failed has had no effect when the browser was offline before: it is not sent", async () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const sent = vi.fn(() => HttpResponse.error());
  server.use(http.post("*/api/v1/balance/deposit", sent));
  expect(await depositAt("https://cnop.example")).toMatchObject({ reason: "OFFLINE", hadNoEffect: true });
  expect(sent).not.toHaveBeenCalled();
});

test.each(["http://localhost:8080", "http://cnop.localhost", "http://127.0.0.1:8080", "http://[::1]:8080"])(
  "a call that failed may have taken effect at %s, which is reached without a network",
  async (origin) => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    const sent = vi.fn(() => HttpResponse.error()); // it has arrived, and the answer is lost
    server.use(http.post("*/api/v1/balance/deposit", sent));
    expect((await depositAt(origin)).hadNoEffect).toBe(false);
    expect(sent).toHaveBeenCalled();
  },
);

test("a call that failed may have taken effect when the browser went offline on the way", async () => {
  const online = vi.spyOn(navigator, "onLine", "get");
  server.use(
    http.post("/api/v1/balance/deposit", () => {
      online.mockReturnValue(false);
      return HttpResponse.error();
    }),
  );
  expect(await deposit()).toMatchObject({ reason: "OFFLINE", hadNoEffect: false });
});

test("a call that failed has had no effect when there was no token to send it with", async () => {
  const away = new ApiError("UNAVAILABLE", "UNREACHABLE", "away");
  setTokenSource({ ...USER, token: () => Promise.reject(away) });
  expect(await deposit()).toMatchObject({ reason: "UNREACHABLE", hadNoEffect: true });
});
