import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function TradePage(): ReactNode {
  return (
    <Page title="Trade">
      <EmptyState title="Under construction" />
    </Page>
  );
}
