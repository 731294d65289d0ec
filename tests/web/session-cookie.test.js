/** The session cookie: pages of the edge can use it, those of other origins (really served) cannot. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { ALLOWED_ORIGIN, ORIGIN, call, newUser } from "./api.js";
import { pageTest } from "./harness.js";

const NAME = "__Host-Http-cnop";
const MODE = { "x-cnop-session": "cookie" };
const PLAIN = { "content-type": "text/plain" };
const METHODS = ["login", "refresh", "logout"];
const EVIL_PORT = Number(new URL(ALLOWED_ORIGIN).port);

// What the browser itself logs of the attacks, and that the attacker's page is opened.
const ATTACKS = [
  new RegExp(`^another site: http://(localhost|127\\.0\\.0\\.1):${EVIL_PORT}/`),
  /^console: Access to fetch at '.*' from origin '.*' has been blocked by CORS policy/,
  /^console: Failed to load resource: (net::ERR_FAILED|the server responded with a status of 4\d\d) .*\/api\/v1\/auth\//,
];

/** Serves the page of an attacker, without any policy that would restrict it. On localhost the edge allows its origin. */
const evil = createServer((_, answer) => {
  answer.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>evil</title><body>");
});

before(() => once(evil.listen(EVIL_PORT, "127.0.0.1"), "listening"));
after(() => {
  evil.close();
  evil.closeAllConnections();
});

/** Makes a page call a method. Returns its status and text, or the error of the browser. */
async function ask(page, url, body = {}, options = {}) {
  const send = async ([url, body, options]) => {
    const headers = { "content-type": "application/json", ...options.headers };
    try {
      const response = await fetch(url, { method: "POST", body: JSON.stringify(body), ...options, headers });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      return { error: error.name };
    }
  };
  return page.evaluate(send, [url, body, options]);
}

/** Makes a page send the JSON by a form, which needs no permission, and waits for the answer. */
async function submit(page, url, body) {
  const send = ([url, body]) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "POST", action: url, enctype: "text/plain" });
    const name = JSON.stringify({ ...body, remember_me: "" }).slice(0, -2); // the rest is =, and the value
    form.append(Object.assign(document.createElement("input"), { name, value: '"}' }));
    document.body.append(form);
    form.submit();
  };
  await Promise.all([page.waitForURL(url), page.evaluate(send, [url, body])]);
}

const credentials = ({ username, password }) => ({ username, password });

async function openDocs(page) {
  await page.goto("/docs");
  await page.locator(".opblock").first().waitFor();
}

async function signIn(page, user) {
  await openDocs(page);
  const signedIn = await ask(page, "/api/v1/auth/login", credentials(user), { headers: MODE });
  assert.equal(signedIn.status, 200, signedIn.text);
}

const refresh = async (page) => (await ask(page, "/api/v1/auth/refresh", {}, { headers: MODE })).status;

const held = async (context) => (await context.cookies()).filter(({ name }) => name === NAME);

/** How many events of a kind are in the trail of a user. */
async function trail({ token }, event) {
  const { events, next_page_token: more } = await call("GET", "/api/v1/auth/audit?page_size=200", { token });
  assert.ok(!more, "this is all of the trail");
  return events.filter((one) => one.event === event).length;
}

pageTest("a page of the edge keeps its session in a cookie that it cannot read or write", {}, async ({ page, context }) => {
  await signIn(page, await newUser());
  const [cookie, ...others] = await held(context);
  assert.deepEqual(others, []);
  const { httpOnly, secure, sameSite } = cookie;
  assert.deepEqual({ httpOnly, secure, sameSite }, { httpOnly: true, secure: true, sameSite: "Strict" });
  assert.equal(await page.evaluate(() => document.cookie), "");
  await page.evaluate((name) => { document.cookie = `${name}=evil; Secure; Path=/`; }, NAME);
  assert.deepEqual(await held(context), [cookie]);
  for (let time = 0; time < 3; time += 1) {
    assert.equal(await refresh(page), 200);
    await page.reload();
    await page.locator(".opblock").first().waitFor();
  }
  const refreshed = await held(context);
  assert.equal(refreshed.length, 1);
  assert.notEqual(refreshed[0].value, cookie.value);
  assert.equal((await ask(page, "/api/v1/auth/logout", {}, { headers: MODE })).status, 200);
  assert.deepEqual(await held(context), []);
});

for (const host of ["localhost", "127.0.0.1"]) {
  const name = `a page of another origin, on ${host}, can neither use nor end nor replace the session`;
  pageTest(name, { allowed: ATTACKS }, async ({ page, context }) => {
    const user = await newUser();
    await signIn(page, user);
    const before = await held(context);
    assert.equal(before.length, 1);
    for (const method of METHODS) {
      const url = `${ORIGIN}/api/v1/auth/${method}`;
      const body = method === "login" ? credentials(user) : {};
      await page.goto(`http://${host}:${EVIL_PORT}/`);
      const allowed = await ask(page, url, {}, { headers: PLAIN });
      assert.equal("status" in allowed, host === "localhost", "the edge allows the origin on localhost alone");
      const asked = await ask(page, url, body, { headers: MODE, credentials: "include" });
      assert.deepEqual(asked, { error: "TypeError" }, "the browser must not send the header there");
      for (const mode of ["cors", "no-cors"]) {
        const shown = await ask(page, url, body, { headers: PLAIN, credentials: "include", mode });
        assert.doesNotMatch(shown.text ?? "", /access_token/, "no answer may be read");
      }
      await submit(page, url, body);
      assert.deepEqual(await held(context), before, method);
    }
    await openDocs(page);
    assert.equal(await trail(user, "LOGOUT"), 0);
    assert.equal(await trail(user, "TOKEN_REFRESH"), 0);
    assert.equal(await refresh(page), 200);
    assert.equal(await trail(user, "TOKEN_REFRESH"), 1, "the trail would have shown it");
  });
}
