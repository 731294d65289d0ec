/** The colours of the page, for the canvas of the chart: it knows no variables of CSS. */

import { useSyncExternalStore } from "react";

import { useSettings } from "@/shared/settings";

const TOKENS = ["panel", "line", "edge", "ink", "mute", "accent", "up", "down"] as const;

export type Colors = Record<(typeof TOKENS)[number], string>;

/** Reads the colours as they are at an element. */
export function colorsAt(element: HTMLElement): Colors {
  const probe = document.createElement("span");
  element.append(probe);
  const colors = TOKENS.map((token) => {
    probe.style.color = `var(--color-${token})`;
    return [token, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(colors) as Colors;
}

/** A key that changes whenever the colours do. */
export function useColorsKey(): string {
  const { theme, colors, isRedUp } = useSettings();
  const isDark = useSyncExternalStore(listen, () => darkness().matches);
  return [theme, colors, isRedUp, isDark].join();
}

function darkness(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}

function listen(listener: () => void): () => void {
  const query = darkness();
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
