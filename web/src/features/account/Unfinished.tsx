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
  const what = `${kind === "deposit" ? "deposit" : "withdrawal"} of ${money(amount)}`;
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warn">
        It is not known yet whether your {what} was made. Try again: it is the same request, so it is made once.
      </Notice>
      {error === undefined ? (
        <Button variant="primary" onClick={onFinish} isBusy={isBusy}>
          Finish the {what}
        </Button>
      ) : (
        <ErrorState isInline error={error} onRetry={onFinish} isRetrying={isBusy} />
      )}
      <Button variant="quiet" onClick={onForget} isDisabled={isBusy}>
        Do not send it again
      </Button>
      <p className="text-mute text-xs">If you do not send it again, the ledger shows whether it was made.</p>
    </div>
  );
}
