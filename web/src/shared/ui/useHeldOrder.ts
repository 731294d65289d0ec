import { useState } from "react";

interface Held {
  readonly keys: readonly string[];
  readonly reset: string;
}

/**
 * Keeps rows in their places while they are held, so that none jumps away under the pointer. What is new comes last.
 * Another `reset`, such as the column by which a user sorts, takes effect at once.
 */
export function useHeldOrder<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  isHeld: boolean,
  reset: string,
): readonly Row[] {
  const [held, setHeld] = useState<Held>();
  if (!isHeld) {
    if (held !== undefined) {
      setHeld(undefined);
    }
    return rows;
  }
  if (held?.reset !== reset) {
    setHeld({ keys: rows.map(keyOf), reset });
    return rows;
  }
  const places = new Map(held.keys.map((key, place) => [key, place]));
  const place = (row: Row): number => places.get(keyOf(row)) ?? places.size;
  return rows.toSorted((one, other) => place(one) - place(other));
}
