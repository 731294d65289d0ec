import type { ReactNode } from "react";

import { startSession, useSession } from "@/shared/session";
import { ButtonLink, ErrorState, Panel } from "@/shared/ui";

/** In place of the ticket, for those who are not signed in. */
export function VisitorPanel({ assetId, name }: { readonly assetId: string; readonly name: string }): ReactNode {
  const session = useSession();
  const search = { to: `/trade/${assetId}` };
  if (session.status === "unreachable") {
    return (
      <Panel title={`Trade ${assetId}`}>
        <ErrorState
          isInline
          title="We could not check whether you are signed in."
          error={session.error}
          onRetry={() => void startSession()}
        />
      </Panel>
    );
  }
  return (
    <Panel title={`Trade ${assetId}`}>
      <p className="mb-3">Sign in to buy and sell {name}. A new account takes a minute.</p>
      <div className="flex flex-col gap-2">
        <ButtonLink to="/register" search={search} variant="primary" isWide>
          Register
        </ButtonLink>
        <ButtonLink to="/sign-in" search={search} isWide>
          Sign in
        </ButtonLink>
      </div>
    </Panel>
  );
}
