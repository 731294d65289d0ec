/** The harness itself: it notices what pages must not do, and its switches work. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { call, makeAdmin, newUser, start, stop } from "./api.js";
import { checkAccessibility, checkWidth, newContext } from "./harness.js";

/** Opens the page, does something in it, and returns the problems that were noticed. */
async function problems(what, options = {}) {
  const context = await newContext(options);
  try {
    const page = await context.newPage();
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.deepEqual(context.problems, []);
    await page.evaluate(what);
    await page.waitForTimeout(500);
    return context.problems.join("\n");
  } finally {
    await context.close();
  }
}

test("a violation of the policy is noticed", async () => {
  const inline = () => document.body.append(Object.assign(document.createElement("style"), { textContent: "p { color: red }" }));
  assert.match(await problems(inline), /policy: style-src-elem forbids inline/);
  assert.match(await problems(() => void fetch("https://elsewhere.test/").catch(() => undefined)), /policy: connect-src forbids/);
  const sink = () => {
    try {
      document.body.innerHTML = "<p>text</p>";
    } catch {
      // it is refused
    }
  };
  assert.match(await problems(sink), /policy: require-trusted-types-for forbids trusted-types-sink/);
});

test("an error in the console and one that is thrown are noticed, unless they are allowed", async () => {
  assert.match(await problems(() => console.error("it broke")), /console: it broke/);
  assert.match(await problems(() => void setTimeout(() => { throw new Error("thrown later"); })), /thrown: Error: thrown later/);
  assert.equal(await problems(() => console.error("it broke"), { allowed: [/it broke/] }), "");
});

test("what axe finds and what is too wide is told with the element", async () => {
  const context = await newContext();
  const page = await context.newPage();
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.evaluate(() => {
    document.querySelector("main").append(document.createElement("img"));
    const wide = document.createElement("div");
    wide.style.minWidth = "3000px";
    wide.style.minHeight = "1px";
    document.body.append(wide);
  });
  await assert.rejects(checkAccessibility(page), /image-alt: .*<img/);
  await assert.rejects(checkWidth(page), /px wide, in a window of 1280 px/);
  await context.close();
});

test("locale, time zone, theme and clock are those of the options", async () => {
  const options = { locale: "de-DE", timeZone: "Asia/Kolkata", theme: "dark", now: new Date("2026-03-01T12:00:00Z") };
  const context = await newContext(options);
  const page = await context.newPage();
  await page.goto("/");
  const told = () => [new Intl.NumberFormat().format(1234.5), new Date().toString().slice(0, 21), matchMedia("(prefers-color-scheme: dark)").matches];
  const [number, time, isDark] = await page.evaluate(told);
  assert.deepEqual([number, time, isDark], ["1.234,5", "Sun Mar 01 2026 17:30", true]);
  await context.close();
});

test("an operator makes admins, and stops and starts programs", async () => {
  const user = await newUser({ money: "1.00" });
  await makeAdmin(user);
  const { access_token: token } = await call("POST", "/api/v1/auth/login", { body: { username: user.username, password: user.password } });
  assert.ok((await call("GET", "/api/v1/admin/users", { token })).users.length > 0);
  await stop("ratelimit");
  await start("ratelimit");
  await assert.rejects(stop("nothing"), /stop nothing/);
});
