import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";

import { useSession } from "@/shared/session";

import { ownPath } from "./search";

/** Goes to the page that was asked for as soon as somebody is signed in, perhaps in another tab. */
export function useReturn(to: string | undefined): void {
  const { status } = useSession();
  const navigate = useNavigate();
  useEffect(() => {
    if (status === "signed-in") {
      void navigate({ href: ownPath(to ?? "/") ?? "/", replace: true }); // checked where it counts, whatever came before
    }
  }, [status, to, navigate]);
}
