/** The page that a visitor without an account sees first. */

import assert from "node:assert/strict";
import { THEMES, VIEWPORTS, checkAccessibility, checkWidth, pageTest } from "./harness.js";

const TEXTS = 3; // of a price that moves: the second one may be that of the stream, in place of the answer's

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const theme of THEMES) {
    pageTest(`it opens without an error, ${size}, ${theme}`, { viewport, theme }, async ({ page }) => {
      const answer = await page.goto("/");
      assert.equal(answer.status(), 200);
      assert.equal(answer.headers()["cache-control"], "no-cache");
      await page.getByRole("heading", { level: 1 }).waitFor();
      await checkWidth(page);
      await checkAccessibility(page);
    });
  }
}

pageTest("a reload takes no file again but the page itself", {}, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  const asked = [];
  page.on("response", (answer) => asked.push([new URL(answer.url()).pathname, answer.fromServiceWorker() || answer.status()]));
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  const sizes = await page.evaluate(() =>
    performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname.startsWith("/assets/")).map(({ transferSize }) => transferSize),
  );
  assert.ok(sizes.length > 0);
  assert.deepEqual(sizes.filter((size) => size > 0), []);
});

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  pageTest(`a visitor sees prices that move without scrolling, ${size}`, { viewport }, async ({ page }) => {
    await page.goto("/");
    await page.waitForFunction((count) => {
      window.__texts ??= new Map();
      const isInSight = (element) => {
        const { top, bottom, left, right, width } = element.getBoundingClientRect();
        return width > 0 && top >= 0 && left >= 0 && bottom <= window.innerHeight && right <= window.innerWidth;
      };
      return [...document.querySelectorAll("main .live")].filter(isInSight).some((price) => {
        const texts = window.__texts.get(price) ?? new Set();
        window.__texts.set(price, texts.add(price.textContent));
        return texts.size >= count;
      });
    }, TEXTS);
    assert.equal(await page.evaluate(() => window.scrollY), 0);
  });
}
