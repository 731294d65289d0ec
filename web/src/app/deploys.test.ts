import { expect, test, vi } from "vitest";

import { guardDeploys } from "./deploys";

test("a missing file of an older release reloads the page once, and not in a loop", () => {
  const reload = vi.fn();
  guardDeploys(reload);

  const first = new Event("vite:preloadError", { cancelable: true });
  window.dispatchEvent(first);
  const second = new Event("vite:preloadError", { cancelable: true });
  window.dispatchEvent(second);

  expect(reload).toHaveBeenCalledTimes(1);
  expect(first.defaultPrevented).toBe(true);
  expect(second.defaultPrevented).toBe(false);
});
