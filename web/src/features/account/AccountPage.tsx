import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function AccountPage(): ReactNode {
  return (
    <Page title="Account">
      <EmptyState title="Under construction" />
    </Page>
  );
}
