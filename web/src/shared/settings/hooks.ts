import { useCallback } from "react";

import { formatsOf } from "@/shared/numbers";
import type { Formats } from "@/shared/numbers";

import { getSettings, updateSettings, useSettings } from "./settings";

/** Formats numbers and times by the settings. */
export function useFormats(): Formats {
  const { locale, zone } = useSettings();
  return formatsOf(localeOf(locale), zone);
}

/** The same outside of components, for example for an announcement. */
export function currentFormats(): Formats {
  const { locale, zone } = getSettings();
  return formatsOf(localeOf(locale), zone);
}

/** The locale of numbers. */
export function useLocale(): string {
  return localeOf(useSettings().locale);
}

/** Whether an asset has a star, and a function that changes it. */
export function useStar(assetId: string): readonly [isStarred: boolean, toggle: () => void] {
  const isStarred = useSettings().watchlist.includes(assetId);
  const toggle = useCallback(() => {
    const { watchlist } = getSettings();
    const others = watchlist.filter((id) => id !== assetId);
    updateSettings({ watchlist: others.length < watchlist.length ? others : [...watchlist, assetId] });
  }, [assetId]);
  return [isStarred, toggle];
}

function localeOf(setting: string): string {
  const wanted = setting === "auto" ? navigator.language : setting;
  try {
    return Intl.NumberFormat.supportedLocalesOf(wanted)[0] ?? "en-US";
  } catch {
    return "en-US"; // not a language tag
  }
}
