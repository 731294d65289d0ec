import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function ProfilePage(): ReactNode {
  return (
    <Page title="Profile">
      <EmptyState title="Under construction" />
    </Page>
  );
}
