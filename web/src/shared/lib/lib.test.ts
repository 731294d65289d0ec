import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { clearDrafts, useDraft } from "./drafts";
import { readStored, writeStored } from "./storage";
import { createStore } from "./store";

test("a draft survives a reload, and not the sign-out", () => {
  const first = renderHook(() => useDraft("order.BTC", ""));
  act(() => first.result.current[1]("0.5"));
  first.unmount();

  expect(renderHook(() => useDraft("order.BTC", "")).result.current[0]).toBe("0.5");
  clearDrafts();
  expect(renderHook(() => useDraft("order.BTC", "")).result.current[0]).toBe("");
});

test("each draft has its own name", () => {
  const draft = renderHook(({ name }) => useDraft(name, ""), { initialProps: { name: "order.BTC" } });
  act(() => draft.result.current[1]("0.5"));

  draft.rerender({ name: "order.ETH" });

  expect(draft.result.current[0]).toBe("");
});

test("values last as long as the page when the browser's store is full", () => {
  const full = vi.spyOn(Object.getPrototypeOf(window.localStorage) as Storage, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });

  writeStored("localStorage", "cnop.x", { a: 1 });

  expect(readStored("localStorage", "cnop.x")).toEqual({ a: 1 });
  full.mockRestore();
});

test("what is not JSON counts as nothing", () => {
  window.sessionStorage.setItem("cnop.broken", "{");

  expect(readStored("sessionStorage", "cnop.broken")).toBeUndefined();
});

test("a store tells its listeners of changes alone", () => {
  const store = createStore(1);
  const listener = vi.fn();
  const stop = store.subscribe(listener);

  store.set(1);
  store.set(2);
  stop();
  store.set(3);

  expect(listener).toHaveBeenCalledTimes(1);
});
