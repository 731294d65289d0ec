import { ErrorInfoSchema } from "@cnop/contracts/google/rpc/error_details_pb";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterEach, expect, test, vi } from "vitest";

import type { RetryPolicy } from "../src/core/methods.js";
import { pauseMs, repeated, sleep } from "../src/core/retry.js";
import "../src/grpcErrors.js";

const policy: RetryPolicy = {
  attemptsMax: 4,
  firstPauseMs: 100,
  pauseMsMax: 250,
  multiplier: 2,
  codes: ["UNAVAILABLE"],
};
const forever = new AbortController().signal;
const noPause = () => Promise.resolve();

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A call that fails a number of times before it succeeds, and counts its attempts. */
function call(failures: number, code = Code.Unavailable) {
  const made = { attempts: 0, attempt: () => Promise.resolve("answer") };
  made.attempt = () => {
    made.attempts += 1;
    return made.attempts > failures ? Promise.resolve("answer") : Promise.reject(new ConnectError("no", code));
  };
  return made;
}

test("a call that is UNAVAILABLE three times succeeds at the fourth attempt", async () => {
  const made = call(3);
  expect(await repeated(policy, forever, made.attempt, noPause)).toBe("answer");
  expect(made.attempts).toBe(4);
});

test("after four attempts the error is the caller's", async () => {
  const made = call(9);
  await expect(repeated(policy, forever, made.attempt, noPause)).rejects.toThrow(ConnectError);
  expect(made.attempts).toBe(4);
});

test.each([Code.FailedPrecondition, Code.ResourceExhausted, Code.DeadlineExceeded])(
  "code %i is not retried",
  async (code) => {
    const made = call(1, code);
    await expect(repeated(policy, forever, made.attempt, noPause)).rejects.toThrow(ConnectError);
    expect(made.attempts).toBe(1);
  },
);

test("a call that was shed is not retried", async () => {
  const made = call(1);
  const info = { desc: ErrorInfoSchema, value: { reason: "OVERLOADED", domain: "cnop" } };
  made.attempt = () => {
    made.attempts += 1;
    return Promise.reject(new ConnectError("no", Code.Unavailable, undefined, [info]));
  };
  await expect(repeated(policy, forever, made.attempt, noPause)).rejects.toThrow(ConnectError);
  expect(made.attempts).toBe(1);
});

test("a browser that is offline does not try again", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  const made = call(1);
  await expect(repeated(policy, forever, made.attempt, noPause)).rejects.toThrow(ConnectError);
  expect(made.attempts).toBe(1);
});

test("a method without a retry policy is not retried", async () => {
  const made = call(1);
  await expect(repeated(undefined, forever, made.attempt, noPause)).rejects.toThrow(ConnectError);
  expect(made.attempts).toBe(1);
});

test("the deadline ends the pause between two attempts", async () => {
  const made = call(9);
  const slow = { ...policy, firstPauseMs: 60_000, pauseMsMax: 60_000 };
  const begin = Date.now();
  const calling = repeated(slow, AbortSignal.timeout(50), made.attempt);
  await expect(calling).rejects.toMatchObject({ name: "TimeoutError" });
  expect(made.attempts).toBe(1);
  expect(Date.now() - begin).toBeLessThan(5_000);
});

test("pauses grow to the maximum of the policy, with 20% jitter", () => {
  expect([1, 2, 3, 4].map((attempts) => pauseMs(policy, attempts, () => 0.5))).toEqual([100, 200, 250, 250]);
  expect(pauseMs(policy, 1, () => 0)).toBeCloseTo(80);
  expect(pauseMs(policy, 1, () => 1)).toBeCloseTo(120);
});

test("sleep ends at once if the signal is already aborted", async () => {
  await expect(sleep(60_000, AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
});
