/** Numbers as people of a locale write and type them: shown as Intl has them, in one direction, and never misread. */

import assert from "node:assert/strict";
import { newUser, order, ordersOf } from "./api.js";
import { LOCALES, pageTest } from "./harness.js";
import { signIn } from "./signed-in.js";

/** How dollars look from left to right on the screen, and what is typed: what it is read as, or two readings to choose from. */
const CASES = {
  "en-US": { dollars: /^[-+]?\$\d{1,3}(,\d{3})*\.\d+$/, typed: [["1,234.56", "1234.56"], ["1,234", "1234", "1.234"]] },
  "de-DE": { dollars: /^[-+]?\d{1,3}(\.\d{3})*,\d+ \$$/, typed: [["1.234,56", "1234.56"], ["99,5", "99.5"], ["1.234", "1234", "1.234"]] },
  hi: { dollars: /^[-+]?\$(\d{1,2}(,\d\d)*,)?\d{1,3}\.\d+$/, typed: [["1,234.56", "1234.56"], ["१२३.५", "123.5"], ["1,23,456", "123456"]] },
  ar: { dollars: /^US\$ [-+]?\d{1,3}(,\d{3})*\.\d+$/, typed: [["١٢٣٫٥", "123.5"], ["١٬٢٣٤٫٥", "1234.5"], ["1,234", "1234", "1.234"]] },
  "ar-EG": {
    dollars: /^US\$ [٠-٩]{1,3}(٬[٠-٩]{3})*٫[٠-٩]+[-+]?$/, // a sign comes first, and so it is at the right
    typed: [["١٢٣٫٥", "123.5"], ["١٢٣،٥", "123.5"], ["1,234", "1234", "1.234"], ["1.234", "1234", "1.234"]],
  },
};
const MARKS = /[\u061c\u200e\u200f\u2066-\u2069]/g; // of directions: they are not seen

const amount = (page) => page.getByRole("textbox");
const plainly = (text) => text.replaceAll(MARKS, "").replaceAll(/[\u00a0\u202f]/g, " ").trim();

/** Formats numbers as the browser does. */
function intl(page, locale, values, options) {
  const format = ([locale, values, options]) => values.map((value) => new Intl.NumberFormat(locale, options).format(value));
  return page.evaluate(format, [locale, values, options]);
}

const dollarsIn = (page, locale, values) =>
  intl(page, locale, values, { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" });

/** The texts of elements as they are drawn, from left to right: each character by its place. */
function drawn(elements) {
  return elements.evaluateAll((found) =>
    found.map((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const characters = [];
      while (walker.nextNode()) {
        for (let at = 0; at < walker.currentNode.length; at++) {
          const range = document.createRange();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + 1);
          const { left, width } = range.getBoundingClientRect();
          if (width > 0) {
            characters.push({ left, text: walker.currentNode.data[at] });
          }
        }
      }
      characters.sort((one, other) => one.left - other.left);
      return characters.map(({ text }) => text).join("");
    }),
  );
}

/** Checks all amounts of dollars in a part of the page, once it has loaded. */
async function checkDollars(part, pattern, least) {
  await part.getByLabel("Loading").first().waitFor({ state: "detached" });
  const all = (await drawn(part.locator("bdi").filter({ hasText: "$" }))).map(plainly);
  const numbers = all.filter((text) => text !== ""); // what is narrow or wide only is not drawn
  assert.ok(numbers.length >= least, `only ${numbers.length} amounts: ${all}`);
  assert.deepEqual(numbers.filter((text) => !pattern.test(text)), []);
}

/** Waits until a text that Intl has made is somewhere on the page. */
async function shows(page, texts) {
  for (const text of texts.map(plainly)) {
    const characters = Array.from(text, (one) => (one === " " ? "\\s" : one.replace(/[.*+?^${}()|[\]\\]/, "\\$&")));
    await page.getByRole("main").getByText(new RegExp(characters.join(`(?:${MARKS.source})*`))).first().waitFor();
  }
}

for (const locale of [...LOCALES, "ar-EG"]) {
  const { dollars, typed } = CASES[locale];
  pageTest(`prices, amounts and inputs in ${locale}`, { locale }, async ({ page }) => {
    const user = await newUser({ money: "123456.78" });
    await order(user, { side: "BUY", asset_id: "BTC", quote_amount: "4810.99" });
    await order(user, { side: "BUY", asset_id: "DOGE", quantity: "1234.5" });
    await signIn(page, user);

    await page.getByRole("table", { name: "Last orders" }).waitFor();
    const [bought, first] = await ordersOf(user);
    await shows(page, await dollarsIn(page, locale, [bought.net_amount, first.net_amount]));
    await checkDollars(page.getByRole("main"), dollars, 15);

    await page.goto("/orders");
    await page.getByRole("table", { name: "Orders" }).waitFor();
    await shows(page, await dollarsIn(page, locale, [bought.net_amount, first.net_amount]));
    await shows(page, await intl(page, locale, [bought.quantity, first.quantity], { maximumFractionDigits: 8 }));
    await checkDollars(page.getByRole("main"), dollars, 6);

    await page.goto("/trade/BTC");
    for (const [text, ...readings] of typed) {
      const [shown, other] = await intl(page, locale, readings, { maximumFractionDigits: 8 });
      await amount(page).fill(text);
      if (other !== undefined) {
        await page.getByText("This can mean two numbers. Which one do you mean?").waitFor();
        assert.equal(await page.getByText(/^= /).count(), 0);
        await page.getByRole("button", { name: "USD" }).first().click();
      }
      await shows(page, [`= ${shown} USD`]);
    }
    await checkDollars(page.getByRole("region", { name: "Trade BTC" }), dollars, 1);

    const [last, value] = typed[0];
    await amount(page).fill(last);
    await page.getByRole("button", { name: "Buy BTC", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Buy BTC" }).waitFor();
    await checkDollars(page.getByRole("dialog"), dollars, 4);
    await page.getByRole("dialog").getByRole("button", { name: "Buy BTC" }).click();
    await page.getByText(/^Bought .* in all/).waitFor();
    const [newest] = await ordersOf(user);
    assert.equal(Number(newest.quote_amount), Number(value), "it is the amount that was typed");

    await page.goto("/trade/BTC?side=SELL");
    await page.getByRole("button", { name: "75%" }).click();
    await page.getByText(/^= /).waitFor();
    const threeQuarters = String((Number(first.quantity) + Number(newest.quantity)) * 0.75);
    const [digits] = await intl(page, locale, [threeQuarters], { maximumFractionDigits: 4, roundingMode: "trunc" });
    await shows(page, [`= ${digits}`]); // what is filled in is read as what it stands for
  });
}
