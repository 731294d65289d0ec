/**
 * After a deploy a tab may ask for a file of a release that is no longer there. Then the page is loaded anew, once: what
 * was typed is in drafts. If it fails again at once, the error is shown.
 */

import { readStored, writeStored } from "@/shared/lib";

const KEY = "cnop.reloaded";
const AGAIN_MS = 60_000;

export function guardDeploys(reload: () => void = () => window.location.reload()): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = readStored("sessionStorage", KEY);
    if (!navigator.onLine || (typeof last === "number" && Date.now() - last < AGAIN_MS)) {
      return;
    }
    writeStored("sessionStorage", KEY, Date.now());
    event.preventDefault();
    reload();
  });
}
