/** The API reference at /docs: it shows every operation, accepts a token, and makes calls. */

import assert from "node:assert/strict";
import { call, newUser } from "./api.js";
import { pageTest } from "./harness.js";

const VIEWPORT = { width: 1280, height: 1100 };

async function authorize(page, { token }) {
  await page.locator(".scheme-container button.authorize").click();
  await page.locator(".auth-container input").fill(token);
  await page.locator(".auth-btn-wrapper button.authorize").click();
  await page.locator(".auth-btn-wrapper button.btn-done").click();
}

/** Opens an operation, makes the call that it proposes, and returns its place on the page and what was answered. */
async function execute(page, operation) {
  const place = page.locator(`#operations-${operation}`);
  await place.locator(".opblock-summary-control").click();
  await place.getByRole("button", { name: "Execute" }).click();
  await place.locator(".live-responses-table .response-col_status").last().waitFor();
  return place.locator(".live-responses-table").innerText();
}

pageTest("a call is made with the token", { viewport: VIEWPORT }, async ({ page }) => {
  const user = await newUser({ money: "12.34" });
  await page.goto("/docs");
  await page.locator(".opblock").first().waitFor();
  const { paths } = await call("GET", "/openapi.json");
  const operations = Object.values(paths).flatMap((path) => Object.values(path).filter((one) => one.operationId));
  assert.equal(await page.locator(".opblock").count(), operations.length);
  assert.equal(await page.locator(".errors-wrapper, .info .version-pragma__message").count(), 0);
  await authorize(page, user);
  const answer = await execute(page, "AccountService-AccountService_GetBalance");
  assert.match(answer, /\b200\b/);
  assert.match(answer, /"current_balance": "12\.34"/);
});

pageTest("the example of an order can be sent as it is", { viewport: VIEWPORT }, async ({ page }) => {
  const user = await newUser({ money: "50000.00" });
  await page.goto("/docs");
  await authorize(page, user);
  assert.match(await execute(page, "OrderService-OrderService_CreateOrder"), /"asset_id": "BTC"/);
  const { holdings } = await call("GET", "/api/v1/portfolio", { token: user.token });
  assert.equal(holdings.length, 1);
});
