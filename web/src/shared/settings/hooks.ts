import { useCallback } from "react";

import { formatsOf } from "@/shared/numbers";
import type { Formats } from "@/shared/numbers";

import { getSettings, updateSettings, useSettings } from "./settings";

/** Formats numbers and times by the settings. */
export function useFormats(): Formats {
  const { locale, zone } = useSettings();
  return formatsOf(localeOf(locale), zone);
}

/** The same for amounts of the user, in text: without digits while the eye in the header hides them. */
export function useOwnFormats(): Formats {
  const formats = useFormats();
  const { hidesAmounts } = useSettings();
  return hidesAmounts
    ? { ...formats, money: hidden, wholeMoney: hidden, signedMoney: hidden, quantity: hidden }
    : formats;
}

/** Shown in place of an amount that is hidden. */
export const HIDDEN = "•••••";
const hidden = (): string => HIDDEN;

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
