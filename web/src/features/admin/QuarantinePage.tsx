import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function QuarantinePage(): ReactNode {
  return (
    <Page title="Orders in quarantine">
      <EmptyState title="Under construction" />
    </Page>
  );
}
