import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { expect, test, vi } from "vitest";

import { Page } from "@/shared/ui";
import { asset } from "@/test/market";
import { renderPage } from "@/test/render";
import { http, HttpResponse, server } from "@/test/server";

import { CreateAssetDialog } from "./CreateAssetDialog";
import { EditAsset } from "./EditAsset";
import { SetPrice } from "./SetPrice";

const show = (form: ReactNode) => renderPage(<Page title="Assets">{form}</Page>);
const field = (name: string) => screen.getByRole("textbox", { name });

/** Renders a form, types into its fields, and renders it as after a reload. */
async function reloaded(form: ReactNode, fields: Record<string, string>): Promise<void> {
  const { unmount } = await show(form);
  for (const [name, text] of Object.entries(fields)) {
    await userEvent.clear(field(name));
    await userEvent.type(field(name), text);
  }
  unmount();
  await show(form);
  for (const [name, text] of Object.entries(fields)) {
    expect(field(name)).toHaveValue(text);
  }
}

test("what is typed about a new asset survives a reload", async () => {
  const form = <CreateAssetDialog onClose={vi.fn()} onCreated={vi.fn()} />;
  await reloaded(form, { Symbol: "NEW", "Price of one unit": "1.5", Name: "New coin", "Smallest order": "5.00" });
});

test("another price survives a reload", async () => {
  await reloaded(<SetPrice asset={asset("BTC")} />, { "New price of one unit": "12.5" });
});

test("other rules survive a reload, and not their success", async () => {
  const before = asset("BTC");
  server.use(http.patch("/api/v1/admin/assets/BTC", () => HttpResponse.json({ ...before, name: "Bit" })));
  await reloaded(<EditAsset asset={before} />, { Name: "Bit", "Largest order": "5000" });

  await userEvent.click(screen.getByRole("button", { name: "Save…" }));
  await userEvent.click(await screen.findByRole("button", { name: "Change BTC" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(window.sessionStorage.getItem("cnop.draft.admin.edit.BTC")).toBeNull();
});
