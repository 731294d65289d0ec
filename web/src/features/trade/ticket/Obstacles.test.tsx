import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { ASSET, PREVIEW } from "@/test/orders";

import { Obstacles } from "./Obstacles";

test("an order that is worth too little or too much becomes the least or the most by a click", async () => {
  const onFill = vi.fn();
  const show = (total_amount: string) => (
    <Obstacles
      id="obstacles"
      asset={ASSET}
      preview={{ ...PREVIEW, price: "50000.00", total_amount, obstacles: ["ORDER_VALUE_OUT_OF_RANGE"] }}
      available={undefined}
      onFill={onFill}
      onSide={vi.fn()}
    />
  );
  const { rerender } = render(show("0.50"));
  await userEvent.click(screen.getByRole("button", { name: "Use the least" }));
  expect(onFill).toHaveBeenLastCalledWith("units", "0.0001");

  rerender(show("100000.01"));
  await userEvent.click(screen.getByRole("button", { name: "Use the most" }));
  expect(onFill).toHaveBeenLastCalledWith("units", "1.98");
});
