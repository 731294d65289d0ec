import { useState } from "react";
import type { ReactNode } from "react";

import { isDay } from "@/shared/lib";
import { useSettings } from "@/shared/settings";

import { TextField } from "./Field";

interface PeriodFieldsProps {
  /** Days, as YYYY-MM-DD. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Called with days that exist, in their order; undefined is open. */
  readonly onChange: (period: { readonly from: string | undefined; readonly to: string | undefined }) => void;
}

/** The first and the last day of a filter, in the time zone of the settings. */
export function PeriodFields({ from, to, onChange }: PeriodFieldsProps): ReactNode {
  const { zone } = useSettings();
  const zoneName = zone === "utc" ? " (UTC)" : "";
  return (
    <>
      <DayField label={`From${zoneName}`} day={from} max={to} onChange={(day) => onChange({ from: day, to })} />
      <DayField label={`To${zoneName}`} day={to} min={from} onChange={(day) => onChange({ from, to: day })} />
    </>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly day: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

/** A day. What is half typed stays in the field, and changes nothing. */
function DayField({ label, day, min, max, onChange }: DayFieldProps): ReactNode {
  const [held, setHeld] = useState({ day, text: day ?? "" });
  if (held.day !== day) {
    setHeld({ day, text: day ?? "" });
  }
  const { text } = held;
  const isEarly = isDay(text) && min !== undefined && text < min;
  const isLate = isDay(text) && max !== undefined && text > max;
  const change = (next: string): void => {
    setHeld({ day, text: next });
    const isOutside = (min !== undefined && next < min) || (max !== undefined && next > max);
    if (next === "" || (isDay(next) && !isOutside)) {
      onChange(next === "" ? undefined : next);
    }
  };
  return (
    <TextField
      label={label}
      type="date"
      min={min ?? "1970-01-01"}
      max={max ?? "2999-12-31"}
      value={text}
      error={isEarly ? "It is before the first day." : isLate ? "It is after the last day." : undefined}
      onChange={(event) => change(event.target.value)}
    />
  );
}
