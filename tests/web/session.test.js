/** The session of a trader ends: by another one in mid-order, and by a sign-out in another tab. */

import assert from "node:assert/strict";
import { call, eventually, newUser, ordersOf } from "./api.js";
import { checkAccessibility, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

const REFUSED = /status of 401/; // Chromium writes each refused call into the console

const button = (where, name) => where.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

/** Ends all sessions of a user but that of the token, and waits until the order service refuses those that have ended. */
async function endOthers({ token }, refused) {
  const { sessions } = await call("GET", "/api/v1/auth/sessions", { token });
  for (const { session_id, is_current } of sessions) {
    if (!is_current) {
      await call("DELETE", `/api/v1/auth/sessions/${session_id}`, { token });
    }
  }
  await eventually(() => assert.rejects(ordersOf({ token: refused }), /: 401 /));
}

pageTest("it ends while a confirmation is sent: the form stays, and the same request is sent again", { allowed: [REFUSED] }, async ({ page }) => {
  const user = await newUser({ money: "1000.00" });
  await signIn(page, user);
  await page.goto("/trade/BTC");
  const amount = page.getByLabel("Amount", { exact: true });
  await amount.fill("100");
  await button(page, "Buy BTC").click();
  const confirmation = page.getByRole("dialog", { name: "Buy Bitcoin?" });

  const sent = [];
  await page.route("**/api/v1/orders", async (route) => {
    const request = route.request();
    if (request.method() === "POST") {
      sent.push({ request, body: request.postDataJSON() });
      if (sent.length === 1) {
        await endOthers(user, (await request.headerValue("authorization")).replace("Bearer ", ""));
      }
    }
    await route.continue();
  });
  await button(confirmation, "Buy BTC").click();
  const ended = page.getByRole("dialog", { name: "Your session has ended" });
  await ended.getByLabel("Username").waitFor();
  assert.equal(await amount.inputValue(), "100");
  assert.equal(await page.locator("dialog").filter({ hasText: "Worst price" }).count(), 1, "the confirmation is still there");
  assert.equal(new URL(page.url()).pathname, "/trade/BTC");
  assert.deepEqual(await ordersOf(user), []);
  await checkAccessibility(page);

  await ended.getByLabel("Username").fill(user.username);
  await ended.getByLabel("Password", { exact: true }).fill(user.password);
  await button(ended, "Sign in").click();
  await page.getByText(/^Bought .* BTC at .* in all/).waitFor();
  const [first, ...others] = sent.map(({ body }) => body);
  assert.ok(first.request_id && others.length > 0);
  for (const other of others) {
    assert.deepEqual(other, first);
  }
  const statuses = await Promise.all(sent.map(async ({ request }) => (await request.response()).status()));
  assert.deepEqual([statuses[0], statuses.at(-1)], [401, 200]);
  const [order, ...more] = await ordersOf(user);
  assert.deepEqual([order.request_id, more], [first.request_id, []]);
});

pageTest("a sign-out in one tab signs out the others, which show nothing of the user any more", { allowed: [REFUSED] }, async ({ page, context }) => {
  // Their streams may tell before the tab does: then they ask for a refresh, in vain.
  const user = await newUser({ money: "1234.00" });
  await signIn(page, user);
  const [start, account] = [await context.newPage(), await context.newPage()];
  await start.goto("/");
  await start.getByText("$1,234.00").first().waitFor();
  await account.goto("/account");
  await account.getByText("$1,234.00").first().waitFor();

  await button(page, "Profile and sign-out").click();
  await button(page, "Sign out").click();
  await heading(page, "Trade crypto at the price you see");
  await heading(start, "Trade crypto at the price you see");
  await heading(account, "Sign in");
  for (const tab of [page, start, account]) {
    await tab.getByRole("banner").getByRole("link", { name: "Register" }).waitFor();
    assert.equal(await tab.getByText("$1,234.00").count(), 0);
  }
  await account.reload();
  await heading(account, "Sign in");
});
