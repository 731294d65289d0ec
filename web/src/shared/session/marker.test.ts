import { afterEach, expect, test, vi } from "vitest";

import { clearMarker, hasMarker, renewMarker, setMarker } from "./marker";

afterEach(() => {
  vi.restoreAllMocks();
  clearMarker();
});

test.each([true, false])("it is there until it is cleared, remembered: %s", (isRemembered) => {
  expect(hasMarker()).toBe(false);
  setMarker(isRemembered);
  expect(hasMarker()).toBe(true);
  clearMarker();
  expect(hasMarker()).toBe(false);
});

test("only that of a session which outlives the browser's is renewed", () => {
  const written = vi.spyOn(document, "cookie", "set");
  setMarker(false);
  renewMarker();
  expect(written).toHaveBeenCalledTimes(1);

  setMarker(true);
  renewMarker();

  expect(written).toHaveBeenCalledTimes(3);
  expect(written.mock.lastCall?.[0]).toMatch(/Max-Age=2592000/);
  clearMarker();
  renewMarker();
  expect(hasMarker()).toBe(false);
});
