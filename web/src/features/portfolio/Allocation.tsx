import type { ReactNode } from "react";

import { useFormats } from "@/shared/settings";
import { Money, Panel, Table } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import type { Slice } from "./rows";

const RADIUS = 40;
const GAP = 0.6; // percent
const SHADES = [
  "stroke-accent",
  "stroke-accent/80",
  "stroke-accent/62",
  "stroke-accent/48",
  "stroke-accent/36",
  "stroke-accent/26",
  "stroke-accent/18",
];
const FILLS = [
  "bg-accent",
  "bg-accent/80",
  "bg-accent/62",
  "bg-accent/48",
  "bg-accent/36",
  "bg-accent/26",
  "bg-accent/18",
];
const CASH = { stroke: "stroke-edge", fill: "bg-edge" };

/** Of what the total consists: a ring, and the same as a table. */
export function Allocation({ slices }: { readonly slices: readonly Slice[] }): ReactNode {
  return (
    <Panel title="Allocation" className="min-w-0">
      <div className="flex flex-wrap items-center gap-6">
        <Ring slices={slices} />
        <div className="min-w-60 flex-1">
          <Legend slices={slices} />
        </div>
      </div>
    </Panel>
  );
}

function Ring({ slices }: { readonly slices: readonly Slice[] }): ReactNode {
  const shares = slices.map(({ share }) => share?.toNumber() ?? 0);
  const gap = slices.length > 1 ? GAP : 0;
  return (
    <svg aria-hidden viewBox="0 0 100 100" className="mx-auto size-40 shrink-0 -rotate-90">
      {slices.map(({ key }, index) => {
        const start = shares.slice(0, index).reduce((sum, share) => sum + share, 0);
        const length = Math.max(0.3, (shares[index] ?? 0) - gap);
        return (
          <circle
            key={key}
            cx="50"
            cy="50"
            r={RADIUS}
            fill="none"
            strokeWidth="14"
            pathLength="100"
            strokeDasharray={`${length} ${100 - length}`}
            strokeDashoffset={-start}
            className={lookOf(key, index).stroke}
          />
        );
      })}
    </svg>
  );
}

function Legend({ slices }: { readonly slices: readonly Slice[] }): ReactNode {
  const { percent } = useFormats();
  const columns: readonly Column<Slice>[] = [
    {
      key: "asset",
      title: "Part",
      isHeading: true,
      cell: ({ key, label }) => (
        <span className="inline-flex items-center gap-2">
          <span
            aria-hidden
            className={`size-3 rounded-sm ${
              lookOf(
                key,
                slices.findIndex((slice) => slice.key === key),
              ).fill
            }`}
          />
          {label}
        </span>
      ),
    },
    { key: "value", title: "Value", isEnd: true, cell: ({ value }) => <Money value={value} isOwn /> },
    { key: "share", title: "Share", isEnd: true, cell: ({ share }) => <bdi>{percent(share)}</bdi> },
  ];
  return <Table isPlain caption="Allocation" columns={columns} rows={slices} rowKey={({ key }) => key} />;
}

function lookOf(key: string, index: number): { readonly stroke: string; readonly fill: string } {
  const shade = Math.min(index, SHADES.length - 1);
  return key === " cash" ? CASH : { stroke: SHADES[shade] ?? "", fill: FILLS[shade] ?? "" };
}
