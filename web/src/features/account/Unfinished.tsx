import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

import type { ApiError } from "@/shared/api";
import { useFormats } from "@/shared/settings";
import { Button, ErrorState, Notice } from "@/shared/ui";

import type { Kind } from "./limits";

interface UnfinishedProps {
  readonly kind: Kind;
  readonly amount: string;
  /** Why its outcome is not known; undefined after a reload. */
  readonly error: ApiError | undefined;
  readonly isBusy: boolean;
  readonly onFinish: () => void;
  readonly onForget: () => void;
}

/** A request without an answer: it is sent again as it was, so that it takes effect once. */
export function Unfinished({ kind, amount, error, isBusy, onFinish, onForget }: UnfinishedProps): ReactNode {
  const { money } = useFormats();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error !== undefined) {
      box.current?.focus(); // the form that had it is gone
    }
  }, [error]);
  const kindWord = kind === "deposit" ? "deposit" : "withdrawal";
  const what = `${kindWord} of ${money(amount)}`;
  const title = `It is not known yet whether your ${what} was made.`;
  return (
    <div ref={box} tabIndex={-1} className="flex flex-col gap-3">
      {error === undefined ? (
        <>
          <Notice tone="warn">{title}</Notice>
          <Button variant="primary" onClick={onFinish} isBusy={isBusy}>
            Finish the {what}
          </Button>
        </>
      ) : (
        <ErrorState isInline title={title} error={error} onRetry={onFinish} isRetrying={isBusy} />
      )}
      <p className="text-mute text-sm">The same request is sent again, so that the {kindWord} is made once.</p>
      <Button variant="quiet" onClick={onForget} isDisabled={isBusy}>
        Do not send it again
      </Button>
      <p className="text-mute text-sm">The ledger then shows whether it was made.</p>
    </div>
  );
}
