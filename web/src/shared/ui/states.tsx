/** What a page shows while it waits, when there is nothing, and when something failed. */

import type { ReactNode } from "react";

import { errorInWords } from "@/shared/api";
import { useNow } from "@/shared/lib";

import { Button } from "./Button";
import { CopyButton } from "./CopyButton";
import { WarningIcon } from "./icons";

/**
 * A place that is still empty, of its final size: give it a height and a width by classes. By `data-skeleton` others
 * know that the page is on its way: see styles/base.css.
 */
export function Skeleton({ className = "h-4 w-full" }: { readonly className?: string }): ReactNode {
  return <span aria-hidden data-skeleton className={`bg-raised animate-breathe block rounded-md ${className}`} />;
}

/** Rows of a table that is on its way. */
export function SkeletonRows({
  count,
  height = "h-8",
}: {
  readonly count: number;
  readonly height?: string;
}): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-1 p-3">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className={`${height} w-full`} />
      ))}
    </div>
  );
}

/** A dense table with headings that is on its way, of its final height. */
export function TableSkeleton({
  rowCount,
  className = "",
}: {
  readonly rowCount: number;
  /** Classes of its rows, for another height. */
  readonly className?: string;
}): ReactNode {
  return (
    <div role="status" aria-label="Loading">
      <div className="border-line h-[35px] border-b" />
      {Array.from({ length: rowCount }, (_, index) => (
        <div
          key={index}
          className={`tap border-line/60 box-content flex items-center border-b px-3 py-px last:border-b-0 ${className}`}
        >
          <Skeleton />
        </div>
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly text?: ReactNode;
  /** The next action, a Button or ButtonLink. */
  readonly action?: ReactNode;
}

/** There is nothing yet: says so, and what to do next. */
export function EmptyState({ title, text, action }: EmptyProps): ReactNode {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-8 text-center">
      <p className="font-semibold">{title}</p>
      {text !== undefined && <p className="text-mute max-w-[48ch]">{text}</p>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}

interface ErrorProps {
  readonly error: unknown;
  /** What could not be done: "Your orders could not be loaded." */
  readonly title?: string;
  readonly onRetry?: () => void;
  readonly isRetrying?: boolean;
  /** Within a form or a panel, not in place of it. */
  readonly isInline?: boolean;
}

/** An error in words, with Try again, a countdown where the system asks to wait, and the request id. */
export function ErrorState({ error, title, onRetry, isRetrying = false, isInline = false }: ErrorProps): ReactNode {
  const { text, detail, requestId, retryAtMs } = errorInWords(error);
  const box = isInline ? "border-bad/50 bg-bad/8 rounded-md border p-3" : "items-center px-4 py-8 text-center";
  return (
    <div role="alert" className={`flex flex-col gap-2 ${box}`}>
      <p className="font-semibold">
        <WarningIcon className="text-bad me-1 inline align-[-3px]" />
        {title ?? text}
      </p>
      {title !== undefined && <p>{text}</p>}
      {detail !== "" && <p className="text-mute max-w-[64ch]">{detail}</p>}
      {onRetry !== undefined && (
        <div aria-live="off">
          <Retry retryAtMs={retryAtMs} onRetry={onRetry} isRetrying={isRetrying} />
        </div>
      )}
      {requestId !== "" && <RequestId id={requestId} />}
    </div>
  );
}

/** Try again; while the system asks to wait, it counts down: where it stands must not be announced with each second. */
function Retry({
  retryAtMs,
  onRetry,
  isRetrying,
}: {
  readonly retryAtMs: number;
  readonly onRetry: () => void;
  readonly isRetrying: boolean;
}): ReactNode {
  const seconds = useSecondsUntil(retryAtMs);
  return (
    <Button onClick={onRetry} isBusy={isRetrying} isDisabled={seconds > 0}>
      {seconds > 0 ? `Try again in ${seconds} s` : "Try again"}
    </Button>
  );
}

/** The whole seconds until a time, 0 when it has passed. */
export function useSecondsUntil(timeMs: number): number {
  const now = useNow(timeMs > 0 ? 250 : 60_000);
  return Math.max(0, Math.ceil((timeMs - now) / 1000));
}

/** "in 12 s", for a limit that ends. Shows nothing when the time has come. Screen readers do not say each second. */
export function Countdown({
  untilMs,
  prefix = "in",
}: {
  readonly untilMs: number;
  readonly prefix?: string;
}): ReactNode {
  const seconds = useSecondsUntil(untilMs);
  return seconds > 0 ? (
    <span role="timer" aria-live="off">
      {prefix} {seconds} s
    </span>
  ) : null;
}

/** The id of a request, to be told to support. */
export function RequestId({ id }: { readonly id: string }): ReactNode {
  return (
    <p className="text-mute inline-flex max-w-full items-center gap-1 text-xs">
      <span className="min-w-0">
        Request <code className="font-mono break-all">{id}</code>
      </span>
      <CopyButton text={id} label="Copy the request id" />
    </p>
  );
}
