import type { ReactNode } from "react";

import { decimal } from "@/shared/numbers";
import { useFormats } from "@/shared/settings";
import { Button, Dialog, Facts, Money } from "@/shared/ui";

import type { Kind } from "./limits";

interface ConfirmMoveProps {
  readonly kind: Kind;
  readonly amount: string;
  readonly available: string | undefined;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before money moves. */
export function ConfirmMove({ kind, amount, available, isBusy, onConfirm, onClose }: ConfirmMoveProps): ReactNode {
  const { money } = useFormats();
  const isDeposit = kind === "deposit";
  const moved = decimal(amount);
  const after = moved && decimal(available)?.plus(isDeposit ? moved : moved.neg());
  return (
    <Dialog
      title={isDeposit ? "Confirm the deposit" : "Confirm the withdrawal"}
      isOpen
      {...(!isBusy && { onClose })}
      actions={
        <>
          <Button variant="quiet" onClick={onClose} isDisabled={isBusy}>
            Back
          </Button>
          <Button variant="primary" onClick={onConfirm} isBusy={isBusy}>
            {isDeposit ? "Deposit" : "Withdraw"} {money(amount)}
          </Button>
        </>
      }
    >
      <Facts
        items={[
          [isDeposit ? "Paid in" : "Paid out", <strong key="amount">{money(amount)}</strong>],
          ["Available now", <Money key="now" value={available} isOwn />],
          ["Available afterwards", <Money key="after" value={after} isOwn />],
        ]}
      />
    </Dialog>
  );
}
