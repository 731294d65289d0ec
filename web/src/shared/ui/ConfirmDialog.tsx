import type { ReactNode } from "react";

import { errorInWords } from "@/shared/api";

import { Button } from "./Button";
import type { Variant } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorState, useSecondsUntil } from "./states";

interface ConfirmProps {
  /** The question: "Halt all trading?" */
  readonly title: string;
  /** What will happen, in words. */
  readonly children: ReactNode;
  /** What the button does: "Halt all trading". */
  readonly action: string;
  readonly variant?: Variant;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  /** Why the last attempt failed. */
  readonly error?: unknown;
  /** Something is still missing; say so in the text. */
  readonly isDisabled?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot simply be undone. It names what will happen, and stays open until it has. */
export function ConfirmDialog({
  title,
  children,
  action,
  variant = "danger",
  isOpen,
  isBusy,
  error,
  isDisabled = false,
  onConfirm,
  onClose,
}: ConfirmProps): ReactNode {
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton
            type="button"
            variant={variant}
            isBusy={isBusy}
            isDisabled={isDisabled}
            error={error}
            onClick={onConfirm}
          >
            {action}
          </SubmitButton>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {children}
        {error !== undefined && <ErrorState isInline error={error} />}
      </div>
    </Dialog>
  );
}

interface SubmitProps {
  readonly children: ReactNode;
  readonly type?: "submit" | "button";
  readonly variant?: Variant;
  readonly isBusy: boolean;
  readonly isDisabled?: boolean;
  /** Why the last attempt failed: while the system asks to wait, the button counts down. */
  readonly error?: unknown;
  readonly isWide?: boolean;
  readonly onClick?: () => void;
}

/** The button of a form. After a refusal by a limit it counts down until the next attempt makes sense. */
export function SubmitButton({
  children,
  type = "submit",
  variant = "primary",
  isBusy,
  isDisabled = false,
  error,
  isWide = false,
  onClick,
}: SubmitProps): ReactNode {
  const seconds = useSecondsUntil(error === undefined ? 0 : errorInWords(error).retryAtMs);
  return (
    <Button
      type={type}
      variant={variant}
      isWide={isWide}
      isBusy={isBusy}
      isDisabled={isDisabled || seconds > 0}
      {...(onClick !== undefined && { onClick })}
    >
      {seconds > 0 ? `Again in ${duration(seconds)}` : children}
    </Button>
  );
}

/** "45 s", "2 min 05 s": limits on wrong passwords grow to minutes. */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
}
