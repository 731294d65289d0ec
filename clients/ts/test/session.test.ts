import { Code, ConnectError } from "@connectrpc/connect";
import { beforeEach, expect, test } from "vitest";

import "../src/grpcErrors.js";
import type { Grant } from "../src/session.js";
import { Session } from "../src/session.js";

let nowMs = 0;
let asked: string[] = [];
let answer: (refreshToken: string) => Promise<Grant>;
let session: Session;

function grant(number: number): Grant {
  return { accessToken: `access ${String(number)}`, refreshToken: `refresh ${String(number)}`, expiresIn: 900 };
}

beforeEach(() => {
  nowMs = 1_000_000;
  asked = [];
  answer = () => Promise.resolve(grant(asked.length + 1));
  const renew = (refreshToken: string) => {
    asked.push(refreshToken);
    return answer(refreshToken);
  };
  session = new Session(renew, () => nowMs);
});

test("without a sign-in there is no token", async () => {
  expect(await session.token()).toBeUndefined();
  expect(session.isSignedIn).toBe(false);
});

test("a token is used until shortly before it expires, and then refreshed", async () => {
  session.begin(grant(1));
  nowMs += 869_000;
  expect(await session.token()).toBe("access 1");
  nowMs += 2_000;
  expect(await session.token()).toBe("access 2");
  expect(asked).toEqual(["refresh 1"]);
});

test("concurrent calls refresh once", async () => {
  session.begin(grant(1));
  nowMs += 900_000;
  const tokens = await Promise.all(Array.from({ length: 20 }, () => session.token()));
  expect(new Set(tokens)).toEqual(new Set(["access 2"]));
  expect(asked).toEqual(["refresh 1"]);
});

test("a token that another call has already replaced is not refreshed again", async () => {
  session.begin(grant(1));
  await session.renewed("access 1");
  await session.renewed("access 1");
  expect(asked).toEqual(["refresh 1"]);
  expect(await session.token()).toBe("access 2");
});

test("a refused refresh token ends the session", async () => {
  session.begin(grant(1));
  nowMs += 900_000;
  answer = () => Promise.reject(new ConnectError("over", Code.Unauthenticated));
  await expect(session.token()).rejects.toMatchObject({ code: Code.Unauthenticated });
  expect(await session.token()).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test("after any other failure the session continues, and the next call refreshes", async () => {
  session.begin(grant(1));
  nowMs += 900_000;
  answer = () => Promise.reject(new ConnectError("away", Code.Unavailable));
  await expect(session.token()).rejects.toMatchObject({ code: Code.Unavailable });
  answer = () => Promise.resolve(grant(2));
  expect(await session.token()).toBe("access 2");
});

test("a sign-out during a refresh is final", async () => {
  session.begin(grant(1));
  nowMs += 900_000;
  let arrive: (grant: Grant) => void = () => undefined;
  answer = () => new Promise((resolve) => (arrive = resolve));
  const token = session.token();
  session.end();
  arrive(grant(2));
  expect(await token).toBeUndefined();
  expect(session.isSignedIn).toBe(false);
});
