import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function AssetsPage(): ReactNode {
  return (
    <Page title="Assets">
      <EmptyState title="Under construction" />
    </Page>
  );
}
