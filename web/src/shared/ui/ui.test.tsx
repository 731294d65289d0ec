import { act, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";

import { ApiError } from "@/shared/api";
import { updateSettings } from "@/shared/settings";

import { Change, Money, Quantity } from "./amounts";
import { Button } from "./Button";
import { Choice, Tabs } from "./Choice";
import { CsvButton } from "./CsvButton";
import { Dialog } from "./Dialog";
import { startShortcuts, useShortcut } from "./shortcuts";
import { ErrorState } from "./states";
import { toast, Toaster } from "./Toast";

afterEach(() => void vi.useRealTimers());

describe("a button", () => {
  test("that is busy does nothing, and keeps its focus", async () => {
    const onClick = vi.fn();
    render(
      <Button isBusy onClick={onClick}>
        Buy
      </Button>,
    );
    const button = screen.getByRole("button", { name: "Buy" });

    await userEvent.click(button);

    expect(onClick).not.toHaveBeenCalled();
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-disabled", "true");
  });

  test("that is busy does not submit its form", async () => {
    const onSubmit = vi.fn();
    render(
      <form onSubmit={onSubmit}>
        <Button type="submit" isBusy>
          Buy
        </Button>
      </form>,
    );

    await userEvent.click(screen.getByRole("button"));

    expect(onSubmit).not.toHaveBeenCalled();
  });
});

describe("an error", () => {
  test("has its reason, its id and a way to try again", async () => {
    const onRetry = vi.fn();
    const error = new ApiError("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE", "", { requestId: "req-9" });
    render(<ErrorState error={error} title="Your orders could not be loaded." onRetry={onRetry} />);

    expect(screen.getByRole("alert")).toHaveTextContent("A part of the system is unavailable");
    expect(screen.getByText("req-9")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));

    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  test("counts down when there were too many requests", async () => {
    vi.useFakeTimers();
    const onRetry = vi.fn();
    const error = new ApiError("RESOURCE_EXHAUSTED", "RATE_LIMITED", "", { retryAfterSeconds: 3 });
    render(<ErrorState error={error} onRetry={onRetry} />);
    const retry = screen.getByRole("button", { name: "Try again in 3 s" });
    expect(retry.closest("[aria-live]")).toHaveAttribute("aria-live", "off"); // else each second is announced
    act(() => retry.click());
    expect(onRetry).not.toHaveBeenCalled();

    await act(() => vi.advanceTimersByTimeAsync(3_100));

    act(() => screen.getByRole("button", { name: "Try again" }).click());
    expect(onRetry).toHaveBeenCalledTimes(1);
  });
});

test("amounts of the user can be hidden, prices stay", () => {
  updateSettings({ hidesAmounts: true, locale: "en-US" });
  render(
    <>
      <Money value="5" isOwn /> <Money value="7" /> <Quantity value="0.5" unit="BTC" isOwn />
    </>,
  );

  expect(screen.queryByText("$5.00")).toBeNull();
  expect(screen.getByText("$7.00")).toBeInTheDocument();
  expect(screen.getByText("BTC", { exact: false })).not.toHaveTextContent("0.5");
  act(() => updateSettings({ hidesAmounts: false }));
  expect(screen.getByText("$5.00")).toBeInTheDocument();
});

test("a change is told by sign and arrow too, not by colour alone", () => {
  render(<Change value="-2.5" />);

  expect(screen.getByText(/-2.50%/)).toHaveTextContent("▼-2.50%");
});

test("a dialog takes the focus, closes at Escape, and its cross has a name", async () => {
  const onClose = vi.fn();
  render(
    <Dialog title="Confirm" isOpen onClose={onClose}>
      text
    </Dialog>,
  );

  expect(screen.getByRole("dialog", { name: "Confirm" })).toHaveAttribute("open");
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).toHaveBeenCalledTimes(1);
});

test("a dialog begins at what is marked, and gives the focus back", async () => {
  function Opener() {
    const [isOpen, setOpen] = useState(false);
    return (
      <>
        <Button onClick={() => setOpen(true)}>Open</Button>
        <Dialog
          title="Confirm"
          isOpen={isOpen}
          actions={
            <Button data-autofocus onClick={() => setOpen(false)}>
              Yes
            </Button>
          }
        >
          text
        </Dialog>
      </>
    );
  }
  render(<Opener />);

  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  expect(screen.getByRole("button", { name: "Yes" })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(screen.getByRole("button", { name: "Open" })).toHaveFocus();
});

test("tabs are moved by arrows", async () => {
  function Two() {
    const [value, setValue] = useState<"a" | "b">("a");
    const tabs = [
      { value: "a", label: "A", panel: "first" },
      { value: "b", label: "B", panel: "second" },
    ] as const;
    return <Tabs label="Two" tabs={tabs} value={value} onChange={setValue} />;
  }
  render(<Two />);

  await userEvent.click(screen.getByRole("tab", { name: "A" }));
  await userEvent.keyboard("{ArrowRight}");

  expect(screen.getByRole("tab", { name: "B" })).toHaveFocus();
  expect(screen.getByRole("tabpanel")).toHaveTextContent("second");
});

test("a choice is radio buttons", async () => {
  const onChange = vi.fn();
  const options = [
    { value: "BUY", label: "Buy" },
    { value: "SELL", label: "Sell" },
  ] as const;
  render(<Choice label="Side" options={options} value="BUY" onChange={onChange} />);

  await userEvent.click(screen.getByRole("radio", { name: "Sell" }));

  expect(onChange).toHaveBeenCalledWith("SELL");
});

describe("shortcuts", () => {
  function WithShortcuts({ run }: { readonly run: (what: string) => void }) {
    useShortcut("b", "Buy", () => run("b"));
    useShortcut("g o", "Orders", () => run("g o"));
    return <input aria-label="Search" />;
  }

  test("are single keys and sequences, and not what somebody types", async () => {
    const stop = startShortcuts();
    const run = vi.fn();
    render(<WithShortcuts run={run} />);

    await userEvent.keyboard("b");
    await userEvent.keyboard("{Enter}b"); // a key that begins nothing is no part of a sequence
    await userEvent.keyboard("go");
    await userEvent.type(screen.getByRole("textbox"), "b");
    stop();

    expect(run.mock.calls).toEqual([["b"], ["b"], ["g o"]]);
  });

  test("can be switched off", async () => {
    const stop = startShortcuts();
    const run = vi.fn();
    updateSettings({ hasShortcuts: false });
    render(<WithShortcuts run={run} />);

    await userEvent.keyboard("b");
    stop();
    updateSettings({ hasShortcuts: true });

    expect(run).not.toHaveBeenCalled();
  });
});

test("all pages of a list are saved as one CSV", async () => {
  let saved: Blob | undefined;
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    saved = blob as Blob;
    return "blob:x";
  });
  const pages: Record<string, readonly [readonly string[], string]> = { "": [["a", "b"], "2"], "2": [["c"], ""] };
  const load = (token: string) => Promise.resolve(pages[token] ?? ([[], ""] as const));
  render(<CsvButton name="orders" columns={[{ title: "Id", value: (row: string) => row }]} load={load} />);

  await userEvent.click(screen.getByRole("button", { name: "CSV" }));

  await vi.waitFor(() => expect(saved).toBeDefined());
  expect(await saved?.text()).toBe("Id\r\na\r\nb\r\nc\r\n");
});

test("news go by themselves, bad ones stay until they are closed", async () => {
  vi.useFakeTimers();
  render(<Toaster />);
  act(() => {
    toast("good", "filled");
    toast("bad", "failed");
  });

  await act(() => vi.advanceTimersByTimeAsync(6_100));

  expect(screen.queryByText("filled")).toBeNull();
  expect(screen.getByText("failed")).toBeInTheDocument();
});
