import { lazy, Suspense, useState } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import { useFormats } from "@/shared/settings";
import { Choice, EmptyState, ErrorState, Skeleton } from "@/shared/ui";

import { INTERVALS } from "./candles";
import type { Candle, Interval } from "./candles";
import { CandleTable } from "./CandleTable";

const CandleChart = lazy(async () => ({ default: (await import("./CandleChart")).CandleChart }));

const COUNT = 500;
const REFRESH_MS: Record<Interval, number> = { "1m": 60_000, "1h": 300_000, "1d": 600_000 };
const NAMES: Record<Interval, string> = { "1m": "a minute", "1h": "an hour", "1d": "a day" };

interface ChartPanelProps {
  readonly assetId: string;
  readonly interval: Interval;
  readonly onInterval: (interval: Interval) => void;
}

/** The history of the price: as a chart, or as a table. */
export function ChartPanel({ assetId, interval, onInterval }: ChartPanelProps): ReactNode {
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <section aria-label="Price history" className="border-line bg-panel flex flex-col rounded-md border">
      <div className="border-line flex min-h-10 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b px-3 py-1">
        <h2>Price history</h2>
        <div className="flex flex-wrap gap-2">
          <Choice
            label="Length of a candle"
            value={interval}
            onChange={onInterval}
            options={INTERVALS.map((value) => ({ value, label: value }))}
          />
          <Choice
            label="Show as"
            value={view}
            onChange={setView}
            options={[
              { value: "chart", label: "Chart" },
              { value: "table", label: "Table" },
            ]}
          />
        </div>
      </div>
      <div className="h-[300px] sm:h-[380px]">
        <Candles key={interval} assetId={assetId} interval={interval} view={view} />
      </div>
    </section>
  );
}

function Candles({
  assetId,
  interval,
  view,
}: {
  readonly assetId: string;
  readonly interval: Interval;
  readonly view: "chart" | "table";
}): ReactNode {
  const { price, dateTime } = useFormats();
  const candles = $api.useQuery(
    "get",
    "/api/v1/inventory/assets/{asset_id}/candles",
    { params: { path: { asset_id: assetId }, query: { interval, page_size: COUNT } } },
    { refetchInterval: REFRESH_MS[interval] },
  );
  if (candles.data === undefined) {
    return candles.error === null ? (
      <Skeleton className="m-3 h-[calc(100%-24px)]" />
    ) : (
      <ErrorState
        title="The price history could not be loaded."
        error={candles.error}
        onRetry={() => void candles.refetch()}
        isRetrying={candles.isFetching}
      />
    );
  }
  const all = candles.data.candles;
  const first = all[0];
  if (first === undefined) {
    return <EmptyState title="There is no history yet." text="It begins with the first price of the asset." />;
  }
  const label = `${assetId}, candles of ${NAMES[interval]} since ${dateTime(first.start_time)}, last ${price(last(all).close)}`;
  return view === "table" ? (
    <CandleTable candles={all} interval={interval} label={label} />
  ) : (
    <Suspense fallback={<Skeleton className="m-3 h-[calc(100%-24px)]" />}>
      <CandleChart assetId={assetId} candles={all} interval={interval} label={label} />
    </Suspense>
  );
}

function last(candles: readonly Candle[]): Candle {
  return candles.at(-1) ?? { open: "", high: "", low: "", close: "" };
}
