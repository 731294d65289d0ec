import type { ReactNode } from "react";

import { useConnection, useMarket } from "@/shared/live";
import { PRICE_SOURCE } from "@/shared/ui";

const STATUS = {
  idle: { label: "No live prices on this page", dot: "bg-edge" },
  connecting: { label: "Connecting…", dot: "bg-warn" },
  live: { label: "Live", dot: "bg-good" },
  stale: { label: "Stale", dot: "bg-bad" },
  waiting: { label: "Disconnected", dot: "bg-bad" },
  offline: { label: "Offline", dot: "bg-bad" },
  paused: { label: "Paused", dot: "bg-edge" },
} as const;

export function Footer(): ReactNode {
  const { status } = useConnection();
  const { source } = useMarket();
  const { label, dot } = STATUS[status];
  return (
    <footer className="border-line text-mute mt-4 border-t text-xs">
      <div className="mx-auto flex max-w-[1440px] flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 max-sm:py-1 pointer-coarse:py-1">
        <span className="inline-flex items-center gap-1.5 max-sm:basis-full">
          <span aria-hidden className={`size-2 rounded-full ${dot}`} />
          {label}
        </span>
        <span>{PRICE_SOURCE[source]}</span>
        <span className="ms-auto flex items-center gap-4">
          <span>
            Charts by <NewTabLink href="https://www.tradingview.com/">TradingView</NewTabLink>
          </span>
          <NewTabLink href="/docs">API</NewTabLink>
        </span>
      </div>
    </footer>
  );
}

/** A link out of the page, which stays open with its live prices and what was typed. */
function NewTabLink({ href, children }: { readonly href: string; readonly children: string }): ReactNode {
  return (
    <a
      className="tap-text hover:text-ink justify-center underline pointer-coarse:min-w-11 max-sm:min-w-11"
      href={href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
