import { useId, useRef } from "react";
import type { KeyboardEvent, ReactNode } from "react";

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** Classes while it is chosen, such as "bg-up text-on-trade". */
  readonly tone?: string;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A choice of few, all in sight: buy or sell, 1m, 1h or 1d. Radio buttons, so arrows move it. */
export function Choice<Value extends string>({
  label,
  isLabelHidden = true,
  options,
  value,
  onChange,
}: ChoiceProps<Value>): ReactNode {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={isLabelHidden ? "sr-only" : "mb-1 text-sm font-medium"}>{label}</legend>
      <div className="bg-raised flex rounded-md p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={`tap has-focus-visible:outline-focus flex flex-1 cursor-pointer items-center justify-center rounded-sm px-3 text-center text-sm font-medium has-focus-visible:outline-2 ${
              option.value === value ? (option.tone ?? "bg-chosen text-ink") : "text-mute hover:text-ink"
            }`}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TabsProps<Value extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly panel: ReactNode }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Panels of which one is shown. Arrows, Home and End move between the tabs. */
export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>): ReactNode {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const index = tabs.findIndex((tab) => tab.value === value);
  const move = (event: KeyboardEvent): void => {
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const steps: Record<string, number> = {
      ArrowRight: isRtl ? -1 : 1,
      ArrowLeft: isRtl ? 1 : -1,
      Home: -index,
      End: tabs.length - 1 - index,
    };
    const step = steps[event.key];
    const next = step === undefined ? undefined : tabs[(index + step + tabs.length) % tabs.length];
    if (next !== undefined) {
      event.preventDefault();
      onChange(next.value);
      list.current?.querySelector<HTMLElement>(`[data-tab="${next.value}"]`)?.focus();
    }
  };
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="border-line flex gap-1 overflow-x-auto border-b px-1"
        onKeyDown={move}
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            data-tab={tab.value}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
            className="tap focus-inset text-mute hover:text-ink aria-selected:border-accent aria-selected:text-ink -mb-px border-b-2 border-transparent px-3 font-medium whitespace-nowrap"
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} tabIndex={0} className="focus-inset">
        {tabs[index]?.panel}
      </div>
    </>
  );
}
