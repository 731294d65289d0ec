import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";

import { DEFAULTS, updateSettings } from "@/shared/settings";
import { Page } from "@/shared/ui";
import { ASSET } from "@/test/orders";
import { renderPage } from "@/test/render";
import { http, HttpResponse, refusal, server } from "@/test/server";

import { AddStock } from "./AddStock";

interface Sent {
  readonly quantity: string;
  readonly request_id: string;
}

let sent: Sent[] = [];
let answers: (() => Response)[] = [];

beforeEach(() => {
  updateSettings({ ...DEFAULTS, locale: "en-US" });
  sent = [];
  answers = [];
  server.use(
    http.post("*/api/v1/admin/assets/BTC\\:restock", async ({ request }) => {
      sent.push((await request.json()) as Sent);
      return answers.shift()?.() ?? HttpResponse.json(ASSET);
    }),
  );
});

const away = (): Response => refusal(500, 13, "INTERNAL");
const show = () =>
  renderPage(
    <Page title="Assets">
      <AddStock asset={ASSET} />
    </Page>,
  );

async function add(quantity: string): Promise<void> {
  await userEvent.type(await screen.findByLabelText("Quantity to add"), quantity);
  await userEvent.click(screen.getByRole("button", { name: "Add to the stock…" }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Add to the stock" }));
}

test("without an answer it is said so, and the same request is sent again, also after a reload", async () => {
  answers = [away, away];
  await show();
  await add("5");
  expect(await screen.findByText("It is not known yet whether 5 BTC were added to the stock.")).toBeVisible();
  expect(screen.queryByLabelText("Quantity to add")).toBeNull(); // nothing else can be sent meanwhile
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("button", { name: "Try again" });

  cleanup();
  await show();
  await userEvent.click(await screen.findByRole("button", { name: "Send it again" }));

  expect(await screen.findByText("The stock of BTC is added.")).toBeVisible();
  expect(await screen.findByLabelText("Quantity to add")).toHaveValue("");
  expect(sent.map(({ quantity }) => quantity)).toEqual(["5", "5", "5"]);
  expect(new Set(sent.map(({ request_id }) => request_id)).size).toBe(1);
});

test("what is given up is another request next time, and asked for anew", async () => {
  answers = [away];
  await show();
  await add("5");
  await userEvent.click(await screen.findByRole("button", { name: "Do not send it again" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByLabelText("Quantity to add")).toHaveValue("");
  await add("7");

  expect(await screen.findByText("The stock of BTC is added.")).toBeVisible();
  expect(sent.map(({ quantity }) => quantity)).toEqual(["5", "7"]);
  expect(new Set(sent.map(({ request_id }) => request_id)).size).toBe(2);
});

test("a refusal stays in the dialog", async () => {
  answers = [() => refusal(400, 3, "INVALID_FIELD")];
  await show();
  await add("5");

  expect(await within(screen.getByRole("dialog")).findByText("Some of the values are not valid.")).toBeVisible();
});
