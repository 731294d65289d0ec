import type { ReactNode } from "react";

import { Choice, Panel } from "@/shared/ui";

import type { Kind } from "./limits";
import { MoneyForm } from "./MoneyForm";
import { useMove } from "./useMove";

interface MoneyPanelProps {
  readonly action: Kind | undefined;
  readonly onAction: (action: Kind) => void;
}

/** Pays in or out. A request without an answer comes first. */
export function MoneyPanel({ action, onAction }: MoneyPanelProps): ReactNode {
  const deposit = useMove("deposit");
  const withdrawal = useMove("withdraw");
  const isOpen = deposit.unfinished === undefined && withdrawal.unfinished !== undefined;
  const kind = action ?? (isOpen ? "withdraw" : "deposit");
  return (
    <Panel title="Deposit and withdraw">
      <div className="flex flex-col gap-3">
        <Choice
          label="What to do"
          options={[
            { value: "deposit", label: "Deposit" },
            { value: "withdraw", label: "Withdraw" },
          ]}
          value={kind}
          onChange={onAction}
        />
        <MoneyForm key={kind} kind={kind} move={kind === "deposit" ? deposit : withdrawal} />
      </div>
    </Panel>
  );
}
