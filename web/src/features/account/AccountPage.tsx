import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Page } from "@/shared/ui";

import { BalancePanel } from "./BalancePanel";
import { Ledger } from "./Ledger";
import { MoneyPanel } from "./MoneyPanel";
import { accountSearch } from "./search";

/** Cash: how much there is, in and out, and every change. */
export function AccountPage(): ReactNode {
  const search = useSearch({ from: "/account" });
  const navigate = useNavigate();
  const change = (more: Record<string, unknown>): void =>
    void navigate({ to: "/account", search: accountSearch({ ...search, ...more }), replace: true });
  return (
    <Page title="Account">
      <div className="grid items-start gap-3 lg:grid-cols-[340px_1fr]">
        <div className="flex flex-col gap-3">
          <BalancePanel />
          <MoneyPanel action={search.action} onAction={(action) => change({ action })} />
        </div>
        <Ledger search={search} onFilter={(filters) => change({ ...filters, page: undefined })} />
      </div>
    </Page>
  );
}
