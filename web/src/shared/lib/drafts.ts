/** Drafts: what a user has typed survives a reload, in this tab. Never use it for passwords. */

import { useCallback, useState } from "react";

import { clearStored, readStored, writeStored } from "./storage";

const PREFIX = "cnop.draft.";

/** A state that is kept in the tab under a name. `clear` forgets it. */
export function useDraft<T>(name: string, initial: T): readonly [T, (value: T) => void, () => void] {
  const key = PREFIX + name;
  const [state, setState] = useState(() => ({ key, value: stored(key, initial) }));
  const value = state.key === key ? state.value : stored(key, initial);
  const set = useCallback(
    (next: T) => {
      writeStored("sessionStorage", key, next);
      setState({ key, value: next });
    },
    [key],
  );
  const clear = useCallback(() => {
    writeStored("sessionStorage", key, undefined);
    setState({ key, value: initial });
  }, [key, initial]);
  return [value, set, clear];
}

/** Forgets all drafts: another user may be next. */
export function clearDrafts(): void {
  clearStored("sessionStorage", PREFIX);
}

function stored<T>(key: string, initial: T): T {
  const value = readStored("sessionStorage", key);
  return typeof value === typeof initial ? (value as T) : initial;
}
