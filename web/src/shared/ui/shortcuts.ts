/** Keyboard shortcuts: single keys, or "g" and then another. They do nothing while somebody types, or a dialog is open. */

import { useEffect, useEffectEvent } from "react";

import { createStore, useStore } from "@/shared/lib";
import { getSettings } from "@/shared/settings";

interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
}

const shortcuts = createStore<readonly Shortcut[]>([]);
const SEQUENCE_MS = 1_500;
let first: { readonly key: string; readonly atMs: number } | undefined;

/** Adds a shortcut while the component is shown: `useShortcut("b", "Buy", …)`, `useShortcut("g o", "Orders", …)`. */
export function useShortcut(keys: string, label: string, action: () => void): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    const shortcut = { keys, label, run: () => run() };
    shortcuts.set([...shortcuts.get().filter((one) => one.keys !== keys), shortcut]);
    return () => shortcuts.set(shortcuts.get().filter((one) => one !== shortcut));
  }, [keys, label]);
}

/** The shortcuts of this page, for the list. */
export function useShortcutList(): readonly { readonly keys: string; readonly label: string }[] {
  return useStore(shortcuts);
}

/** Listens to the keyboard; returns what stops it. */
export function startShortcuts(): () => void {
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

function press(event: KeyboardEvent): void {
  if (!getSettings().hasShortcuts || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
    return;
  }
  if (isTyping(event.target) || document.querySelector("dialog[open]") !== null) {
    return;
  }
  const sequence =
    first !== undefined && Date.now() - first.atMs < SEQUENCE_MS ? `${first.key} ${event.key}` : event.key;
  const found = shortcuts.get().find(({ keys }) => keys === sequence);
  const isBegun = found === undefined && shortcuts.get().some(({ keys }) => keys.startsWith(`${event.key} `));
  first = isBegun ? { key: event.key, atMs: Date.now() } : undefined;
  if (found !== undefined) {
    event.preventDefault(); // the key must not be typed into what gets the focus
    found.run();
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
