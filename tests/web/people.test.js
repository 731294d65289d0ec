/** Sign-in, registration, profile and the pages of administrators. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { PASSWORD, makeAdmin, newUser } from "./api.js";
import { PHONE, THEMES, VIEWPORTS, checkAccessibility, checkWidth, pageTest } from "./harness.js";

const REFUSED = [/status of 401/]; // what the browser itself logs

const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

async function signIn(page, { username, password }) {
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Opens a page of a user who signs in on the way. */
async function open(page, path, user) {
  await page.goto(path);
  await heading(page, "Sign in");
  await signIn(page, user);
  await page.waitForURL(`**${path}`);
}

async function newAdmin() {
  const user = await newUser();
  await makeAdmin(user);
  return user;
}

pageTest("who asks for a page registers and comes back to it", {}, async ({ page }) => {
  await page.goto("/portfolio");
  await heading(page, "Sign in");
  await page.getByRole("link", { name: "Register" }).last().click();
  await heading(page, "Register");
  const username = `page_${randomUUID().slice(0, 8)}`;
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("E-mail", { exact: true }).fill(`${username}@example.com`);
  await page.getByLabel("First name").fill("Ada");
  await page.getByLabel("Last name").fill("Lovelace");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Open an account" }).dblclick();
  await page.waitForURL("**/portfolio");
  await heading(page, "Portfolio");
});

pageTest("by keyboard alone: a wrong password, the right one, and a reload", { allowed: REFUSED }, async ({ page }) => {
  const user = await newUser();
  await page.goto("/sign-in?to=%2Fprofile");
  await heading(page, "Sign in");
  await page.getByLabel("Username").focus();
  await page.keyboard.type(user.username);
  await page.keyboard.press("Tab");
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Username or password is wrong.").waitFor();
  await page.keyboard.type(user.password); // the wrong one is selected
  await page.keyboard.press("Enter");
  await heading(page, "Profile and settings");
  await page.reload();
  await heading(page, "Profile and settings");
});

pageTest("a sign-in leads to no other site", {}, async ({ page, context }) => {
  const user = await newUser();
  for (const to of ["https://example.com/", "//example.com", "/\\example.com", "/.//example.com"]) {
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    await signIn(page, user);
    await page.waitForURL((url) => url.pathname === "/");
    await context.clearCookies();
  }
});

pageTest("on a phone: another session ends, and a new password ends all", { viewport: PHONE, allowed: REFUSED }, async ({ page }) => {
  const user = await newUser(); // has a session already
  await open(page, "/profile", user);
  await page.getByRole("button", { name: "End all others" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^End / }).click();
  await page.getByRole("button", { name: "End all others" }).waitFor({ state: "detached" });
  const password = `${PASSWORD}-too`;
  await page.getByLabel("Current password").fill(user.password);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByRole("button", { name: "Change it and sign out" }).click();
  await heading(page, "Sign in");
  await signIn(page, { ...user, password });
  await heading(page, "Profile and settings");
  await page.getByRole("table", { name: "What happened to your account" }).getByText("Change of password").waitFor();
});

pageTest("settings take effect at once and survive a reload", {}, async ({ page }) => {
  await open(page, "/profile", await newUser());
  await page.getByText("Dark", { exact: true }).click();
  await page.getByLabel("Numbers and dates").selectOption("de-DE");
  await page.getByText("1.234.567,50").waitFor();
  await page.reload();
  await page.getByText("1.234.567,50").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
});

pageTest("a customer is told that a page is for administrators", {}, async ({ page }) => {
  await open(page, "/admin/users", await newUser());
  await heading(page, "For administrators only");
  assert.equal(await page.getByRole("link", { name: "Admin", exact: true }).count(), 0);
});

pageTest("an administrator disables and enables a user, and finds it in the audit trail", {}, async ({ page }) => {
  const user = await newUser();
  await open(page, "/admin/users", await newAdmin());
  await page.getByLabel("Username begins with").fill(user.username);
  await page.getByRole("button", { name: "Search" }).click();
  for (const [button, state] of [["Disable", "Disabled"], ["Enable", "Active"]]) {
    await page.getByRole("button", { name: `Manage ${user.username}` }).click();
    await page.getByRole("button", { name: `${button}…` }).click();
    await page.getByRole("button", { name: `${button} the user` }).click();
    await page.getByRole("table").getByText(state).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Audit" }).click();
  await page.getByLabel("Concerns the user").fill(user.username);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.getByText("Account enabled").waitFor();
  await page.getByText("Account disabled").waitFor();
});

pageTest("an administrator halts an asset and lets it trade again", {}, async ({ page }) => {
  await open(page, "/admin/assets", await newAdmin());
  await page.getByLabel("Search by symbol or name").fill("Dogecoin");
  await page.getByRole("button", { name: "Manage DOGE" }).click();
  for (const state of ["Halted", "Trading"]) {
    await page.getByRole("dialog").getByText(state, { exact: true }).last().click();
    await page.getByRole("button", { name: `Set to “${state}”` }).click();
    await page.getByRole("button", { name: `Set DOGE to “${state}”` }).click();
    await page.getByRole("dialog", { name: `Set DOGE` }).waitFor({ state: "detached" });
  }
});

for (const [size, viewport] of Object.entries(VIEWPORTS)) {
  for (const theme of THEMES) {
    pageTest(`pages of people, ${size}, ${theme}`, { viewport, theme }, async ({ page }) => {
      for (const path of ["/sign-in", "/register"]) {
        await page.goto(path);
        await page.getByLabel("Username").waitFor();
        await checkWidth(page);
        await checkAccessibility(page);
      }
      await open(page, "/profile", await newAdmin());
      const admin = ["quarantine", "users", "assets", "house", "audit"].map((name) => `/admin/${name}`);
      for (const path of ["/profile", ...admin]) {
        await page.goto(path);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.getByLabel("Loading").first().waitFor({ state: "detached" });
        await checkWidth(page);
        await checkAccessibility(page);
      }
    });
  }
}
