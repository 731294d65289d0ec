/** The interceptors, with in-memory services. */

import { create } from "@bufbuild/protobuf";
import { AccountService } from "@cnop/contracts/cnop/user/v1/account_service_pb";
import { AuthService } from "@cnop/contracts/cnop/user/v1/auth_service_pb";
import { ErrorInfoSchema } from "@cnop/contracts/google/rpc/error_details_pb";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import type { HandlerContext } from "@connectrpc/connect";
import { beforeEach, expect, test } from "vitest";

import { connect } from "../src/grpc.js";
import type { Cnop } from "../src/grpc.js";

interface Seen {
  readonly requestId: string | undefined;
  readonly headers: Headers;
  readonly timeoutMs: number | undefined;
}

let seen: Seen[] = [];
let failures: ConnectError[] = [];
let renewals = 0;
let goodToken = "";
let isRenewalAway = false;
let cnop: Cnop;

/** Records the call of a method, and fails with the next failure, if there is one. */
function note(context: HandlerContext, requestId?: string): void {
  seen.push({ requestId, headers: context.requestHeader, timeoutMs: context.timeoutMs() });
  const failure = failures.shift();
  if (failure !== undefined) {
    throw failure;
  }
}

/** Handles a method for users: checks the token against `goodToken`, if that is set. */
function answer(context: HandlerContext, requestId?: string): object {
  note(context, requestId);
  if (goodToken !== "" && context.requestHeader.get("authorization") !== `Bearer ${goodToken}`) {
    const value = create(ErrorInfoSchema, { domain: "cnop", reason: "TOKEN_EXPIRED" });
    throw new ConnectError("expired", Code.Unauthenticated, undefined, [{ desc: ErrorInfoSchema, value }]);
  }
  return {};
}

beforeEach(() => {
  [seen, failures, renewals, goodToken, isRenewalAway] = [[], [], 0, "", false];
  cnop = connect((interceptors) =>
    createRouterTransport(
      ({ service }) => {
        service(AccountService, {
          deposit: ({ requestId }, context) => answer(context, requestId),
          getBalance: (_, context) => answer(context),
        });
        service(AuthService, {
          login: () => ({ accessToken: "first", refreshToken: "first", expiresIn: 900 }),
          refreshToken: (_, context) => {
            renewals += 1;
            note(context);
            if (isRenewalAway) {
              throw away();
            }
            return { accessToken: "second", refreshToken: "second", expiresIn: 900 };
          },
        });
      },
      { transport: { interceptors } },
    ),
  );
});

const away = () => new ConnectError("away", Code.Unavailable);

test("a retried deposit keeps its ids, even if the caller gave none", async () => {
  failures = [away(), away()];
  await cnop.account.deposit({ amount: "1.00" });
  expect(seen).toHaveLength(3);
  const ids = seen.map(({ requestId, headers }) => [requestId, headers.get("x-request-id")]);
  expect(ids[0]).toEqual([expect.stringMatching(/.{16,}/), expect.stringMatching(/.{16,}/)]);
  expect(ids).toEqual([ids[0], ids[0], ids[0]]);
});

test("two deposits have different ids, and the caller's id is kept", async () => {
  await cnop.account.deposit({ amount: "1.00" });
  await cnop.account.deposit({ amount: "1.00" });
  await cnop.account.deposit({ amount: "1.00", requestId: "mine" });
  const ids = seen.map(({ requestId }) => requestId);
  expect(new Set(ids).size).toBe(3);
  expect(ids[2]).toBe("mine");
});

test("every call has the deadline of the policy, or the caller's", async () => {
  await cnop.account.getBalance({});
  await cnop.account.getBalance({}, { timeoutMs: 1000 });
  expect(seen[0]?.timeoutMs).toBeGreaterThan(9_000);
  expect(seen[1]?.timeoutMs).toBeLessThanOrEqual(1000);
});

test("all attempts share one deadline", async () => {
  failures = Array.from({ length: 9 }, away);
  const call = cnop.account.getBalance({}, { timeoutMs: 50 });
  await expect(call).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  expect(seen).toHaveLength(1); // the first pause is longer than the deadline
});

test("calls carry the token of the signed-in user", async () => {
  await cnop.account.getBalance({});
  await cnop.signIn("ada", "secret");
  await cnop.account.getBalance({});
  expect(seen.map(({ headers }) => headers.get("authorization"))).toEqual([null, "Bearer first"]);
});

test("calls with an expired token refresh it once together, and continue with the new one", async () => {
  await cnop.signIn("ada", "secret");
  goodToken = "second";
  await Promise.all(Array.from({ length: 10 }, () => cnop.account.getBalance({})));
  expect(renewals).toBe(1);
});

test("a refresh is sent without a token", async () => {
  await cnop.signIn("ada", "secret");
  await cnop.auth.refreshToken({ refreshToken: "first" });
  expect(seen[0]?.headers.has("authorization")).toBe(false);
});

test("a failed refresh is not retried, even if the call could be", async () => {
  await cnop.signIn("ada", "secret");
  goodToken = "second";
  isRenewalAway = true;
  await expect(cnop.account.getBalance({})).rejects.toMatchObject({ code: Code.Unavailable });
  expect(renewals).toBe(1);
});
