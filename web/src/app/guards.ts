/** Who may see a page. The services decide what anybody may do; this only avoids pages that could show nothing. */

import { redirect } from "@tanstack/react-router";

import { ApiError } from "@/shared/api";
import { sessionKnown } from "@/shared/session";

interface Going {
  readonly location: { readonly href: string };
}

/** Lets users pass; visitors sign in first, and then come back. */
export async function requireUser({ location }: Going): Promise<void> {
  const session = await sessionKnown();
  if (session.status === "unreachable") {
    throw session.error;
  }
  if (session.status === "signed-out") {
    throw redirect({ to: "/sign-in", search: { to: location.href } });
  }
}

export async function requireAdmin(going: Going): Promise<void> {
  await requireUser(going);
  const session = await sessionKnown();
  if ((session.status === "signed-in" || session.status === "ended") && !session.user.isAdmin) {
    throw new ApiError("PERMISSION_DENIED", "ROLE_REQUIRED", "only administrators");
  }
}
