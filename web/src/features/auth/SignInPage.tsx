import { useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { startSession, useSession } from "@/shared/session";
import { ErrorState, Page, Panel, Skeleton, TextLink } from "@/shared/ui";

import { SignInForm } from "./SignInForm";
import { useReturn } from "./useReturn";

export function SignInPage(): ReactNode {
  const { to } = useSearch({ from: "/sign-in" });
  const session = useSession();
  useReturn(to);
  return (
    <Page title="Sign in" isNarrow {...(to !== undefined && { lead: "Sign in to go on to the page you asked for." })}>
      <Panel>
        {session.status === "starting" || session.status === "signed-in" ? (
          <Skeleton className="h-56" />
        ) : session.status === "unreachable" ? (
          <ErrorState error={session.error} onRetry={() => void startSession()} />
        ) : (
          <SignInForm />
        )}
      </Panel>
      <p className="mt-3 text-center">
        New here?{" "}
        <TextLink to="/register" search={to === undefined ? {} : { to }}>
          Register
        </TextLink>
      </p>
    </Page>
  );
}
