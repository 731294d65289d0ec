/**
 * Three ways to use a page, with the same methods: `press` what can be pressed, `write` into a field, `choose` an option of
 * a list, `side` of the ticket, and `go` to a page of a signed-in user. Where the ways differ, so do the methods: people
 * without a mouse have shortcuts, and on a phone the links are in a menu.
 */

import assert from "node:assert/strict";

const PRESSES_MAX = 60;

/** By mouse; text is typed. */
export const mouse = (page) => ({
  press: (target) => target.click(),
  write: async (field, text) => {
    await field.click();
    await page.keyboard.type(text);
  },
  choose: (list, option) => list.selectOption(option), // the browser draws the list itself, outside of the page
  side: (name) => page.getByText(name, { exact: true }).click(),
  go: (name) => page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name }).click(),
});

/** By finger; text is typed, as by the keyboard of the screen. */
export const finger = (page) => ({
  press: (target) => target.tap(),
  write: async (field, text) => {
    await field.tap();
    await page.keyboard.type(text);
  },
  choose: (list, option) => list.selectOption(option),
  side: (name) => page.getByText(name, { exact: true }).tap(),
  go: async (name) => {
    await page.getByRole("button", { name: "Menu" }).tap();
    await page.getByRole("navigation", { name: "Main, narrow" }).getByRole("link", { name }).tap();
  },
});

/** By `page.keyboard` alone. */
export function keys(page) {
  const hasFocus = (element) => element === document.activeElement;

  /** Presses Tab until the target has the focus. */
  async function to(target, key = "Tab") {
    await target.waitFor();
    for (let presses = 0; presses < PRESSES_MAX; presses++) {
      if (await target.evaluate(hasFocus)) {
        return;
      }
      await page.keyboard.press(key);
    }
    assert.fail(`${key} does not lead to ${target}`);
  }

  return {
    press: async (target) => {
      await to(target);
      await page.keyboard.press("Enter");
    },
    write: async (field, text) => {
      await to(field);
      await page.keyboard.type(text);
    },
    choose: async (list, option) => {
      await to(list);
      await page.keyboard.type(option);
    },
    side: async (name) => {
      const chosen = page.getByRole("group", { name: "Side" }).getByRole("radio", { checked: true });
      await to(chosen, "Shift+Tab"); // the focus is in the amount, below
      await page.keyboard.press(name === "Sell" ? "ArrowRight" : "ArrowLeft");
    },
    go: async (name) => {
      const shortcut = { Dashboard: "gh", Assets: "gm", Portfolio: "gp", Orders: "go", Account: "ga" }[name];
      // A letter in a field is text, so a field is left first.
      for (let presses = 0; await page.evaluate(() => document.activeElement?.matches("input, select, textarea")); presses++) {
        assert.ok(presses < PRESSES_MAX, "Tab leads out of no field");
        await page.keyboard.press("Tab");
      }
      await page.keyboard.type(shortcut);
    },
  };
}
