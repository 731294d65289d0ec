/** The page that a visitor without an account sees first. */

import assert from "node:assert/strict";
import { THEMES, VIEWPORTS, checkAccessibility, checkWidth, pageTest } from "./harness.js";

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
