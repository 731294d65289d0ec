import { useSession } from "./session";
import type { User } from "./wire";

/** Who is signed in, also while a sign-in dialog is over the page; undefined for visitors. */
export function useUser(): User | undefined {
  const session = useSession();
  return session.status === "signed-in" || session.status === "ended" ? session.user : undefined;
}
