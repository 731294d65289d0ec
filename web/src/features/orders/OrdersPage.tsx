import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function OrdersPage(): ReactNode {
  return (
    <Page title="Orders">
      <EmptyState title="Under construction" />
    </Page>
  );
}
