import type { ReactNode } from "react";

import { decimal } from "@/shared/numbers";
import { ButtonLink, CheckIcon, Money, Panel } from "@/shared/ui";

/** What somebody who has just registered does next: deposit, then buy. */
export function FirstSteps({ cash }: { readonly cash: string | undefined }): ReactNode {
  const hasCash = decimal(cash)?.gt(0) ?? false;
  return (
    <Panel title="Your first order in two steps" className="col-span-full min-h-58">
      <ol className="grid grid-cols-2 gap-6 py-4 max-sm:grid-cols-1">
        <Step number={1} title="Deposit" isDone={hasCash}>
          {hasCash ? (
            <p className="text-mute">
              <Money value={cash} isOwn /> is in your account.
            </p>
          ) : (
            <>
              <p className="text-mute mb-2">Put dollars into your account. They are there at once.</p>
              <ButtonLink to="/account" variant="primary">
                Deposit
              </ButtonLink>
            </>
          )}
        </Step>
        <Step number={2} title="Buy" isDone={false}>
          <p className="text-mute mb-2">
            Choose an asset and an amount. You see the worst price and the fee before you confirm.
          </p>
          <ButtonLink to="/assets" variant={hasCash ? "primary" : "plain"}>
            Choose an asset
          </ButtonLink>
        </Step>
      </ol>
    </Panel>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
}

function Step({ number, title, isDone, children }: StepProps): ReactNode {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className={`flex size-7 shrink-0 items-center justify-center rounded-full border font-semibold ${isDone ? "border-good text-good" : "border-edge"}`}
      >
        {isDone ? <CheckIcon /> : number}
      </span>
      <div>
        <h3 className="min-h-7 leading-7">
          {title}
          {isDone && <span className="sr-only"> (done)</span>}
        </h3>
        {children}
      </div>
    </li>
  );
}
