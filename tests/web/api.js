/** Calls of the system below the page, and switches of the test that only its operator has. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

/** Where the page is served. `make test-web` sets it; by hand it is the system of `make run`. */
export const ORIGIN = process.env.CNOP_PAGE_ORIGIN ?? "http://localhost:8080";
/** Another origin, of which the edge lets pages call it, and which a test may serve. By hand it is that of `make web-dev`. */
export const ALLOWED_ORIGIN = process.env.CNOP_PAGE_ALLOWED_ORIGIN ?? "http://localhost:5173";
const CONTROL = process.env.CNOP_PAGE_CONTROL;
export const PASSWORD = "violet-anchor-47-lamp";

/** Calls the REST API and returns the answer. Throws for an error. */
export async function call(method, path, { body, token } = {}) {
  const headers = { ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(ORIGIN + path, { method, headers, body: body && JSON.stringify(body) });
  const said = await answer.json();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${JSON.stringify(said)}`);
  return said;
}

/** Registers a user, with money if that is given: "10000.00". Returns the names, the password and a token. */
export async function newUser({ money } = {}) {
  const username = `page_${randomUUID().slice(0, 13).replaceAll("-", "")}`;
  const email = `${username}@example.com`;
  const names = { first_name: "Ada", last_name: "Lovelace" };
  await call("POST", "/api/v1/auth/register", { body: { username, email, password: PASSWORD, ...names } });
  const { access_token: token } = await call("POST", "/api/v1/auth/login", { body: { username, password: PASSWORD } });
  if (money) {
    await call("POST", "/api/v1/balance/deposit", { token, body: { amount: money, request_id: randomUUID() } });
  }
  return { username, email, password: PASSWORD, token };
}

/** Places an order at the market: { side: "BUY", asset_id: "BTC", quantity: "0.05" }. */
export async function order(user, what) {
  return call("POST", "/api/v1/orders", { token: user.token, body: { request_id: randomUUID(), ...what } });
}

/** All orders of a user, the newest first. */
export async function ordersOf(user) {
  return (await call("GET", "/api/v1/orders?page_size=100", { token: user.token })).orders;
}

async function control(what, name) {
  assert.ok(CONTROL, "only the system of `make test-web` can be controlled");
  const answer = await fetch(`${CONTROL}/${what}/${name}`, { method: "POST" });
  assert.ok(answer.ok, `${what} ${name}: ${await answer.text()}`);
}

/** Gives a user the role of an admin, from the next sign-in on. */
export const makeAdmin = (user) => control("make-admin", user.username);
/** Stops a program of the system ("order", "user", "inventory", "edge", ...), and starts it again. */
export const stop = (program) => control("stop", program);
export const start = (program) => control("start", program);
/**
 * Deploys a release of the page: "own" is the one that all tests have, others have the same pages in files of other names,
 * such as index-1a2b-r2.js. The edge restarts, and has the files of the release before, too.
 */
export const deploy = (release) => control("deploy", release);

/** Calls until it succeeds; then returns what it has returned. For a program that comes back. */
export async function eventually(attempt, secondsMax = 60) {
  for (const deadline = Date.now() + secondsMax * 1000; ; ) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
