import type { ReactNode } from "react";

import { Price, Table, Time } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import type { Candle, Interval } from "./candles";

const ROWS_MAX = 100;

/** The candles as a table, newest first. */
export function CandleTable({
  candles,
  interval,
  label,
}: {
  readonly candles: readonly Candle[];
  readonly interval: Interval;
  readonly label: string;
}): ReactNode {
  const columns: readonly Column<Candle>[] = [
    {
      key: "start",
      title: interval === "1d" ? "Day (UTC)" : "Begin",
      isHeading: true,
      isWide: true,
      cell: ({ start_time }) => <Time value={start_time} format={interval === "1d" ? "date" : "dateTime"} />,
    },
    ...(["open", "high", "low", "close"] as const).map((key) => ({
      key,
      title: { open: "Open", high: "High", low: "Low", close: "Close" }[key],
      isEnd: true,
      cell: (candle: Candle) => <Price value={candle[key]} />,
    })),
  ];
  return (
    <div role="region" aria-label={label} tabIndex={0} className="focus-inset h-full overflow-y-auto">
      <Table
        caption={label}
        columns={columns}
        rows={candles.slice(-ROWS_MAX).reverse()}
        rowKey={({ start_time = "" }) => start_time}
      />
    </div>
  );
}
