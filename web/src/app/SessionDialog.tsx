import { lazy, Suspense } from "react";
import type { ReactNode } from "react";

import { errorInWords, queryClient } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { leave, useSession } from "@/shared/session";
import { Button, Dialog, Skeleton } from "@/shared/ui";

const SignInForm = lazy(async () => ({ default: (await import("@/features/auth/SignInForm")).SignInForm }));

/** The sign-in over the page, when the session ends under it. What the page was doing goes on afterwards. */
export function SessionDialog(): ReactNode {
  const session = useSession();
  if (session.status !== "ended") {
    return null;
  }
  const profile = queryClient.getQueryData<Schemas["Profile"]>(["get", "/api/v1/auth/me", {}]);
  return (
    <Dialog title="Your session has ended" isOpen>
      <p className="mb-3">
        {session.error.reason === "ACCOUNT_DISABLED"
          ? errorInWords(session.error).text
          : "Sign in to continue where you were. Nothing you have typed is lost."}
      </p>
      <Suspense fallback={<Skeleton className="h-48" />}>
        <SignInForm username={profile?.username} />
      </Suspense>
      <Button variant="quiet" isWide className="mt-2" onClick={() => leave()}>
        Leave
      </Button>
    </Dialog>
  );
}
