import { useState } from "react";
import type { ReactNode, Ref } from "react";

import { decimal, decimalSeparator, parseDecimal } from "@/shared/numbers";
import type { Parsed } from "@/shared/numbers";
import { useFormats, useLocale } from "@/shared/settings";

import { CONTROL, Field } from "./Field";

export interface Amount {
  /** What is typed. */
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What it means, as the API takes it; undefined while it is empty, ambiguous or wrong. */
  readonly value: string | undefined;
  readonly parsed: Parsed;
  /** What is wrong with it, in words. */
  readonly problem: string | undefined;
}

interface AmountOptions {
  /** The most decimals that it may have: 2 for dollars, 8 for quantities. */
  readonly decimals: number;
  /** Where the text is kept, for example of useDraft; a state of its own otherwise. */
  readonly state?: readonly [string, (text: string) => void];
}

/** The state of an AmountField. */
export function useAmount({ decimals, state }: AmountOptions): Amount {
  const own = useState("");
  const [text, setText] = state ?? own;
  const locale = useLocale();
  const parsed = parseDecimal(text, locale);
  const problem = problemOf(parsed, decimals);
  const value = parsed.kind === "value" && problem === undefined ? parsed.value : undefined;
  return { text, setText, value, parsed, problem };
}

function problemOf(parsed: Parsed, decimals: number): string | undefined {
  switch (parsed.kind) {
    case "invalid":
      return {
        characters: "Use digits and one decimal separator only.",
        groups: "The separators are in the wrong places. Leave out those between thousands.",
        negative: "It must be above zero.",
      }[parsed.reason];
    case "ambiguous":
      return "This can mean two numbers. Which one do you mean?";
    case "value": {
      const places = parsed.value.split(".")[1]?.replace(/0+$/, "").length ?? 0;
      return places > decimals ? `At most ${decimals} decimals.` : undefined;
    }
    default:
      return undefined;
  }
}

interface AmountFieldProps {
  readonly label: string;
  readonly amount: Amount;
  /** "USD" or the symbol of an asset. */
  readonly unit: string;
  readonly hint?: ReactNode;
  /** What else is wrong, in words; what is wrong with the number comes first. */
  readonly error?: string | undefined;
  readonly onEnter?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** An amount, typed in any locale. The number that it stands for is always shown. The wheel does not change it. */
export function AmountField({ label, amount, unit, hint, error, onEnter, ref }: AmountFieldProps): ReactNode {
  const { quantity } = useFormats();
  const { parsed, text, setText, value, problem } = amount;
  const shown = value === undefined ? "" : `= ${quantity(value)} ${unit}`;
  const wrong = problem ?? error;
  return (
    <Field
      label={label}
      error={wrong}
      hint={
        <span className="flex min-h-[1.4em] flex-wrap justify-between gap-x-3">
          <span>{hint}</span>
          <output className="ms-auto">{shown}</output>
        </span>
      }
    >
      {({ id, describedBy, isInvalid }) => (
        <>
          <div className="relative">
            <input
              ref={ref}
              id={id}
              type="text"
              inputMode="decimal"
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Enter" && onEnter !== undefined) {
                  event.preventDefault();
                  onEnter();
                }
              }}
              aria-describedby={describedBy}
              aria-invalid={isInvalid}
              className={`${CONTROL} pe-16 text-end`}
            />
            <span aria-hidden className="text-mute pointer-events-none absolute inset-y-0 end-2.5 flex items-center">
              {unit}
            </span>
          </div>
          {parsed.kind === "ambiguous" && <Readings readings={parsed.readings} unit={unit} choose={setText} />}
        </>
      )}
    </Field>
  );
}

function Readings({
  readings,
  unit,
  choose,
}: {
  readonly readings: readonly [string, string];
  readonly unit: string;
  readonly choose: (text: string) => void;
}): ReactNode {
  const { quantity, locale } = useFormats();
  return (
    <div className="flex flex-wrap gap-2">
      {readings.map((reading) => (
        <button
          key={reading}
          type="button"
          className="tap border-edge hover:bg-raised rounded-md border px-3"
          onClick={() => choose(typed(reading, locale))}
        >
          {quantity(decimal(reading))} {unit}
        </button>
      ))}
    </div>
  );
}

/** How a number is typed in a locale, without groups: so that it is read as that number again. */
export function typed(value: string, locale: string): string {
  return value.replace(".", decimalSeparator(locale));
}
