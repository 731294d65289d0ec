import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function AdminAssetsPage(): ReactNode {
  return (
    <Page title="Assets and trading">
      <EmptyState title="Under construction" />
    </Page>
  );
}
