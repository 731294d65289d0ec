import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function AuditPage(): ReactNode {
  return (
    <Page title="Audit trail">
      <EmptyState title="Under construction" />
    </Page>
  );
}
