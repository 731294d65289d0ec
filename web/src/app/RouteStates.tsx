/** What is shown in place of a page. */

import { useRouter } from "@tanstack/react-router";
import type { ErrorComponentProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { ApiError } from "@/shared/api";
import { startSession } from "@/shared/session";
import { ButtonLink, EmptyState, ErrorState, Page, Skeleton } from "@/shared/ui";

export function PagePending(): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="mx-auto w-full max-w-[1440px] px-4 py-4">
      <Skeleton className="mb-4 h-7 w-48" />
      <Skeleton className="h-[60vh] w-full max-sm:h-dvh" />
    </div>
  );
}

export function NotFound(): ReactNode {
  return (
    <Page title="No such page">
      <EmptyState
        title="There is nothing at this address."
        text="The link may be old, or mistyped."
        action={
          <ButtonLink to="/" variant="primary">
            Go to the start
          </ButtonLink>
        }
      />
    </Page>
  );
}

function ForAdministrators(): ReactNode {
  return (
    <Page title="For administrators only">
      <EmptyState
        title="Your account does not have the role that this page needs."
        text="If you administer this system, sign in with the account that has it."
        action={
          <ButtonLink to="/" variant="primary">
            Go to the start
          </ButtonLink>
        }
      />
    </Page>
  );
}

export function RouteError({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  const retry = (): void => {
    if (!(error instanceof ApiError)) {
      window.location.reload(); // a file of the page is missing, or it has a fault: what is in memory does not help
      return;
    }
    reset();
    void startSession().then(() => router.invalidate());
  };
  if (ApiError.from(error).reason === "ROLE_REQUIRED") {
    return <ForAdministrators />;
  }
  return (
    <Page title="This page cannot be shown">
      <ErrorState error={error} onRetry={retry} />
    </Page>
  );
}
