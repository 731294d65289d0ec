/** What the tabs of a browser tell each other, and the lock that lets one of them at a time use the refresh token. */

import type { Grant } from "./wire";

export type Message = { readonly kind: "grant"; readonly grant: Grant } | { readonly kind: "signed-out" };

export interface Tabs {
  tell(this: void, message: Message): void;
  /** Runs one task at a time in all tabs. */
  alone<T>(this: void, task: () => Promise<T>): Promise<T>;
}

export function connectTabs(hear: (message: Message) => void): Tabs {
  const channel = new BroadcastChannel("cnop.session");
  // They exist in secure contexts only; elsewhere the server's grace for a repeated token must do.
  const { locks } = navigator as { readonly locks?: LockManager | null };
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  return {
    tell: (message) => channel.postMessage(message),
    alone: async (task) => (locks ? locks.request("session.refresh", task) : task()),
  };
}
