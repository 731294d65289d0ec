import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function UsersPage(): ReactNode {
  return (
    <Page title="Users">
      <EmptyState title="Under construction" />
    </Page>
  );
}
