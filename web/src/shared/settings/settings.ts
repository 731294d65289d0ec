/** What a user prefers, on this device. All tabs share it. */

import { createStore, readStored, useStore, writeStored } from "@/shared/lib";
import type { Zone } from "@/shared/numbers";

export interface Settings {
  readonly theme: "system" | "dark" | "light";
  /** The locale of numbers and times: "auto" is that of the browser. */
  readonly locale: string;
  readonly zone: Zone;
  /** The pair of colours for up and down; the second one suits colour-blind people. */
  readonly colors: "green-red" | "blue-orange";
  /** Whether red is up, as in East Asia. */
  readonly isRedUp: boolean;
  /** Orders of at least these dollars are confirmed; "0" confirms all. */
  readonly confirmFrom: string;
  /** Whether single keys are shortcuts. */
  readonly hasShortcuts: boolean;
  /** Whether amounts of the user are hidden from people who look on. */
  readonly hidesAmounts: boolean;
  /** The assets with a star. */
  readonly watchlist: readonly string[];
}

export const DEFAULTS: Settings = {
  theme: "system",
  locale: "auto",
  zone: "local",
  colors: "green-red",
  isRedUp: false,
  confirmFrom: "0",
  hasShortcuts: true,
  hidesAmounts: false,
  watchlist: [],
};
const KEY = "cnop.settings";

const store = createStore(load());

export function useSettings(): Settings {
  return useStore(store);
}

export function getSettings(): Settings {
  return store.get();
}

export function updateSettings(change: Partial<Settings>): void {
  const next = { ...store.get(), ...change };
  writeStored("localStorage", KEY, next);
  store.set(next);
}

/** Applies the settings to the page, now and whenever they change, here or in another tab. */
export function startSettings(): void {
  store.subscribe(apply);
  window.addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) {
      store.set(load());
    }
  });
  apply();
}

function apply(): void {
  const { theme, colors, isRedUp } = store.get();
  const { dataset } = document.documentElement;
  dataset["theme"] = theme;
  dataset["colors"] = colors;
  dataset["up"] = isRedUp ? "red" : "green";
}

/** Takes from the store what has the type of its default: it may be of another version, or tampered with. */
function load(): Settings {
  const stored = readStored("localStorage", KEY);
  if (typeof stored !== "object" || stored === null) {
    return DEFAULTS;
  }
  const entries = Object.entries(stored).filter(
    ([key, value]) => key in DEFAULTS && typeof value === typeof DEFAULTS[key as keyof Settings],
  );
  const settings: Settings = { ...DEFAULTS, ...(Object.fromEntries(entries) as Partial<Settings>) };
  return {
    ...settings,
    theme: ["dark", "light"].includes(settings.theme) ? settings.theme : "system",
    zone: settings.zone === "utc" ? "utc" : "local",
    watchlist: Array.isArray(settings.watchlist) ? settings.watchlist.filter((id) => typeof id === "string") : [],
  };
}
