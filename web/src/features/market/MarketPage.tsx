import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function MarketPage(): ReactNode {
  return (
    <Page title="Market">
      <EmptyState title="Under construction" />
    </Page>
  );
}
