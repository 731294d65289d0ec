import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function HousePage(): ReactNode {
  return (
    <Page title="The house">
      <EmptyState title="Under construction" />
    </Page>
  );
}
