import { cleanup, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { updateSettings } from "@/shared/settings";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { AccountPage } from "./AccountPage";
import { maxWithdrawal, mostAtOnce, nextDayMs } from "./limits";
import type { Transaction } from "./queries";

const API = "http://localhost:5173/api/v1/balance";
const ENTRY: Transaction = {
  transaction_id: "1",
  transaction_type: "ORDER_SALE",
  amount: "480.12",
  balance_after: "1480.12",
  status: "COMPLETED",
  order_id: "0193a7c2-5b1e-7d3a-9f00-000000000001",
  asset_id: "BTC",
  quantity: "-0.005",
  created_at: "2026-11-30T12:00:00Z",
  fee: "0.48",
};

interface Sent {
  readonly amount: string;
  readonly request_id: string;
}

let sent: Sent[] = [];

/** Answers deposits and withdrawals; what came is in `sent`. */
function takes(kind: "deposit" | "withdraw", answer: () => Response): void {
  server.use(
    http.post(`${API}/${kind}`, async ({ request }) => {
      sent.push((await request.json()) as Sent);
      return answer();
    }),
  );
}

async function type(amount: string, kind: "Deposit" | "Withdraw"): Promise<void> {
  const field = await screen.findByLabelText("Amount");
  await userEvent.clear(field);
  await userEvent.type(field, amount);
  await userEvent.click(screen.getByRole("button", { name: kind }));
}

function confirm(): HTMLElement {
  return within(screen.getByRole("dialog")).getByRole("button", { name: /^(Deposit|Withdraw) \$/ });
}

const show = (url = "/account") => renderPage(<AccountPage />, { path: "/account", url });

beforeEach(() => {
  sent = [];
  updateSettings({ zone: "utc", locale: "en-US" });
  server.use(
    http.get(API, () =>
      HttpResponse.json({
        current_balance: "1480.12",
        available_balance: "1480.12",
        held_balance: "0.00",
        currency: "USD",
      }),
    ),
    http.get(`${API}/transactions`, () => HttpResponse.json({ transactions: [ENTRY], next_page_token: "" })),
  );
});

test("a deposit is confirmed, and a double click makes one", async () => {
  takes("deposit", () => HttpResponse.json({ ...ENTRY, transaction_type: "DEPOSIT", amount: "250.00" }));
  await show();
  await type("250", "Deposit");
  expect(await screen.findByText("$1,730.12")).toBeInTheDocument(); // available afterwards
  expect(sent).toEqual([]);

  await userEvent.dblClick(confirm());

  expect(await screen.findByText("$250.00")).toBeInTheDocument();
  expect(sent.map(({ amount }) => amount)).toEqual(["250"]);
  expect(screen.getByLabelText("Amount")).toHaveValue("");
});

test("a deposit without an answer is sent again with the same id, also after a reload", async () => {
  takes("deposit", () => refusal(500, 13, "INTERNAL"));
  await show();
  await type("250", "Deposit");
  await userEvent.click(confirm());
  await screen.findByText("It is not known yet whether your deposit of $250.00 was made.");
  expect(screen.queryByLabelText("Amount")).not.toBeInTheDocument(); // nothing else can be sent meanwhile
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));

  cleanup();
  await show();
  takes("deposit", () => HttpResponse.json({ ...ENTRY, transaction_type: "DEPOSIT", amount: "250.00" }));
  await userEvent.click(await screen.findByRole("button", { name: "Finish the deposit of $250.00" }));
  await screen.findByLabelText("Amount");

  expect(sent.length).toBeGreaterThanOrEqual(3);
  expect(new Set(sent.map(({ request_id }) => request_id)).size).toBe(1);
});

test("a deposit that a rate limit rejected before processing was not made, and the page says so", async () => {
  takes("deposit", () => refusal(429, 8, "RATE_LIMITED"));
  await show();
  await type("250", "Deposit");
  await userEvent.click(confirm());

  expect(await screen.findByText("Nothing was deposited.")).toBeInTheDocument();
  expect(screen.getByText("Too many requests in a short time.")).toBeInTheDocument();
  expect(screen.queryByText(/It is not known/)).not.toBeInTheDocument();
  expect(screen.getByLabelText("Amount")).toHaveValue("250");
});

test("what is reached of the limits is said in words", async () => {
  const message = "withdrawals are limited to 500000.00 USD per day (UTC); lower the amount or wait a day";
  takes("withdraw", () => refusal(400, 9, "DAILY_LIMIT_REACHED", { message }));
  await show("/account?action=withdraw");
  await type("100", "Withdraw");
  await userEvent.click(confirm());

  expect(await screen.findByText("You have reached the daily limit.")).toBeInTheDocument();
  expect(screen.getByText(/Withdrawals are limited to 500000.00 USD per day/)).toBeInTheDocument();
  expect(screen.getByText(/The next day begins .*12:00:00 AM UTC/)).toBeInTheDocument();
  expect(screen.getByLabelText("Amount")).toHaveValue("100");
});

test("Max withdraws all that is available, and more is refused before it is sent", async () => {
  await show("/account?action=withdraw");
  await screen.findByText(/Available: /);
  await userEvent.click(await screen.findByRole("button", { name: "Max" }));
  expect(screen.getByLabelText("Amount")).toHaveValue("1480.12");

  await type("1480.13", "Withdraw");
  expect(await screen.findByText("You have only $1,480.12.")).toBeInTheDocument();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("amounts that cannot be are refused in words", async () => {
  await show();
  await userEvent.click(await screen.findByRole("button", { name: "Deposit" }));
  expect(screen.getByText("Type an amount.")).toBeInTheDocument();
  expect(screen.getByLabelText("Amount")).toHaveFocus();

  await type("0", "Deposit");
  expect(screen.getByText("It must be above zero.")).toBeInTheDocument();
  await type("1000000.01", "Deposit");
  expect(screen.getByText("At most $1,000,000.00 at once.", { selector: "p" })).toBeInTheDocument();
  await type("1.001", "Deposit");
  expect(screen.getByText("At most 2 decimals.")).toBeInTheDocument();
});

test("the ledger has the balance after each entry, and leads to the order", async () => {
  await show();

  const row = (await screen.findByRole("link", { name: "Sale 0.005 BTC" })).closest("tr");
  expect(row).toHaveTextContent("+$480.12");
  expect(row).toHaveTextContent("$1,480.12");
  expect(screen.getByRole("link", { name: "Sale 0.005 BTC" })).toHaveAttribute("href", `/orders/${ENTRY.order_id}`);
});

test("the limits are those of the contract", () => {
  expect(mostAtOnce("deposit")).toBe("1000000.00");
  expect(mostAtOnce("withdraw")).toBe("1000000.00");
  expect(maxWithdrawal("2000000.00")).toBe("1000000.00");
  expect(new Date(nextDayMs(Date.parse("2026-11-30T23:59:59Z"))).toISOString()).toBe("2026-12-01T00:00:00.000Z");
});

test("the usual amounts are written as the locale does", async () => {
  updateSettings({ locale: "de-DE" });
  await show();

  expect(await screen.findByRole("button", { name: /^1\.000\s\$$/ })).toBeVisible();
});
