import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

let isFirstPage = true;

interface PageProps {
  /** The heading, and the title of the tab. */
  readonly title: string;
  /** The title of the tab, if it says more, for example a price. */
  readonly tabTitle?: string;
  /** Buttons beside the heading. */
  readonly actions?: ReactNode;
  /** What stands beside the heading, such as a status. */
  readonly badge?: ReactNode;
  /** What stands below the heading. */
  readonly lead?: ReactNode;
  readonly isNarrow?: boolean;
  /** Whether the heading is only for screen readers, because the page shows another. */
  readonly isTitleHidden?: boolean;
  readonly children: ReactNode;
}

/** The frame of every page: its title, its one h1, and the focus on it after a change of the page. */
export function Page({
  title,
  tabTitle,
  actions,
  badge,
  lead,
  isNarrow = false,
  isTitleHidden = false,
  children,
}: PageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirstPage) {
      heading.current?.focus({ preventScroll: true });
    }
    isFirstPage = false;
  }, []);
  return (
    <div className={`mx-auto w-full px-4 py-4 max-sm:px-3 ${isNarrow ? "max-w-[480px]" : "max-w-[1440px]"}`}>
      <title>{`${tabTitle ?? title} · cnop`}</title>
      <div className={isTitleHidden ? "" : "mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2"}>
        <div>
          <div className="flex flex-wrap items-center gap-x-3">
            <h1 ref={heading} tabIndex={-1} className={isTitleHidden ? "sr-only" : ""}>
              {title}
            </h1>
            {badge}
          </div>
          {lead !== undefined && <div className="text-mute mt-1">{lead}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

interface PanelProps {
  readonly title?: string;
  readonly actions?: ReactNode;
  /** Without padding, for a table. */
  readonly isFlush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A box of a page, with a heading. */
export function Panel({ title, actions, isFlush = false, className = "", children }: PanelProps): ReactNode {
  return (
    <section className={`border-line bg-panel rounded-md border ${className}`} aria-label={title}>
      {title !== undefined && (
        <div className="border-line flex min-h-10 items-center justify-between gap-2 border-b px-3 py-1">
          <h2>{title}</h2>
          {actions}
        </div>
      )}
      <div className={isFlush ? "" : "p-3"}>{children}</div>
    </section>
  );
}
