/** Who tells what becomes of an order: the ticket while it shows it, and the shell afterwards. */

import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import type { ReactNode } from "react";
import { beforeEach, expect, test } from "vitest";

import { isTold } from "@/shared/live";
import { DEFAULTS, updateSettings } from "@/shared/settings";
import { Button, Page } from "@/shared/ui";
import { ASSET, ORDER, serve } from "@/test/orders";
import type { System } from "@/test/orders";
import { renderPage } from "@/test/render";
import { refusal } from "@/test/server";

import { Ticket } from "./Ticket";

const ETHER = { ...ASSET, asset_id: "ETH", name: "Ether" };
const user = userEvent.setup();

beforeEach(() => updateSettings({ ...DEFAULTS, locale: "en-US" }));

function Shown(): ReactNode {
  const [asset, setAsset] = useState(ASSET);
  return (
    <Page title="Trade">
      <Button onClick={() => setAsset(ETHER)}>Trade Ether</Button>
      <Ticket asset={asset} side="BUY" onSide={() => undefined} />
    </Page>
  );
}

async function buy(): Promise<void> {
  await renderPage(<Shown />);
  await user.type(screen.getByRole("textbox"), "100");
  await user.click(screen.getByRole("button", { name: "Buy BTC" }));
  const dialog = await screen.findByRole("dialog", { name: "Buy Bitcoin?" });
  await user.click(within(dialog).getByRole("button", { name: "Buy BTC" }));
}

const isToldByTicket = ({ sent }: System): boolean => isTold({ ...ORDER, request_id: sent[0]?.request_id ?? "" });

test("a pending order is the shell's to tell once another one is begun", async () => {
  const system = serve({ order: { status: "PENDING" } });
  await buy();
  const begin = await screen.findByRole("button", { name: "New order" });
  expect(isToldByTicket(system)).toBe(true);

  await user.click(begin);

  expect(isToldByTicket(system)).toBe(false);
});

test("an order that is not confirmed is the shell's to tell once it is dropped", async () => {
  const system = serve({ failures: [() => refusal(500, 13, "INTERNAL")] });
  await buy();
  const drop = await screen.findByRole("button", { name: "Drop it" });
  expect(isToldByTicket(system)).toBe(true);

  await user.click(drop);

  expect(isToldByTicket(system)).toBe(false);
});

test("a pending order is the shell's to tell once the ticket is of another asset", async () => {
  const system = serve({ order: { status: "PENDING" } });
  await buy();
  await screen.findByRole("button", { name: "New order" });
  expect(isToldByTicket(system)).toBe(true);

  await user.click(screen.getByRole("button", { name: "Trade Ether" }));

  expect(isToldByTicket(system)).toBe(false);
});
