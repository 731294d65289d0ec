/**
 * Tests of pages in a real browser, against the real system:
 *
 *     pageTest("a visitor sees prices", { viewport: PHONE, theme: "dark" }, async ({ page }) => {
 *       await page.goto("/");
 *       await page.getByRole("heading", { level: 1 }).waitFor();
 *     });
 *
 * A test fails, too, if the page logs an error, breaks its content security policy, throws, or asks another site.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { ORIGIN } from "./api.js";
import { browser as found } from "./chromium.js";

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
export const VIEWPORTS = { desktop: DESKTOP, phone: PHONE };
export const THEMES = ["light", "dark"];
export const LOCALES = ["en-US", "de-DE", "hi", "ar"];

const SECONDS = 1000;
const TIMEOUT_MS = 30 * SECONDS; // generous: the machine may be busy
const TEST_TIMEOUT_MS = 120 * SECONDS;
const ARTIFACTS = process.env.CNOP_PAGE_ARTIFACTS;
const AXE = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let launched;

/** Returns the browser of this file; it is started once. */
export async function launch(more = []) {
  const { executablePath, args, env } = found();
  launched ??= chromium.launch({
    executablePath,
    args: [...args, ...more],
    env: { ...process.env, ...env },
    timeout: TIMEOUT_MS,
  });
  return launched;
}

export async function close() {
  await (await launched)?.close();
  launched = undefined;
}

/**
 * Opens a browser context: a person with cookies of their own, whose tabs come from `newPage`.
 *
 * Options, all with defaults: viewport, theme ("light" or "dark"), locale, timeZone, now (a Date: the clock of the page,
 * which then moves by `page.clock` alone), reducedMotion, and those of playwright's newContext.
 *
 * `context.problems` has all that the pages did and must not do, but what matches one of `allowed`.
 */
export async function newContext({ viewport = DESKTOP, theme = "light", locale = "en-US", timeZone = "UTC", now, allowed = [], ...more } = {}) {
  const context = await (await launch()).newContext({
    baseURL: ORIGIN,
    viewport,
    colorScheme: theme,
    locale,
    timezoneId: timeZone,
    reducedMotion: "reduce",
    hasTouch: viewport.width < 640,
    ...more,
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  context.problems = [];
  context.allowed = [...allowed];
  const note = (problem) => {
    if (!context.allowed.some((pattern) => pattern.test(problem))) {
      context.problems.push(problem);
    }
  };
  await context.exposeBinding("__violated", (_, what) => note(`policy: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.__violated(`${event.effectiveDirective} forbids ${event.blockedURI} ${event.sample} (${event.sourceFile}:${event.lineNumber})`);
    });
  });
  context.on("console", (message) => {
    if (message.type() === "error") {
      note(`console: ${message.text()} (${message.location().url})`);
    }
  });
  context.on("weberror", (error) => note(`thrown: ${error.error().stack ?? error.error()}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(`${ORIGIN}/`) && !/^(data|blob|about):/.test(request.url())) {
      note(`another site: ${request.url()}`);
    }
  });
  if (now) {
    await context.clock.install({ time: now });
  }
  return context;
}

/** Defines a test with a context and a page of its own. `options` are those of newContext. */
export function pageTest(name, options, body) {
  test(name, { timeout: TEST_TIMEOUT_MS }, async () => {
    const context = await newContext(options);
    try {
      await watched(name, context, body);
    } finally {
      await context.close();
    }
  });
}

/** Does something in a new tab of a context, and throws, with a picture, if it fails or the page does what it must not. */
export async function watched(name, context, body) {
  context.problems.length = 0;
  const page = await context.newPage();
  try {
    await body({ page, context });
  } catch (error) {
    throw await withPicture(error, name, context);
  }
  if (context.problems.length > 0) {
    throw await withPicture(new Error("the page did what it must not do"), name, context);
  }
}

/** Adds to an error what else happened, and where a picture of each tab is. */
async function withPicture(error, name, context) {
  const lines = context.problems.map((problem) => `  ${problem}`);
  for (const [number, page] of context.pages().entries()) {
    if (ARTIFACTS && !page.isClosed()) {
      const path = join(ARTIFACTS, `${name.replaceAll(/\W+/g, "-")}-${number + 1}.png`);
      await page.screenshot({ path }).then(() => lines.push(`  picture: ${path}`), () => undefined);
    }
  }
  error.message = [error.message, ...lines].join("\n");
  error.stack = `${error.message}\n${error.stack ?? ""}`;
  return error;
}

/** Throws if axe finds something on the page (WCAG 2.2 A and AA, best practice), with each element. */
export async function checkAccessibility(page) {
  await page.evaluate(() => window.scrollTo(0, 0)); // a control that the sticky header covers in part would be too small
  await page.evaluate(AXE);
  const found = await page.evaluate(
    async (tags) => (await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations,
    AXE_TAGS,
  );
  const told = found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
  if (told.length > 0) {
    throw new Error(["axe finds", ...told].join("\n  "));
  }
}

/** Throws if the page can be scrolled sideways. */
export async function checkWidth(page) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (inner > outer) {
    throw new Error(`the page is ${inner} px wide, in a window of ${outer} px`);
  }
}

if (process.argv[1]?.endsWith(".test.js")) {
  after(close); // the tools close it themselves
}
