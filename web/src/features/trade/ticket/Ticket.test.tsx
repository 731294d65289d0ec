import { configure, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import { isTold } from "@/shared/live";
import { DEFAULTS, updateSettings } from "@/shared/settings";
import { Page } from "@/shared/ui";
import { ASSET, ORDER, serve } from "@/test/orders";
import { renderPage } from "@/test/render";
import { refusal } from "@/test/server";

import type { Side } from "./size";
import { Ticket } from "./Ticket";

function Shown({ side }: { readonly side: Side }): ReactNode {
  const [current, setCurrent] = useState(side);
  return (
    <Page title="Bitcoin">
      <Ticket asset={ASSET} side={current} onSide={setCurrent} />
    </Page>
  );
}

const show = (side: Side = "BUY") => renderPage(<Shown side={side} />);
const user = userEvent.setup();
const amount = (): HTMLElement => screen.getByRole("textbox");
const away = (): Response => refusal(500, 13, "INTERNAL"); // retryable, but not repeated by the transport

async function order(text: string): Promise<void> {
  await user.type(amount(), text);
  await user.click(screen.getByRole("button", { name: "Buy BTC" }));
}

async function confirm(): Promise<HTMLElement> {
  const dialog = await screen.findByRole("dialog", { name: "Buy Bitcoin?" });
  return within(dialog).getByRole("button", { name: "Buy BTC" });
}

configure({ asyncUtilTimeout: 5_000 });
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => updateSettings({ ...DEFAULTS, locale: "en-US" }));

test("an order is confirmed with the worst price, and limited to it", async () => {
  const system = serve();
  await show();
  await order("100");
  const button = await confirm();
  expect(within(screen.getByRole("dialog")).getAllByText(/\$52,510\.50/)).not.toHaveLength(0);
  expect(system.sent).toHaveLength(0);

  await user.click(button);
  expect(await screen.findByText(/Bought 0\.0019 BTC at \$50,010\.00\. You paid \$95\.12/)).toBeInTheDocument();
  expect(system.sent).toMatchObject([{ side: "BUY", quote_amount: "100", limit_price: "52510.50" }]);
  expect(amount()).toHaveValue("");
  expect(window.sessionStorage.getItem("cnop.request.order.BTC")).toBeNull();
});

