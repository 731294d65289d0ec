import { afterEach, describe, expect, test, vi } from "vitest";

import { accessToken, http, HttpResponse, refusal, server } from "@/test/server";

import { api, dataOf } from "./client";
import { ApiError } from "./error";
import { setTokenSource } from "./transport";

const BALANCE = { current_balance: "1.00", available_balance: "1.00", held_balance: "0.00", currency: "USD" };

const NOBODY = { token: () => Promise.resolve(undefined), refused: () => Promise.resolve(), userId: () => undefined };

afterEach(() => {
  setTokenSource(NOBODY);
  vi.restoreAllMocks();
});

function signedIn(...tokens: string[]): { refused: ReturnType<typeof vi.fn> } {
  let index = 0;
  const refused = vi.fn(() => {
    index += 1;
    return Promise.resolve();
  });
  setTokenSource({ token: () => Promise.resolve(tokens[index]), refused, userId: () => "ada" });
  return { refused };
}

const errorOf = (call: Promise<unknown>): Promise<ApiError> => call.then(() => expect.unreachable(), ApiError.from);

describe("a call", () => {
  test("carries the token and an id", async () => {
    const token = accessToken();
    signedIn(token);
    let headers = new Headers();
    server.use(
      http.get("/api/v1/balance", ({ request }) => {
        headers = request.headers;
        return HttpResponse.json(BALANCE);
      }),
    );

    expect(dataOf(await api.GET("/api/v1/balance"))).toEqual(BALANCE);

    expect(headers.get("authorization")).toBe(`Bearer ${token}`);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{32}$/);
  });

  test("of a public method carries no token", async () => {
    signedIn(accessToken());
    let authorization: string | null = "none yet";
    server.use(
      http.get("/api/v1/inventory/market", ({ request }) => {
        authorization = request.headers.get("authorization");
        return HttpResponse.json({});
      }),
    );

    await api.GET("/api/v1/inventory/market");

    expect(authorization).toBeNull();
  });

  test("is repeated with a new token when the old one has expired", async () => {
    const { refused } = signedIn("old", "new");
    server.use(
      http.get("/api/v1/balance", ({ request }) =>
        request.headers.get("authorization") === "Bearer new"
          ? HttpResponse.json(BALANCE)
          : refusal(401, 16, "TOKEN_EXPIRED"),
      ),
    );

    expect(dataOf(await api.GET("/api/v1/balance"))).toEqual(BALANCE);
    expect(refused).toHaveBeenCalledExactlyOnceWith("old");
  });

  test("with a wrong password in its body is not taken for an expired token", async () => {
    const { refused } = signedIn("old", "new");
    server.use(http.post("/api/v1/auth/password", () => refusal(401, 16, "BAD_CREDENTIALS")));

    const body = { current_password: "a", new_password: "b" };
    const error = await errorOf(api.POST("/api/v1/auth/password", { body }));

    expect(error.reason).toBe("BAD_CREDENTIALS");
    expect(refused).not.toHaveBeenCalled();
  });

  test("is retried with the same ids while a part of the system is away", async () => {
    signedIn("token");
    const keys: string[] = [];
    server.use(
      http.post("/api/v1/balance/deposit", ({ request }) => {
        keys.push(request.headers.get("idempotency-key") ?? "");
        return keys.length < 3 ? refusal(503, 14, "DEPENDENCY_UNAVAILABLE") : HttpResponse.json({ amount: "5.00" });
      }),
    );

    await api.POST("/api/v1/balance/deposit", { body: { amount: "5" } });

    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).not.toBe("");
  });

  test("is not retried when the system is overloaded", async () => {
    let count = 0;
    server.use(
      http.get("/api/v1/inventory/market", () => {
        count += 1;
        return refusal(503, 14, "OVERLOADED");
      }),
    );

    expect((await errorOf(api.GET("/api/v1/inventory/market"))).reason).toBe("OVERLOADED");
    expect(count).toBe(1);
  });
});

describe("an error", () => {
  test("tells its reason, facts, request id and when to come back", async () => {
    const headers = { "retry-after": "7" };
    server.use(
      http.get("/api/v1/inventory/market", () =>
        refusal(429, 8, "RATE_LIMITED", { metadata: { limit: "5" }, headers }),
      ),
    );
    const before = Date.now();

    const error = await errorOf(api.GET("/api/v1/inventory/market"));

    expect(error).toMatchObject({ code: "RESOURCE_EXHAUSTED", reason: "RATE_LIMITED", requestId: "req-1" });
    expect(error.metadata).toEqual({ limit: "5" });
    expect(error.retryAtMs).toBeGreaterThanOrEqual(before + 7_000);
  });

  test("without an answer says that the service cannot be reached", async () => {
    server.use(http.post("/api/v1/auth/login", () => HttpResponse.error()));

    const error = await errorOf(api.POST("/api/v1/auth/login", { body: { username: "a", password: "b" } }));

    expect(error).toMatchObject({ code: "UNAVAILABLE", reason: "UNREACHABLE", requestId: "" });
  });

  test("of a proxy is understood", async () => {
    server.use(http.post("/api/v1/auth/login", () => new HttpResponse("<html>", { status: 502 })));

    const error = await errorOf(api.POST("/api/v1/auth/login", { body: { username: "a", password: "b" } }));

    expect(error).toMatchObject({ code: "UNAVAILABLE", reason: "UNREACHABLE" });
  });
});

test("a call that its caller has left is no error of the system", async () => {
  server.use(http.get("/api/v1/inventory/market", () => new Promise<Response>(() => undefined)));
  const leaving = new AbortController();
  const call = api.GET("/api/v1/inventory/market", { signal: leaving.signal });
  leaving.abort();

  await expect(call).rejects.toMatchObject({ name: "AbortError" });
});

test("a call is not made for another user who has signed in while it ran", async () => {
  let userId = "ada";
  setTokenSource({
    token: () => Promise.resolve(userId),
    refused: () => {
      userId = "eve";
      return Promise.resolve();
    },
    userId: () => userId,
  });
  const callers: (string | null)[] = [];
  server.use(
    http.post("/api/v1/balance/deposit", ({ request }) => {
      callers.push(request.headers.get("authorization"));
      return refusal(401, 16, "TOKEN_REVOKED");
    }),
  );

  const error = await errorOf(api.POST("/api/v1/balance/deposit", { body: { amount: "5", request_id: "1" } }));

  expect(error).toMatchObject({ reason: "LEFT", hadNoEffect: true });
  expect(callers).toEqual(["Bearer ada"]);
});
