import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";

import { ApiError } from "@/shared/api";
import { signIn, useSession } from "@/shared/session";
import { Notice, Page, Panel, Skeleton, TextLink } from "@/shared/ui";

import { RegisterForm } from "./RegisterForm";
import { SignInForm } from "./SignInForm";
import { useReturn } from "./useReturn";

export function RegisterPage(): ReactNode {
  const { to } = useSearch({ from: "/register" });
  const { status } = useSession();
  const [registered, setRegistered] = useState<string>();
  useReturn(to);

  const enter = async (username: string, password: string): Promise<void> => {
    try {
      await signIn({ username, password, isRemembered: false });
    } catch (error) {
      if (ApiError.from(error).reason !== "LEFT") {
        setRegistered(username); // the account is there: only the sign-in is left
      }
    }
  };
  return (
    <Page title={registered === undefined ? "Register" : "You are registered"} isNarrow>
      <Panel>
        {status === "starting" || status === "signed-in" ? (
          <Skeleton className="h-96" />
        ) : registered === undefined ? (
          <RegisterForm onRegistered={enter} />
        ) : (
          <div className="flex flex-col gap-3">
            <Notice>Your account is open, but the sign-in did not work. Please sign in.</Notice>
            <SignInForm username={registered} />
          </div>
        )}
      </Panel>
      {registered === undefined && (
        <p className="mt-3 text-center">
          Registered already?{" "}
          <TextLink to="/sign-in" search={to === undefined ? {} : { to }}>
            Sign in
          </TextLink>
        </p>
      )}
    </Page>
  );
}
