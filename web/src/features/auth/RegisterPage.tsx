import type { ReactNode } from "react";

import { EmptyState, Page } from "@/shared/ui";

export function RegisterPage(): ReactNode {
  return (
    <Page title="Register">
      <EmptyState title="Under construction" />
    </Page>
  );
}
