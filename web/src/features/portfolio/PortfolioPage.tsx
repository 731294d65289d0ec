import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function PortfolioPage(): ReactNode {
  return (
    <Page title="Portfolio">
      <EmptyState title="Under construction" />
    </Page>
  );
}
