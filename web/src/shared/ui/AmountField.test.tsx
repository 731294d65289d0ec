import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";

import { updateSettings } from "@/shared/settings";

import { AmountField, typed, useAmount } from "./AmountField";

function Form({ decimals = 8 }: { readonly decimals?: number }) {
  const amount = useAmount({ decimals });
  return (
    <>
      <AmountField label="Quantity" unit="BTC" amount={amount} />
      <output data-testid="value">{amount.value ?? "none"}</output>
    </>
  );
}

const input = () => screen.getByRole("textbox", { name: "Quantity" });
const value = () => screen.getByTestId("value").textContent;

beforeEach(() => updateSettings({ locale: "en-US" }));

describe("what is typed", () => {
  test("is always shown as the number that it stands for", async () => {
    render(<Form />);
    await userEvent.type(input(), "1.234,5");

    expect(screen.getByText("= 1,234.5 BTC")).toBeInTheDocument();
    expect(value()).toBe("1234.5");
  });

  test("is asked about when it could be two numbers", async () => {
    render(<Form />);
    await userEvent.type(input(), "1,234");
    expect(value()).toBe("none");
    expect(input()).toBeInvalid();

    await userEvent.click(screen.getByRole("button", { name: "1.234 BTC" }));

    expect(value()).toBe("1.234");
    expect(input()).toBeValid();
  });

  test("in another locale is read, and shown, as there", async () => {
    updateSettings({ locale: "de-DE" });
    render(<Form />);
    await userEvent.type(input(), "1.234");

    await userEvent.click(screen.getByRole("button", { name: "1,234 BTC" }));

    expect(input()).toHaveValue("1,234");
    expect(value()).toBe("1.234");
  });

  test("has no more decimals than allowed", async () => {
    render(<Form decimals={2} />);
    await userEvent.type(input(), "1.005");

    expect(screen.getByRole("alert")).toHaveTextContent("At most 2 decimals");
    expect(value()).toBe("none");
  });

  test("may have zeros at its end", async () => {
    render(<Form decimals={2} />);
    await userEvent.type(input(), "1.5000");

    expect(value()).toBe("1.5000");
  });
});

test("the field is text for numbers, so that no wheel changes it", () => {
  render(<Form />);

  expect(input()).toHaveAttribute("type", "text");
  expect(input()).toHaveAttribute("inputmode", "decimal");
});

test("what a page fills in is read as that number again", () => {
  expect(typed("1234.567", "de-DE")).toBe("1234,567");
  expect(typed("1.234", "en-US")).toBe("1.234");
});
