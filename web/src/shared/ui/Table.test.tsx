import { render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";

import { compareDecimals } from "@/shared/numbers";

import { Table } from "./Table";
import type { Column, Sort } from "./Table";

interface Row {
  readonly id: string;
  readonly price: string;
}

const columns: readonly Column<Row>[] = [
  { key: "id", title: "Asset", cell: ({ id }) => id, isHeading: true },
  {
    key: "price",
    title: "Price",
    cell: ({ price }) => price,
    isEnd: true,
    compare: (a, b) => compareDecimals(a.price, b.price),
  },
];

function Prices({ rows }: { readonly rows: readonly Row[] }) {
  const [sort, setSort] = useState<Sort>({ key: "price", isDescending: false });
  return (
    <Table caption="Prices" columns={columns} rows={rows} rowKey={({ id }) => id} sort={sort} onSort={setSort} isHeld />
  );
}

const ids = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);
const rows = (prices: Record<string, string>): Row[] => Object.entries(prices).map(([id, price]) => ({ id, price }));

test("rows are sorted by number, and the heading says how", async () => {
  render(<Prices rows={rows({ A: "10", B: "9", C: "" })} />);
  expect(ids()).toEqual(["B", "A", "C"]);
  expect(screen.getByRole("columnheader", { name: "Price" })).toHaveAttribute("aria-sort", "ascending");

  await userEvent.click(screen.getByRole("button", { name: "Price" }));

  expect(ids()).toEqual(["C", "A", "B"]);
  expect(screen.getByRole("columnheader", { name: "Price" })).toHaveAttribute("aria-sort", "descending");
});

test("rows that tick do not jump away under the pointer", async () => {
  const user = userEvent.setup();
  const { rerender } = render(<Prices rows={rows({ A: "1", B: "2" })} />);
  await user.hover(screen.getByRole("rowheader", { name: "B" }));
  rerender(<Prices rows={rows({ A: "1", B: "2" })} />);

  rerender(<Prices rows={rows({ A: "3", B: "2", C: "0" })} />);
  expect(ids()).toEqual(["A", "B", "C"]);

  await user.unhover(screen.getByRole("rowheader", { name: "B" }));
  expect(ids()).toEqual(["C", "B", "A"]);
});

test("each cell of a card has its title", () => {
  render(<Prices rows={rows({ A: "1" })} />);
  const [, row] = screen.getAllByRole("row");

  expect(row && within(row).getByRole("cell", { name: "1" })).toHaveAttribute("data-label", "Price");
});
