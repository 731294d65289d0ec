import { useEffect, useRef, useState } from "react";
import type { ReactNode, RefObject } from "react";

import { $api } from "@/shared/api";
import type { ApiError, IntentionHandle } from "@/shared/api";
import { useDraft } from "@/shared/lib";
import { useFormats, useLocale, useOwnFormats } from "@/shared/settings";
import { AmountField, Button, ErrorState, Money, TextLink, toast, typed, useAmount } from "@/shared/ui";

import { ConfirmMove } from "./ConfirmMove";
import { maxWithdrawal, mostAtOnce, nextDayMs, problemWith } from "./limits";
import type { Kind } from "./limits";
import type { Transaction } from "./queries";
import { Unfinished } from "./Unfinished";
import { refreshCash } from "./useMove";
import type { Move } from "./useMove";

interface MoneyFormProps {
  readonly kind: Kind;
  readonly move: IntentionHandle<Move, Transaction>;
}

/** An amount, a look at what it does, and then one deposit or withdrawal. */
export function MoneyForm({ kind, move }: MoneyFormProps): ReactNode {
  const [text, setText, clear] = useDraft(`money.${kind}`, "");
  const amount = useAmount({ decimals: 2, state: [text, setText] });
  const [step, setStep] = useState<"form" | "asked" | "confirm">("form");
  const field = useRef<HTMLInputElement>(null);
  const formats = useFormats();
  const own = useOwnFormats();
  const available = $api.useQuery("get", "/api/v1/balance").data?.available_balance;
  const { outcome, unfinished } = move;
  const isBusy = outcome.state === "busy";
  const problem = amount.value === undefined ? undefined : problemWith(kind, amount.value, available, formats, own);
  const empty = amount.parsed.kind === "empty" && step === "asked" ? "Type an amount." : undefined;

  const ask = (): void => {
    const isGood = amount.value !== undefined && problem === undefined;
    setStep(isGood ? "confirm" : "asked");
    if (!isGood) {
      field.current?.focus();
    }
  };
  const send = async (body: Move): Promise<void> => {
    const entry = await move.run(body);
    setStep("form");
    if (entry !== undefined) {
      clear();
      toast("good", <Done kind={kind} amount={body.amount} />);
    }
    await refreshCash();
  };

  useFocusOf(field, unfinished === undefined);

  if (unfinished !== undefined && step !== "confirm") {
    const error = outcome.state === "unknown" ? outcome.error : undefined;
    return (
      <Unfinished
        kind={kind}
        amount={unfinished.amount}
        error={error}
        isBusy={isBusy}
        onFinish={() => void send(unfinished)}
        onForget={move.forget}
      />
    );
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <AmountField
        ref={field}
        label="Amount"
        unit="USD"
        amount={amount}
        error={empty ?? problem}
        hint={<Limit kind={kind} available={available} />}
      />
      <Shortcuts kind={kind} available={available} onChoose={setText} />
      {outcome.state === "failed" && <Refused kind={kind} error={outcome.error} />}
      <Button type="submit" variant="primary" isWide>
        {kind === "deposit" ? "Deposit" : "Withdraw"}
      </Button>
      {step === "confirm" && amount.value !== undefined && (
        <ConfirmMove
          kind={kind}
          amount={amount.value}
          available={available}
          isBusy={isBusy}
          onConfirm={() => void send({ amount: amount.value ?? "" })}
          onClose={() => setStep("form")}
        />
      )}
    </form>
  );
}

/** Focuses a field when it is back and nothing else has the focus. */
function useFocusOf(field: RefObject<HTMLInputElement | null>, isBack: boolean): void {
  const was = useRef(isBack);
  useEffect(() => {
    if (isBack && !was.current && document.activeElement === document.body) {
      field.current?.focus();
    }
    was.current = isBack;
  }, [field, isBack]);
}

function Limit({ kind, available }: { readonly kind: Kind; readonly available: string | undefined }): ReactNode {
  const { money } = useFormats();
  const most = mostAtOnce(kind);
  return (
    <>
      {kind === "withdraw" && (
        <>
          Available: <Money value={available} isOwn />.{" "}
        </>
      )}
      {most !== undefined && `At most ${money(most)} at once.`}
    </>
  );
}

const USUAL = ["100", "1000", "10000"];

/** Amounts by one click. */
function Shortcuts({
  kind,
  available,
  onChoose,
}: {
  readonly kind: Kind;
  readonly available: string | undefined;
  readonly onChoose: (text: string) => void;
}): ReactNode {
  const locale = useLocale();
  const { wholeMoney } = useFormats();
  if (kind === "withdraw") {
    return (
      <Button
        isDisabled={available === undefined}
        onClick={() => onChoose(typed(maxWithdrawal(available ?? ""), locale))}
      >
        Max
      </Button>
    );
  }
  return (
    <div className="grid grid-cols-3 gap-2">
      {USUAL.map((amount) => (
        <Button key={amount} onClick={() => onChoose(amount)}>
          {wholeMoney(amount)}
        </Button>
      ))}
    </div>
  );
}

/** Nothing was moved, and why. */
function Refused({ kind, error }: { readonly kind: Kind; readonly error: ApiError }): ReactNode {
  const { dateTime } = useFormats();
  const [now] = useState(Date.now);
  return (
    <>
      <ErrorState
        isInline
        title={kind === "deposit" ? "Nothing was deposited." : "Nothing was withdrawn."}
        error={error}
      />
      {error.reason === "DAILY_LIMIT_REACHED" && (
        <p className="text-mute text-sm">The next day begins {dateTime(nextDayMs(now))}.</p>
      )}
    </>
  );
}

function Done({ kind, amount }: { readonly kind: Kind; readonly amount: string }): ReactNode {
  return (
    <span>
      <Money value={amount} isOwn /> {kind === "deposit" ? "deposited" : "withdrawn"}.
      {kind === "deposit" && (
        <>
          {" "}
          <TextLink to="/assets">Choose an asset</TextLink>
        </>
      )}
    </span>
  );
}
