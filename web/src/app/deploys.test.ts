import { expect, test, vi } from "vitest";

import { guardDeploys } from "./deploys";

function missing(): void {
  window.dispatchEvent(new Event("vite:preloadError", { cancelable: true }));
}

test("a missing file of an older release reloads the page once, not in a loop, and not while it is loaded ahead", async () => {
  const reload = vi.fn();
  let finish = (): void => undefined;
  const router = {
    state: { status: "idle" as const },
    preloadRoute: (): Promise<unknown> => new Promise<void>((resolve) => (finish = resolve)),
  };
  guardDeploys(router, reload);

  const ahead = router.preloadRoute();
  missing();
  expect(reload).not.toHaveBeenCalled();
  finish();
  await ahead;

  missing();
  missing();
  expect(reload).toHaveBeenCalledTimes(1);
});
