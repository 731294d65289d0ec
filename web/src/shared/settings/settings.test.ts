import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

type Module = typeof import("./index");

beforeEach(() => void vi.resetModules());
const load = (): Promise<Module> => import("./index");

test("settings are applied to the page, and kept", async () => {
  const { startSettings, updateSettings } = await load();
  startSettings();

  updateSettings({ theme: "dark", colors: "blue-orange", isRedUp: true });

  expect(document.documentElement.dataset).toMatchObject({ theme: "dark", colors: "blue-orange", up: "red" });
  vi.resetModules();
  expect((await load()).getSettings()).toMatchObject({ theme: "dark", isRedUp: true });
});

test("what was tampered with is left out", async () => {
  const stored = { theme: "pink", hasShortcuts: "yes", watchlist: ["BTC", 1], zone: "mars", colors: 7, isRedUp: true };
  window.localStorage.setItem("cnop.settings", JSON.stringify(stored));
  const { DEFAULTS, getSettings } = await load();

  expect(getSettings()).toEqual({ ...DEFAULTS, isRedUp: true, watchlist: ["BTC"] });
});

test("another tab's change is heard", async () => {
  const { getSettings, startSettings } = await load();
  startSettings();
  window.localStorage.setItem("cnop.settings", JSON.stringify({ theme: "light" }));

  window.dispatchEvent(new StorageEvent("storage", { key: "cnop.settings" }));

  expect(getSettings().theme).toBe("light");
});

test("numbers follow the locale that was chosen; one that does not exist is that of the US", async () => {
  const { currentFormats, updateSettings } = await load();

  updateSettings({ locale: "de-DE" });
  expect(currentFormats().quantity("1234.5")).toBe("1.234,5");
  updateSettings({ locale: "not a locale" });
  expect(currentFormats().quantity("1234.5")).toBe("1,234.5");
});

test("a star is put on and taken off", async () => {
  const { useStar } = await load();
  const { result } = renderHook(() => useStar("BTC"));
  expect(result.current[0]).toBe(false);

  act(() => result.current[1]());
  expect(result.current[0]).toBe(true);
  act(() => result.current[1]());
  expect(result.current[0]).toBe(false);
});
