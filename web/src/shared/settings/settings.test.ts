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
  const { updateSettings, useFormats } = await load();
  const { result } = renderHook(() => useFormats());

  act(() => updateSettings({ locale: "de-DE" }));
  expect(result.current.quantity("1234.5")).toBe("1.234,5");
  act(() => updateSettings({ locale: "not a locale" }));
  expect(result.current.quantity("1234.5")).toBe("1,234.5");
});

test("amounts of the user have no digits while they are hidden; prices do", async () => {
  const { updateSettings, useOwnFormats } = await load();
  const { result } = renderHook(() => useOwnFormats());
  act(() => updateSettings({ locale: "en-US", hidesAmounts: true }));

  const { money, signedMoney, quantity, price } = result.current;

  expect([money("5"), signedMoney("5"), quantity("5")].join("")).not.toMatch(/\d/);
  expect(price("5")).toBe("$5.00");
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
