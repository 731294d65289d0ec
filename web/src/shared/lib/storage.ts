/** The stores of the browser. They may be full or forbidden; then values last as long as the page. */

type Kind = "localStorage" | "sessionStorage";

const substitutes: Record<Kind, Map<string, string>> = { localStorage: new Map(), sessionStorage: new Map() };

/** Reads a value; undefined if there is none or it is not JSON. */
export function readStored(kind: Kind, key: string): unknown {
  const text = substitutes[kind].get(key) ?? attempt(() => window[kind].getItem(key)) ?? undefined;
  return text === undefined ? undefined : attempt(() => JSON.parse(text) as unknown);
}

/** Stores a value as JSON; undefined removes it. */
export function writeStored(kind: Kind, key: string, value: unknown): void {
  substitutes[kind].delete(key);
  if (value === undefined) {
    attempt(() => window[kind].removeItem(key));
    return;
  }
  const text = JSON.stringify(value);
  const isStored = attempt(() => {
    window[kind].setItem(key, text);
    return true;
  });
  if (isStored !== true) {
    substitutes[kind].set(key, text);
  }
}

/** Removes all values whose keys begin with a prefix. */
export function clearStored(kind: Kind, prefix: string): void {
  substitutes[kind].clear();
  for (const key of attempt(() => Object.keys(window[kind])) ?? []) {
    if (key.startsWith(prefix)) {
      attempt(() => window[kind].removeItem(key));
    }
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
