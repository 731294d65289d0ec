import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function DashboardPage(): ReactNode {
  return (
    <Page title="Dashboard">
      <EmptyState title="Under construction" />
    </Page>
  );
}
