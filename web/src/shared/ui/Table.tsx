import { useState } from "react";
import type { ReactNode } from "react";

import { SortDownIcon, SortIcon, SortUpIcon } from "./icons";
import { useHeldOrder } from "./useHeldOrder";

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers end at the end of the column. */
  readonly isEnd?: boolean;
  /** Names the row for screen readers: one column of a table has it. */
  readonly isHeading?: boolean;
  /** Makes the column sortable: compares two rows, ascending. */
  readonly compare?: (one: Row, other: Row) => number;
  /** Takes the whole width of a card, on narrow screens; its title is left out. */
  readonly isWide?: boolean;
  /** Classes of its cells, such as "max-lg:hidden". */
  readonly className?: string;
  /** Whether the title is only for screen readers, for a column of buttons. */
  readonly isTitleHidden?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly isDescending: boolean;
}

interface TableProps<Row> {
  /** Names the table for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The order, for example of the URL; the rows are sorted here. Without it they stay as they are. */
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort) => void;
  /** Rows that tick keep their places while the pointer or the focus is on them. */
  readonly isHeld?: boolean;
  /** Stays a table on narrow screens: for two or three columns. */
  readonly isPlain?: boolean;
  /** Low rows, for cells that have a height of their own, such as links of the class "tap". */
  readonly isDense?: boolean;
  /**
   * For many rows: those out of sight cost nothing. Each column has the width of its class, one of them "sm:w-0
   * sm:grow" for what is left, so cells that tick move nothing.
   */
  readonly isFixed?: boolean;
  /**
   * On narrow screens, each row is three columns and below them a small line of the next cells, rather than a card;
   * hide the others there.
   */
  readonly isLine?: boolean;
}

/** A table. Below 640 px its rows are cards. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  isHeld = false,
  isPlain = false,
  isDense = false,
  isFixed = false,
  isLine = false,
}: TableProps<Row>): ReactNode {
  const [isTouched, setTouched] = useState(false);
  const sorted = sortRows(rows, columns, sort);
  const shown = useHeldOrder(sorted, rowKey, isHeld && isTouched, `${sort?.key ?? ""} ${String(sort?.isDescending)}`);
  // The roles are explicit because cards are no longer a table to browsers.
  return (
    <div className="overflow-x-auto">
      <table
        role="table"
        className={`table ${isPlain ? "table-plain" : ""} ${isDense ? "table-dense" : ""} ${isFixed ? "table-fixed" : ""} ${isLine ? "table-line" : ""}`}
      >
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Heading key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody
          role="rowgroup"
          onPointerEnter={() => setTouched(true)}
          onPointerLeave={() => setTouched(false)}
          onFocus={() => setTouched(true)}
          onBlur={() => setTouched(false)}
        >
          {shown.map((row) => (
            <tr role="row" key={rowKey(row)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }): ReactNode {
  const { isEnd, isHeading, isWide, isTitleHidden, className = "", title, cell } = column;
  const classes = `${isEnd ? "end" : ""} ${isWide ? "wide" : ""} ${className}`;
  const label = isWide || isTitleHidden ? undefined : title;
  return isHeading ? (
    <th role="rowheader" scope="row" className={classes} data-label={label}>
      {cell(row)}
    </th>
  ) : (
    <td role="cell" className={classes} data-label={label}>
      {cell(row)}
    </td>
  );
}

function Heading<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}): ReactNode {
  const { key, title, isEnd, isTitleHidden, className = "", compare } = column;
  const classes = `${isEnd ? "end" : ""} ${className}`;
  if (compare === undefined || onSort === undefined) {
    return (
      <th role="columnheader" scope="col" className={classes}>
        {isTitleHidden ? <span className="sr-only">{title}</span> : title}
      </th>
    );
  }
  const isSorted = sort?.key === key;
  const Arrow = !isSorted ? SortIcon : sort.isDescending ? SortDownIcon : SortUpIcon;
  return (
    <th
      role="columnheader"
      scope="col"
      className={classes}
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        className={`hover:text-ink inline-flex items-center gap-1 py-1 ${isEnd ? "flex-row-reverse" : ""} ${isSorted ? "text-ink" : ""}`}
        onClick={() => onSort({ key, isDescending: isSorted ? !sort.isDescending : isEnd === true })}
      >
        {title}
        <Arrow size={12} className={isSorted ? "" : "opacity-50"} />
      </button>
    </th>
  );
}

/** Sorts rows by a column; equal ones stay in their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const compare = columns.find(({ key }) => key === sort?.key)?.compare;
  if (compare === undefined) {
    return rows;
  }
  return rows.toSorted((one, other) => (sort?.isDescending ? compare(other, one) : compare(one, other)));
}
