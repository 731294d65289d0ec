import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Page, Panel, TextLink } from "@/shared/ui";

import { SignInForm } from "./SignInForm";

export function SignInPage(): ReactNode {
  const { to } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  return (
    <Page title="Sign in" isNarrow>
      <Panel>
        <SignInForm onDone={() => void navigate({ href: to ?? "/" })} />
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
