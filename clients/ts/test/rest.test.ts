/** The REST client, with a small HTTP server as the edge. */

import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { afterEach, beforeEach, expect, test } from "vitest";

import { answer, connectRest } from "../src/rest.js";
import type { RestCnop } from "../src/rest.js";

interface Seen {
  readonly what: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

let seen: Seen[] = [];
let replies: [status: number, body: unknown][] = [];
let server: Server;
let cnop: RestCnop;

const away = { code: 14, message: "away", details: [] };
const expired = { code: 16, message: "expired", details: [{ reason: "TOKEN_EXPIRED", domain: "cnop", metadata: {} }] };
const tokens = (name: string) => ({ access_token: name, refresh_token: name, token_type: "Bearer", expires_in: 900 });

beforeEach(async () => {
  [seen, replies] = [[], []];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ what: `${request.method ?? ""} ${request.url ?? ""}`, headers: request.headers, body });
      const [status, reply] = replies.shift() ?? [200, {}];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  cnop = connectRest(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("a retried deposit keeps its body and its ids", async () => {
  replies = [
    [503, away],
    [503, away],
    [200, { amount: "1.00" }],
  ];
  const deposit = answer(await cnop.api.POST("/api/v1/balance/deposit", { body: { amount: "1.00" } }));
  expect(deposit.amount).toBe("1.00");
  expect(seen.map(({ body }) => body)).toEqual(Array(3).fill('{"amount":"1.00"}'));
  const ids = seen.map(({ headers }) => [headers["idempotency-key"], headers["x-request-id"]]);
  expect(ids[0]).toEqual([expect.stringMatching(/.{16,}/), expect.stringMatching(/.{16,}/)]);
  expect(ids).toEqual([ids[0], ids[0], ids[0]]);
});

test("a deposit with a request_id gets no idempotency key, which would be another name for it", async () => {
  replies = [[503, away]];
  await cnop.api.POST("/api/v1/balance/deposit", { body: { amount: "1.00", request_id: "one" } });
  expect(seen.map(({ body }) => body)).toEqual(Array(2).fill('{"amount":"1.00","request_id":"one"}'));
  expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual([undefined, undefined]);
});

test("a read with a path parameter is retried, without an idempotency key", async () => {
  replies = [[503, away]];
  await cnop.api.GET("/api/v1/orders/{order_id}", { params: { path: { order_id: "one" } } });
  expect(seen.map(({ what }) => what)).toEqual(["GET /api/v1/orders/one", "GET /api/v1/orders/one"]);
  expect(seen[0]?.headers["idempotency-key"]).toBeUndefined();
});

test("a refusal is thrown and not retried", async () => {
  replies = [[400, { code: 9, message: "no", details: [{ reason: "INSUFFICIENT_FUNDS", domain: "cnop" }] }]];
  const call = cnop.api.POST("/api/v1/balance/withdraw", { body: { amount: "1.00" } });
  await expect(call).rejects.toMatchObject({ code: "FAILED_PRECONDITION", reason: "INSUFFICIENT_FUNDS" });
  expect(seen).toHaveLength(1);
});

test("a refresh is not retried, even if the call could be", async () => {
  replies = [
    [200, tokens("first")],
    [401, expired],
    [503, away],
  ];
  await cnop.signIn("ada", "secret");
  await expect(cnop.api.GET("/api/v1/balance")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(seen.map(({ what }) => what)).toEqual([
    "POST /api/v1/auth/login",
    "GET /api/v1/balance",
    "POST /api/v1/auth/refresh",
  ]);
});

test("a call with an expired token refreshes it and continues", async () => {
  replies = [
    [200, tokens("first")],
    [401, expired],
    [200, tokens("second")],
  ];
  await cnop.signIn("ada", "secret");
  await cnop.api.GET("/api/v1/balance");
  expect(seen.map(({ what, headers }) => [what, headers.authorization])).toEqual([
    ["POST /api/v1/auth/login", undefined],
    ["GET /api/v1/balance", "Bearer first"],
    ["POST /api/v1/auth/refresh", undefined],
    ["GET /api/v1/balance", "Bearer second"],
  ]);
});

test("a wrong password is not taken for a token that has expired", async () => {
  const wrong = { code: 16, message: "wrong", details: [{ reason: "BAD_CREDENTIALS", domain: "cnop" }] };
  replies = [
    [200, tokens("first")],
    [401, wrong],
  ];
  await cnop.signIn("ada", "secret");
  const body = { current_password: "a", new_password: "b" };
  await expect(cnop.api.POST("/api/v1/auth/password", { body })).rejects.toMatchObject({ reason: "BAD_CREDENTIALS" });
  expect(seen).toHaveLength(2);
});

test("a call that its caller has left ends with the reason of the caller", async () => {
  const leaving = AbortSignal.abort(new Error("left"));
  await expect(cnop.api.GET("/api/v1/balance", { signal: leaving })).rejects.toThrow("left");
});

test("an unreachable edge is UNAVAILABLE", async () => {
  server.close();
  const call = cnop.api.POST("/api/v1/auth/refresh", { body: { refresh_token: "first" } });
  await expect(call).rejects.toMatchObject({ name: "Refusal", code: "UNAVAILABLE" });
});
