/** Short news: fills, errors of the background, the connection. They are read out; prices are not. */

import type { ReactNode } from "react";

import { createStore, useStore } from "@/shared/lib";

import { IconButton } from "./Button";
import { CheckIcon, CloseIcon, InfoIcon, WarningIcon } from "./icons";

export type Tone = "good" | "bad" | "info";

interface Toast {
  readonly id: number;
  readonly tone: Tone;
  readonly text: ReactNode;
}

const SHOWN_MS = 6_000;
const SHOWN_MAX = 4;
const toasts = createStore<readonly Toast[]>([]);
const announcement = createStore("");
let count = 0;

/** Shows news for some seconds; bad ones until they are closed. */
export function toast(tone: Tone, text: ReactNode): void {
  count += 1;
  const id = count;
  toasts.set([...toasts.get(), { id, tone, text }].slice(-SHOWN_MAX));
  if (tone !== "bad") {
    setTimeout(() => close(id), SHOWN_MS);
  }
}

/** Takes away the news that stay until they are closed: another user may be next. */
export function closeBadNews(): void {
  toasts.set(toasts.get().filter(({ tone }) => tone !== "bad"));
}

/** Tells screen readers something that everybody else sees anyway, such as "12 orders". */
export function announce(text: string): void {
  announcement.set(announcement.get() === text ? `${text}\u00a0` : text); // the same twice is read twice
}

/** Where toasts and announcements appear; the shell has one. */
export function Toaster(): ReactNode {
  const shown = useStore(toasts);
  const text = useStore(announcement);
  return (
    <>
      <div role="status" className="sr-only">
        {text}
      </div>
      <div
        role="log"
        aria-label="News"
        className="pointer-events-none fixed inset-x-3 bottom-3 z-20 flex flex-col items-end gap-2"
      >
        {shown.map((one) => (
          <div
            key={one.id}
            className="border-line bg-panel shadow-pop pointer-events-auto flex max-w-full items-center gap-2 rounded-md border py-1 ps-3 pe-1 sm:max-w-[420px]"
          >
            <ToneIcon tone={one.tone} />
            <div className="py-1">{one.text}</div>
            <IconButton label="Close" onClick={() => close(one.id)}>
              <CloseIcon />
            </IconButton>
          </div>
        ))}
      </div>
    </>
  );
}

function close(id: number): void {
  toasts.set(toasts.get().filter((one) => one.id !== id));
}

function ToneIcon({ tone }: { readonly tone: Tone }): ReactNode {
  switch (tone) {
    case "good":
      return <CheckIcon className="text-good" />;
    case "bad":
      return <WarningIcon className="text-bad" />;
    default:
      return <InfoIcon className="text-accent" />;
  }
}
