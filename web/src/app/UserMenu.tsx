import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import type { ReactNode } from "react";

import { $api, errorInWords } from "@/shared/api";
import { signOut } from "@/shared/session";
import { IconButton, Link, toast, UserIcon } from "@/shared/ui";

const ITEM =
  "flex min-h-9 max-md:min-h-11 w-full items-center px-3 text-start no-underline hover:bg-raised focus-inset";

/** Who is signed in; profile and sign-out. */
export function UserMenu(): ReactNode {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const { data } = $api.useQuery("get", "/api/v1/auth/me", {}, { staleTime: 60_000 });
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => close(menu.current), [path]);
  return (
    <div className="relative">
      <IconButton label="Profile and sign-out" popoverTarget={id}>
        <UserIcon size={18} />
      </IconButton>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="border-line bg-panel text-ink shadow-pop fixed inset-auto end-4 top-12 m-0 w-56 rounded-md border py-1 max-md:top-14"
      >
        <p className="border-line text-mute truncate border-b px-3 py-2">
          Signed in as <strong className="text-ink">{data?.username ?? "…"}</strong>
        </p>
        <Link to="/profile" className={ITEM}>
          Profile and settings
        </Link>
        <SignOut />
      </div>
    </div>
  );
}

function SignOut(): ReactNode {
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const leave = (): void => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    signOut()
      .then(() => navigate({ to: "/" }))
      .catch((error: unknown) => toast("bad", `You are still signed in. ${errorInWords(error).text}`))
      .finally(() => setBusy(false));
  };
  return (
    <button type="button" className={ITEM} aria-disabled={isBusy} onClick={leave}>
      Sign out {isBusy && "…"}
    </button>
  );
}

function close(popover: HTMLElement | null): void {
  if (popover?.matches(":popover-open")) {
    popover.hidePopover();
  }
}
