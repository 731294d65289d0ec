import { useState } from "react";
import type { ReactNode } from "react";

import { $api, api, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { compareDecimals } from "@/shared/numbers";
import {
  ButtonLink,
  CsvButton,
  EmptyState,
  ErrorState,
  Money,
  Panel,
  Price,
  PRICE_SOURCE,
  Quantity,
  Skeleton,
  SkeletonRows,
  Table,
} from "@/shared/ui";
import type { Column, Sort } from "@/shared/ui";

import { AdminPage } from "./AdminPage";

type House = Schemas["House"];
type Position = House["positions"][number];

export function HousePage(): ReactNode {
  const { data, error, refetch, isFetching } = $api.useQuery(
    "get",
    "/api/v1/admin/house",
    {},
    { refetchInterval: 15_000 },
  );
  return (
    <AdminPage
      title="The house"
      lead="What the house has, at current prices, and what it has earned."
      actions={<CsvButton name="house" columns={CSV} load={loadPositions} />}
    >
      {error && !data ? (
        <Panel>
          <ErrorState
            title="The house could not be loaded."
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        </Panel>
      ) : (
        <div className="flex flex-col gap-4">
          <dl className="grid gap-4 sm:grid-cols-3">
            <Sum name="Exposure" note={data && PRICE_SOURCE[data.price_source]} value={data?.exposure} />
            <Sum name="Turnover" note="The value of all fills" value={data?.turnover} />
            <Sum name="Fee income" note="The fees of all fills" value={data?.fee_income} />
          </dl>
          <Panel title="Stock" isFlush>
            {!data ? <SkeletonRows count={12} /> : <Positions positions={data.positions} />}
          </Panel>
        </div>
      )}
    </AdminPage>
  );
}

interface SumProps {
  readonly name: string;
  readonly note: string | undefined;
  readonly value: string | undefined;
}

function Sum({ name, note = "", value }: SumProps): ReactNode {
  return (
    <div className="border-line bg-panel rounded-md border p-3">
      <dt className="text-mute text-sm">{name}</dt>
      <dd className="mt-1">
        {value === undefined ? (
          <Skeleton className="h-8 w-40" />
        ) : (
          <Money value={value} className="text-2xl font-semibold" />
        )}
        <span className="text-mute block min-h-5 text-xs">{note}</span>
      </dd>
    </div>
  );
}

function Positions({ positions }: { readonly positions: readonly Position[] }): ReactNode {
  const [sort, setSort] = useState<Sort>({ key: "value", isDescending: true });
  return positions.length > 0 ? (
    <Table
      caption="The stock of each asset"
      columns={COLUMNS}
      rows={positions}
      rowKey={({ asset_id }) => asset_id}
      sort={sort}
      onSort={setSort}
    />
  ) : (
    <EmptyState
      title="The house has nothing yet."
      text="Add stock to an asset, so that users can buy it."
      action={
        <ButtonLink to="/admin/assets" variant="primary">
          Go to the assets
        </ButtonLink>
      }
    />
  );
}

const COLUMNS: readonly Column<Position>[] = [
  {
    key: "asset",
    title: "Asset",
    isHeading: true,
    compare: (one, other) => one.asset_id.localeCompare(other.asset_id),
    cell: ({ asset_id }) => <strong className="font-semibold">{asset_id}</strong>,
  },
  column("quantity", "Quantity", ({ quantity }) => <Quantity value={quantity} />),
  column("price_usd", "Price", ({ price_usd }) => <Price value={price_usd} />),
  column("value", "Value", ({ value }) => <Money value={value} />),
  column("turnover", "Turnover", ({ turnover }) => <Money value={turnover} />),
  column("fee_income", "Fee income", ({ fee_income }) => <Money value={fee_income} />),
];

function column(key: keyof Position, title: string, cell: (position: Position) => ReactNode): Column<Position> {
  return { key, title, isEnd: true, compare: (one, other) => compareDecimals(one[key], other[key]), cell };
}

const CSV = (["asset_id", "quantity", "price_usd", "value", "turnover", "fee_income"] as const).map((title) => ({
  title,
  value: (position: Position) => position[title],
}));

async function loadPositions(
  _token: string,
  signal: AbortSignal,
): Promise<readonly [readonly Position[], nextPageToken: string]> {
  return [dataOf(await api.GET("/api/v1/admin/house", { signal })).positions, ""];
}
