import type { ReactNode } from "react";

import { AssetName } from "@/shared/assets";
import type { Valued, Worth } from "@/shared/assets";
import { compareDecimals } from "@/shared/numbers";
import { ButtonLink, Change, EmptyState, ErrorState, Money, Panel, TableSkeleton, Table, TextLink } from "@/shared/ui";
import type { Column } from "@/shared/ui";

const COUNT = 5;

/** The most valuable holdings. */
export function TopHoldings({ worth }: { readonly worth: Worth }): ReactNode {
  return (
    <Panel title="Top holdings" isFlush className="min-h-58" actions={<All count={worth.rows?.length ?? 0} />}>
      <Content worth={worth} />
    </Panel>
  );
}

function All({ count }: { readonly count: number }): ReactNode {
  return count === 0 ? (
    <span className="tap" /> // the place of the link
  ) : (
    <TextLink to="/portfolio" className="tap inline-flex items-center justify-end text-sm">
      Portfolio
    </TextLink>
  );
}

function Content({ worth }: { readonly worth: Worth }): ReactNode {
  const { rows, error, refetch, isFetching, changes } = worth;
  if (rows === undefined) {
    return error === null ? (
      <TableSkeleton rowCount={COUNT} />
    ) : (
      <ErrorState title="Your holdings could not be loaded." error={error} onRetry={refetch} isRetrying={isFetching} />
    );
  }
  if (rows.length === 0) {
    const buy = <ButtonLink to="/assets">Choose an asset</ButtonLink>;
    return <EmptyState title="You hold nothing at the moment" action={buy} />;
  }
  const top = rows.toSorted((one, other) => compareDecimals(other.value ?? "0", one.value ?? "0")).slice(0, COUNT);
  return (
    <Table
      isPlain
      isDense
      caption="Top holdings"
      columns={columnsOf(changes)}
      rows={top}
      rowKey={({ holding }) => holding.asset_id}
    />
  );
}

function columnsOf(changes: ReadonlyMap<string, string>): readonly Column<Valued>[] {
  return [
    {
      key: "asset",
      title: "Asset",
      isHeading: true,
      className: "w-full max-w-0",
      cell: ({ holding }) => <AssetName isStacked assetId={holding.asset_id} name={holding.asset_name} />,
    },
    { key: "value", title: "Value", isEnd: true, cell: ({ value }) => <Money value={value} isOwn className="live" /> },
    {
      key: "change",
      title: "24 h",
      isEnd: true,
      cell: ({ holding }) => <Change value={changes.get(holding.asset_id)} />,
    },
  ];
}
