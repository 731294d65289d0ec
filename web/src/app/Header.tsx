import { useRouterState } from "@tanstack/react-router";
import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";

import { useSession, useUser } from "@/shared/session";
import { updateSettings, useSettings } from "@/shared/settings";
import { ButtonLink, EyeIcon, EyeOffIcon, IconButton, Link, MenuIcon, Skeleton } from "@/shared/ui";

import { Logo } from "./Logo";
import { UserMenu } from "./UserMenu";

const VISITOR = [
  { to: "/", label: "Market" },
  { to: "/assets", label: "Assets" },
] as const;
const USER = [
  { to: "/", label: "Dashboard" },
  { to: "/assets", label: "Assets" },
  { to: "/portfolio", label: "Portfolio" },
  { to: "/orders", label: "Orders" },
  { to: "/account", label: "Account" },
] as const;
const ADMIN = [{ to: "/admin/quarantine", label: "Admin" }] as const;

export function Header(): ReactNode {
  const user = useUser();
  const links = [...(user === undefined ? VISITOR : USER), ...(user?.isAdmin ? ADMIN : [])];
  return (
    <header className="border-line bg-panel sticky top-0 z-10 border-b">
      <div className="mx-auto flex h-12 max-w-[1440px] items-center gap-1 px-4 max-sm:h-14 max-sm:px-3">
        <Link
          to="/"
          aria-label="cnop, start page"
          className="tap me-3 flex items-center gap-2 rounded-md font-semibold no-underline"
        >
          <Logo /> cnop
        </Link>
        <nav aria-label="Main" className="flex h-full items-stretch max-md:hidden">
          {links.map((link) => (
            <NavLink key={link.to} {...link} />
          ))}
        </nav>
        <div className="ms-auto flex items-center gap-1">
          <Tools />
          <NarrowMenu links={links} />
        </div>
      </div>
    </header>
  );
}

type NavLinkProps = (typeof VISITOR)[number] | (typeof USER)[number] | (typeof ADMIN)[number];

function NavLink({ to, label }: NavLinkProps): ReactNode {
  // The link of administrators leads to one of several pages.
  const isAdmins = useRouterState({ select: ({ location }) => location.pathname.startsWith("/admin/") });
  return (
    <Link
      to={to}
      aria-current={to === ADMIN[0].to && isAdmins ? "page" : undefined}
      activeOptions={{ exact: to === "/" }}
      className="text-mute hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink focus-inset flex items-center border-b-2 border-transparent px-3 font-medium no-underline max-md:min-h-11 max-md:border-s-2 max-md:border-b-0"
    >
      {label}
    </Link>
  );
}

function Tools(): ReactNode {
  const { status } = useSession();
  const user = useUser();
  if (status === "starting") {
    return <Skeleton className="h-7 w-36" />;
  }
  return user === undefined ? (
    <>
      <ButtonLink to="/sign-in" variant="quiet">
        Sign in
      </ButtonLink>
      <ButtonLink to="/register" variant="primary">
        Register
      </ButtonLink>
    </>
  ) : (
    <>
      <HideAmounts />
      <UserMenu />
    </>
  );
}

function HideAmounts(): ReactNode {
  const { hidesAmounts } = useSettings();
  return (
    <IconButton
      label="Hide my amounts"
      aria-pressed={hidesAmounts}
      onClick={() => updateSettings({ hidesAmounts: !hidesAmounts })}
    >
      {hidesAmounts ? <EyeOffIcon /> : <EyeIcon />}
    </IconButton>
  );
}

/** The navigation of narrow screens. */
function NarrowMenu({ links }: { readonly links: readonly NavLinkProps[] }): ReactNode {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    if (menu.current?.matches(":popover-open")) {
      menu.current.hidePopover();
    }
  }, [path]);
  return (
    <div className="md:hidden">
      <IconButton label="Menu" popoverTarget={id}>
        <MenuIcon size={20} />
      </IconButton>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="border-line bg-panel text-ink shadow-pop fixed inset-auto end-2 top-14 m-0 w-56 rounded-md border py-1"
      >
        <nav aria-label="Main, narrow" className="flex flex-col">
          {links.map((link) => (
            <NavLink key={link.to} {...link} />
          ))}
        </nav>
      </div>
    </div>
  );
}
