import { useEffect, useEffectEvent, useState } from "react";
import type { ReactNode, Ref } from "react";

import { TextField } from "./Field";

interface SearchFieldProps {
  readonly label: string;
  /** What is searched for, for example in the address. */
  readonly value: string;
  /** Hears what was typed, after a short pause. */
  readonly onSearch: (text: string) => void;
  readonly placeholder?: string;
  readonly className?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

const PAUSE_MS = 150;

/** A field that searches while somebody types. */
export function SearchField({ value, onSearch, ...field }: SearchFieldProps): ReactNode {
  const [{ text, told, seen }, setState] = useState({ text: value, told: value, seen: value });
  if (value !== seen) {
    // It is what was told, or it was changed elsewhere, for example by the back button.
    setState(value === told ? { text, told, seen: value } : { text: value, told: value, seen: value });
  }
  const tell = useEffectEvent(() => {
    setState({ text, told: text, seen });
    onSearch(text);
  });
  useEffect(() => {
    if (text === told) {
      return;
    }
    const timer = setTimeout(() => tell(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, told]);
  return (
    <TextField
      {...field}
      type="search"
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => setState({ text: event.target.value, told, seen })}
    />
  );
}
