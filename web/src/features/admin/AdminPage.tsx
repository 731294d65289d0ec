import type { ReactNode } from "react";

import { Link, Page } from "@/shared/ui";

const PAGES = [
  { to: "/admin/quarantine", label: "Quarantine" },
  { to: "/admin/users", label: "Users" },
  { to: "/admin/assets", label: "Assets" },
  { to: "/admin/house", label: "House" },
  { to: "/admin/audit", label: "Audit" },
] as const;

interface AdminPageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of the pages of administrators: links to the others above the content. */
export function AdminPage({ title, lead, actions, children }: AdminPageProps): ReactNode {
  return (
    <Page title={title} tabTitle={`${title} · Admin`} lead={lead} actions={actions}>
      <nav
        aria-label="Administration"
        className="border-line -mt-1 mb-4 flex gap-1 overflow-x-auto max-sm:gap-0 border-b"
      >
        {PAGES.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            className="tap focus-inset text-mute hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink -mb-px flex items-center border-b-2 border-transparent px-3 max-sm:px-2 font-medium whitespace-nowrap no-underline"
          >
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
