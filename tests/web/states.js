/** Puts pages into the states that a healthy system does not show, and checks what holds in every state. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { DESKTOP, PHONE, checkAccessibility, checkWidth, newContext, watched } from "./harness.js";
import { signIn } from "./signed-in.js";

// Who is signed in is known all the same. The streams of prices and orders go on while answers are only late.
const CALLS = /\/api\/v1\/(?!auth\/(refresh|login|logout)$)/;
const ANSWERS = /\/api\/v1\/(?!auth\/(refresh|login|logout)$|.*\bwatch\b)/;
const ALLOWED = [/status of (429|503)/, /ERR_INTERNET_DISCONNECTED/]; // what the browser itself logs
const SHIFT_MAX = 0.02;
const TARGET_PX = 44; // of a finger
const TEST_MS = 120_000;

/** Defines a test for each page that a person looks at: on a desk in the light, and on a phone in the dark. */
export function everyPage(person, { make, pages }, body) {
  for (const [theme, viewport] of [["light", DESKTOP], ["dark", PHONE]]) {
    describe(`${person}, ${theme}, ${viewport.width} px`, () => {
      let context, user;
      before(async () => {
        context = await newContext({ viewport, theme, allowed: ALLOWED });
        await context.addInitScript(noteShifts);
        if (make) {
          user = await make();
          await watched(`${person}-${theme}`, context, async ({ page }) => {
            await signIn(page, user);
            await page.close();
          });
        }
      });
      after(() => context?.close());
      for (const [name, page] of Object.entries(pages)) {
        test(name, { timeout: TEST_MS }, async () => {
          const path = typeof page.path === "string" ? page.path : page.path(user);
          try {
            await watched(`${person}-${name}-${theme}`, context, (it) => body({ ...it, facts: { ...page, path, user } }));
          } finally {
            await context.setOffline(false);
            await Promise.all(context.pages().map((tab) => tab.close()));
          }
        });
      }
    });
  }
}

/** Holds all answers back, but those that are `spared`. Returns what lets them go. */
export async function hold(page, spared) {
  let letGo;
  const isFree = new Promise((resolve) => (letGo = resolve));
  await page.route(ANSWERS, async (route) => {
    if (!isSpared(route, spared)) {
      await isFree;
    }
    await route.continue().catch(() => undefined); // the page has left
  });
  return () => letGo();
}

/** Has all calls refused, but those that are `spared`. */
export async function refuse(page, { status, reason, requestId, retryAfter, spared }) {
  const body = JSON.stringify({
    code: status === 429 ? 8 : 14,
    message: "refused by the test",
    details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "cnop", metadata: {} }],
  });
  const headers = { "x-request-id": requestId, ...(retryAfter && { "retry-after": String(retryAfter) }) };
  await page.route(CALLS, (route) =>
    isSpared(route, spared)
      ? route.continue()
      : route.fulfill({ status, headers, contentType: "application/json", body }),
  );
}

function isSpared(route, spared) {
  return spared?.test(new URL(route.request().url()).pathname) ?? false;
}

/** Counts the calls of a page that have no answer yet, without the streams. */
export function watchCalls(page) {
  const open = new Set();
  page.on("request", (request) => ANSWERS.test(request.url()) && open.add(request));
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  return open;
}

/** Waits until no place is left empty, no answer is missing, and all of it is drawn. */
export async function settled(page, open) {
  for (const deadline = Date.now() + TEST_MS / 2; ; ) {
    await page.locator("[data-skeleton]").first().waitFor({ state: "detached" });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    if (open.size === 0 && (await page.locator("[data-skeleton]").count()) === 0) {
      return;
    }
    assert.ok(Date.now() < deadline, `no answer: ${[...open].map((request) => request.url())}`);
  }
}

/**
 * What holds for every page in every state: one h1, a title, no scrolling sideways, nothing that axe finds, and on a phone
 * nothing that a finger misses.
 */
export async function checkState(page) {
  assert.equal(await page.locator("h1").count(), 1, "there is one h1");
  assert.match(await page.title(), /^\S.* · cnop$/);
  await checkWidth(page);
  if (page.viewportSize().width === PHONE.width) {
    await checkTargets(page);
  }
  await checkAccessibility(page);
}

/** Throws if what can be pressed is too small for a finger. Links within a sentence may be. */
async function checkTargets(page) {
  const small = await page.evaluate((least) => {
    const style = (element, part) => getComputedStyle(element, part);
    const isClipped = (element) =>
      element !== null &&
      ((style(element).clipPath === "inset(50%)" && style(element).position === "absolute") || isClipped(element.parentElement));
    const isInSentence = (element) =>
      style(element).display === "inline" && element.parentElement.innerText.trim() !== element.innerText.trim();
    const isCover = (element) => style(element, "::after").position === "absolute"; // as large as what it is in
    const targetOf = (element) => (isCover(element) ? element.offsetParent : (element.closest("label") ?? element));
    return [...document.querySelectorAll("button, a[href], input, select, textarea, summary")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !isClipped(targetOf(element)) && !isInSentence(element))
      .map((element) => [element, targetOf(element).getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < least - 0.05) // a pixel has 64 parts
      .map(([{ outerHTML }, { width, height }]) => `${width.toFixed(1)} x ${height.toFixed(1)} px: ${outerHTML.slice(0, 200)}`);
  }, TARGET_PX);
  assert.ok(small.length === 0, ["smaller than a finger", ...small].join("\n  "));
}

/** The first stop of the keyboard leads over the navigation to the content. */
export async function checkSkipLink(page) {
  const link = page.getByRole("link", { name: "Skip to the content" });
  assert.ok(await link.evaluate((element) => document.querySelector("a[href], button, input, [tabindex]") === element), "it comes first");
  await link.focus();
  assert.ok((await link.boundingBox()).width > 50, "it shows itself");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "main");
}

function noteShifts() {
  window.__shifts = [];
  const named = ({ node, previousRect: from, currentRect: to }) =>
    `${node?.nodeName} .${node?.className} ${JSON.stringify([from, to].map(({ x, y, width, height }) => [x, y, width, height].map(Math.round)))}`;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (!hadRecentInput) {
        window.__shifts.push({ value, what: sources.map(named) });
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Throws if what has come so far has moved what was there, and says what. */
export async function checkShifts(page) {
  const shifts = await page.evaluate(() => window.__shifts);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  const told = shifts.map(({ value, what }) => [value.toFixed(4), ...what].join("\n    "));
  assert.ok(sum <= SHIFT_MAX, [`the layout shifts by ${sum.toFixed(3)}`, ...told].join("\n  "));
}
