import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function OrderPage(): ReactNode {
  return (
    <Page title="Order">
      <EmptyState title="Under construction" />
    </Page>
  );
}