test("Enter twice orders nothing: the second one goes back", async () => {
  const system = serve();
  await show();
  await user.type(amount(), "100{Enter}");
  expect(await screen.findByRole("button", { name: "Back" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(amount()).toHaveValue("100");
  expect(system.sent).toHaveLength(0);
});

test("a double click on the confirmation makes one order", async () => {
  const system = serve();
  await show();
  await order("100");
  await user.dblClick(await confirm());
  await screen.findByText(/Bought/);
  expect(system.made.size).toBe(1);
});

test("Enter twice on the confirmation makes one order", async () => {
  const system = serve();
  await show();
  await order("100");
  (await confirm()).focus();
  await user.keyboard("{Enter}{Enter}");
  await screen.findByText(/Bought/);
  expect(system.made.size).toBe(1);
});

test("below the sum of the settings nothing is asked", async () => {
  updateSettings({ confirmFrom: "500" });
  const system = serve();
  await show();
  await user.type(amount(), "100");
  await user.dblClick(screen.getByRole("button", { name: "Buy BTC" }));
  await screen.findByText(/Bought/);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(system.made.size).toBe(1);
});

test("while it is not known what became of an order, the same one is sent again", async () => {
  const system = serve({ failures: [away, away] });
  await show();
  await order("100");
  await user.click(await confirm());
  await screen.findByText(/Buy BTC for \$100\.00: not confirmed yet/);
  expect(screen.queryByRole("button", { name: "Buy BTC" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(system.sent).toHaveLength(2));
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  await screen.findByText(/Bought/);
  expect(new Set(system.sent.map(({ request_id }) => request_id)).size).toBe(1);
  expect(system.made.size).toBe(1);
});

test("after a reload the order is looked for", async () => {
  const system = serve({ failures: [away] });
  const { unmount } = await show();
  await order("100");
  await user.click(await confirm());
  await screen.findByText(/not confirmed yet/);
  unmount();

  await show();
  await user.click(await screen.findByRole("button", { name: "Send it again" }));
  await screen.findByText(/Bought/);
  expect(system.sent[1]).toEqual(system.sent[0]);
  expect(amount()).toHaveValue("");
});

test("a refusal is told in words, and the next order is another one", async () => {
  const system = serve({ failures: [() => refusal(400, 9, "PRICE_OUT_OF_BOUNDS")] });
  await show();
  await order("100");
  await user.click(await confirm());
  expect(await screen.findByText("Nothing was ordered.")).toBeInTheDocument();
  expect(amount()).toHaveValue("100");
  await user.click(screen.getByRole("button", { name: "Buy BTC" }));
  await user.click(await confirm());
  await screen.findByText(/Bought/);
  expect(system.sent[1]?.request_id).not.toBe(system.sent[0]?.request_id);
});

test("an order that was rejected before processing was not made, and the page says so", async () => {
  const system = serve({ failures: [() => refusal(429, 8, "RATE_LIMITED")] });
  await show();
  await order("100");
  await user.click(await confirm());
  expect(await screen.findByText("Nothing was ordered.")).toBeInTheDocument();
  expect(screen.queryByText(/not confirmed yet/)).toBeNull();
  expect(system.made.size).toBe(0);
  expect(amount()).toHaveValue("100");
});

test("a pending order is followed until it is final", async () => {
  const system = serve({ order: { status: "PENDING" } });
  await show();
  await order("100");
  await user.click(await confirm());
  expect(await screen.findByText(/is accepted at \$50,010\.00 and pending/)).toBeInTheDocument();
  for (const [id, made] of system.made) {
    system.made.set(id, { ...made, status: "COMPLETED" });
  }
  expect(await screen.findByText(/Bought/)).toBeInTheDocument();
});

test("the ticket alone tells what becomes of its order, while it is there", async () => {
  const system = serve();
  const { unmount } = await show();
  await order("100");
  await user.click(await confirm());
  await screen.findByText(/Bought/);
  const made = { ...ORDER, request_id: system.sent[0]?.request_id ?? "" };
  expect(isTold(made)).toBe(true);

  unmount();

  expect(isTold(made)).toBe(false);
});

test("while amounts are hidden, what is confirmed is in sight, and what was done is not", async () => {
  updateSettings({ hidesAmounts: true });
  serve();
  await show();
  await order("100");
  const button = await confirm();
  expect(screen.getByRole("dialog")).toHaveTextContent(/0\.0019 BTC.*\$100\.00/);
  await user.click(button);

  expect(await screen.findByText(/Bought ••••• BTC at \$50,010\.00\. You paid •••••/)).toBeInTheDocument();
});

test("obstacles come with what can be done about them", async () => {
  const system = serve({ preview: { obstacles: ["INSUFFICIENT_FUNDS"] } });
  await show();
  await user.type(amount(), "5000");
  expect(await screen.findByText("There is not enough cash in your account.")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Deposit" })).toHaveAttribute("href", "/account");
  await user.type(amount(), "{Enter}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(system.sent).toHaveLength(0);
});

test("Max on a sell sells everything, and what is typed afterwards no longer does", async () => {
  const system = serve({ holding: "0.41234567" });
  await show("SELL");
  await user.click(await screen.findByRole("button", { name: "Max" }));
  await waitFor(() => expect(amount()).toHaveValue("0.41234567"));
  await waitFor(() => expect(system.previewed.at(-1)).toMatchObject({ sell_all: true }));
  await user.type(amount(), "{Backspace}");
  await waitFor(() => expect(system.previewed.at(-1)).toMatchObject({ quantity: "0.4123456" }));
});

test("shares of a buy are in dollars", async () => {
  serve({ cash: "1000.01" });
  await show();
  const half = await screen.findByRole("button", { name: "50%" });
  await waitFor(() => expect(half).not.toHaveAttribute("aria-disabled"));
  await user.click(half);
  expect(amount()).toHaveValue("500");
});

test("typing is previewed once it rests, and what is ambiguous is asked", async () => {
  const system = serve();
  await show();
  await user.type(amount(), "1,234");
  expect(screen.getByText("This can mean two numbers. Which one do you mean?")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "1,234 USD" }));
  await waitFor(() => expect(system.previewed).toHaveLength(1));
  expect(system.previewed[0]).toMatchObject({ quote_amount: "1234" });
});

test("a decimal comma counts where the locale has it", async () => {
  updateSettings({ locale: "de-DE" });
  const system = serve();
  await show();
  await user.type(amount(), "12,5");
  await waitFor(() => expect(system.previewed.at(-1)).toMatchObject({ quote_amount: "12.5" }));
  expect(screen.getByText("= 12,5 USD")).toBeInTheDocument();
});

test("an empty ticket asks for an amount", async () => {
  serve();
  await show();
  await user.click(screen.getByRole("button", { name: "Buy BTC" }));
  expect(await screen.findByText("Please enter an amount.")).toBeInTheDocument();
  expect(amount()).toHaveFocus();
});
