/** Small parts. */

import type { ReactNode } from "react";

import { useStar } from "@/shared/settings";

import { Button, IconButton } from "./Button";
import { InfoIcon, StarFilledIcon, StarIcon, WarningIcon } from "./icons";

export type BadgeTone = "neutral" | "good" | "bad" | "warn" | "accent";

const BADGE: Record<BadgeTone, string> = {
  neutral: "border-line text-mute",
  good: "border-good/50 text-good",
  bad: "border-bad/50 text-bad",
  warn: "border-warn/60 text-warn",
  accent: "border-accent/60 text-accent",
};

/** A word about a state. */
export function Badge({
  tone = "neutral",
  children,
}: {
  readonly tone?: BadgeTone;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span
      className={`inline-flex items-center rounded-sm border px-1.5 text-xs leading-5 font-medium whitespace-nowrap ${BADGE[tone]}`}
    >
      {children}
    </span>
  );
}

/** A remark that stays: within a page or a form. */
export function Notice({
  tone = "info",
  children,
  action,
}: {
  readonly tone?: "info" | "warn";
  readonly children: ReactNode;
  readonly action?: ReactNode;
}): ReactNode {
  const Icon = tone === "warn" ? WarningIcon : InfoIcon;
  return (
    <div
      className={`flex flex-wrap items-center gap-2 rounded-md border px-3 py-2 ${tone === "warn" ? "border-warn/50 bg-warn/8" : "border-line bg-raised"}`}
    >
      <Icon className={tone === "warn" ? "text-warn" : "text-accent"} />
      <div className="min-w-0 flex-1 basis-48">{children}</div>
      {action}
    </div>
  );
}

/** The star of an asset: those with one are the watchlist. */
export function Star({ assetId }: { readonly assetId: string }): ReactNode {
  const [isStarred, toggle] = useStar(assetId);
  return (
    <IconButton
      isSmall
      label={`Watch ${assetId}`}
      aria-pressed={isStarred}
      onClick={toggle}
      {...(isStarred && { tone: "text-warn" })}
    >
      {isStarred ? <StarFilledIcon /> : <StarIcon />}
    </IconButton>
  );
}

interface PaginationProps {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
  /** "50 orders". */
  readonly shown: string;
}

/** The end of a list that comes in pages. */
export function Pagination({ hasMore, isLoading, onMore, shown }: PaginationProps): ReactNode {
  return (
    <div className="border-line text-mute flex min-h-12 items-center justify-between gap-2 border-t px-3 py-1">
      <span role="status">{shown}</span>
      {hasMore ? (
        <Button onClick={onMore} isBusy={isLoading}>
          Show more
        </Button>
      ) : (
        <span>That is all.</span>
      )}
    </div>
  );
}

/** Names and values, such as the facts of an order. */
export function Facts({
  items,
}: {
  readonly items: readonly (readonly [name: string, value: ReactNode])[];
}): ReactNode {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      {items.map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid items-baseline">
          <dt className="text-mute">{name}</dt>
          <dd className="min-w-0 text-end break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
