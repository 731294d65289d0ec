import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import { Link } from "@/shared/ui";

/** A user by the id: the first part of it, with a link to what happened to the user. */
export function Person({ userId }: { readonly userId: string }): ReactNode {
  if (userId === "" || userId === "operator") {
    return userId === "" ? "—" : "Operator";
  }
  return (
    <Link
      to="/admin/audit"
      search={{ userId }}
      title={userId}
      className="tap-text text-accent font-mono text-xs underline"
    >
      {userId.slice(0, 8)}
    </Link>
  );
}

/** The name of a user, and the id. */
export function NamedPerson({ userId }: { readonly userId: string }): ReactNode {
  return (
    <>
      <PersonName userId={userId} /> <code className="font-mono text-xs break-all">{userId}</code>
    </>
  );
}

/** The name of a user, which takes a call; nothing until it is known. */
export function PersonName({ userId }: { readonly userId: string }): ReactNode {
  const { data } = $api.useQuery(
    "get",
    "/api/v1/admin/users/{user_id}",
    { params: { path: { user_id: userId } } },
    { staleTime: 60_000 },
  );
  return <strong>{data?.profile?.username ?? "\u00a0"}</strong>;
}
