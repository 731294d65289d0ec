import { fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { ApiError } from "@/shared/api";

import { CopyButton } from "./CopyButton";
import { CsvButton } from "./CsvButton";
import { PeriodFields } from "./PeriodFields";

test("a file that is made of many pages waits for the limit, and goes on where it was", async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  const limit = new ApiError("RESOURCE_EXHAUSTED", "RATE_LIMITED", "too many");
  const load = vi
    .fn<() => Promise<readonly [readonly number[], string]>>()
    .mockResolvedValueOnce([[1, 2], "next"])
    .mockRejectedValueOnce(limit)
    .mockResolvedValueOnce([[3], ""]);
  render(<CsvButton name="numbers" columns={[{ title: "n", value: String }]} load={load} />);

  await userEvent.click(screen.getByRole("button", { name: "CSV" }));
  const seconds = await screen.findByText("going on in 1 s");
  expect(screen.getByRole("status")).toHaveTextContent("2 rows… going on in 1 s");
  expect(seconds).toHaveAttribute("aria-live", "off");
  expect(screen.getByRole("button", { name: "Cancel" })).toHaveFocus();

  expect(await screen.findByRole("button", { name: "CSV" }, { timeout: 3000 })).toHaveFocus();
  expect(load.mock.calls.map(([token]: readonly unknown[]) => token)).toEqual(["", "next", "next"]);
  expect(saved).toHaveBeenCalledOnce();
});

test("a file that is cancelled is not saved", async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  const load = (_token: string, signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  render(<CsvButton name="numbers" columns={[{ title: "n", value: String }]} load={load} />);

  await userEvent.click(screen.getByRole("button", { name: "CSV" }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));

  expect(await screen.findByRole("button", { name: "CSV" })).toBeInTheDocument();
  expect(saved).not.toHaveBeenCalled();
});

test("days count when they exist and are in their order", () => {
  const onChange = vi.fn();
  render(<PeriodFields from="2026-11-20" to={undefined} onChange={onChange} />);
  const to = screen.getByLabelText("To");

  for (const day of ["0002-11-21", "2026-11-19"]) {
    change(to, day);
  }
  expect(onChange).not.toHaveBeenCalled();
  expect(screen.getByText("It is before the first day.")).toBeInTheDocument();

  change(to, "2026-11-21");
  expect(onChange).toHaveBeenLastCalledWith({ from: "2026-11-20", to: "2026-11-21" });
});

test("a copied text is in the clipboard", async () => {
  const user = userEvent.setup();
  render(<CopyButton text="order-1" label="Copy the order id" />);

  await user.click(screen.getByRole("button", { name: "Copy the order id" }));

  expect(await navigator.clipboard.readText()).toBe("order-1");
});

function change(field: HTMLElement, day: string): void {
  fireEvent.change(field, { target: { value: day } });
}
