/**
 * After a deploy a tab may ask for a file of a release that is no longer there. Then the page is loaded anew, once: what
 * was typed is in drafts. If it fails again at once, the error is shown. A page that is loaded ahead, for a pointer that is
 * near its link, is not worth that: somebody may be typing.
 */

import { readStored, writeStored } from "@/shared/lib";

const KEY = "cnop.reloaded";
const AGAIN_MS = 60_000;

/** What is needed of the router. */
interface Router {
  readonly state: { readonly status: "pending" | "idle" };
  preloadRoute: (options: never) => Promise<unknown>;
}

export function guardDeploys(router: Router, reload: () => void = () => window.location.reload()): void {
  const preloads = countPreloads(router);
  window.addEventListener("vite:preloadError", () => {
    if (preloads.running > 0 && router.state.status === "idle") {
      return; // it is tried again when somebody goes there
    }
    const last = readStored("sessionStorage", KEY);
    if (!navigator.onLine || (typeof last === "number" && Date.now() - last < AGAIN_MS)) {
      return;
    }
    writeStored("sessionStorage", KEY, Date.now());
    reload();
  });
}

/** Counts the pages that are being loaded ahead. */
function countPreloads(router: Router): { readonly running: number } {
  const count = { running: 0 };
  const preload = router.preloadRoute;
  router.preloadRoute = async (options) => {
    count.running += 1;
    try {
      return await preload(options);
    } finally {
      count.running -= 1;
    }
  };
  return count;
}
