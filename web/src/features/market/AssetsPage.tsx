import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ReactNode } from "react";

import { PriceSource, useAssets } from "@/shared/assets";
import type { Asset } from "@/shared/assets";
import { useAllPrices, useSampledPrices } from "@/shared/live";
import { useSettings } from "@/shared/settings";
import { Button, EmptyState, ErrorState, Page, Panel, SkeletonRows, Table } from "@/shared/ui";

import { assetColumns } from "./columns";
import { Filters } from "./Filters";
import { assetsSearch } from "./search";
import type { AssetsSearch } from "./search";
import { categoriesOf, select } from "./select";

const NO_IDS: readonly string[] = [];

/** All assets with live prices. Anybody may look at them. */
export function AssetsPage(): ReactNode {
  const filters = useSearch({ from: "/assets" });
  const navigate = useNavigate();
  const assets = useAssets();
  useAllPrices();
  const categories = useMemo(() => categoriesOf(assets.data ?? []), [assets.data]);
  const change = (next: object): void => {
    void navigate({ to: "/assets", search: assetsSearch({ ...filters, ...next }), replace: true, resetScroll: false });
  };
  const clear = (): void => change({ search: undefined, category: undefined, isStarred: undefined });
  return (
    <Page title="Assets" badge={<PriceSource assets={assets.data} />}>
      <Filters filters={filters} categories={categories} onChange={change} />
      <Panel isFlush>
        {assets.data !== undefined ? (
          <Rows assets={assets.data} filters={filters} onSort={change} onClear={clear} />
        ) : assets.error !== null ? (
          <ErrorState
            title="The assets could not be loaded."
            error={assets.error}
            onRetry={() => void assets.refetch()}
            isRetrying={assets.isFetching}
          />
        ) : (
          <SkeletonRows count={20} height="h-8 max-sm:h-[69px]" />
        )}
      </Panel>
    </Page>
  );
}

interface RowsProps {
  readonly assets: readonly Asset[];
  readonly filters: AssetsSearch;
  readonly onSort: (change: { readonly sort: string; readonly isDescending: boolean }) => void;
  readonly onClear: () => void;
}

function Rows({ assets, filters, onSort, onClear }: RowsProps): ReactNode {
  const { watchlist } = useSettings();
  const { search, category, isStarred = false, sort: sortKey = "rank", isDescending = false } = filters;
  const rows = useMemo(
    () => select(assets, { ...(search && { search }), ...(category && { category }), isStarred }, watchlist),
    [assets, search, category, isStarred, watchlist],
  );
  const sampled = useSampledPrices(sortKey === "price" ? rows.map(({ asset_id }) => asset_id) : NO_IDS);
  const columns = useMemo(() => assetColumns(sampled), [sampled]);
  if (rows.length === 0) {
    return <NoRows isWatchlist={isStarred && watchlist.length === 0} onClear={onClear} />;
  }
  return (
    <>
      <Table
        isHeld
        isDense
        isFixed
        isLine
        caption="Assets"
        columns={columns}
        rows={rows}
        rowKey={({ asset_id }) => asset_id}
        sort={{ key: sortKey, isDescending }}
        onSort={(next) => onSort({ sort: next.key, isDescending: next.isDescending })}
      />
      <p role="status" className="border-line text-mute border-t px-3 py-2 text-sm">
        {rows.length === 1 ? "1 asset" : `${rows.length} assets`}
      </p>
    </>
  );
}

function NoRows({ isWatchlist, onClear }: { readonly isWatchlist: boolean; readonly onClear: () => void }): ReactNode {
  return isWatchlist ? (
    <EmptyState
      title="Your watchlist is empty"
      text="Click the star of an asset to watch it here and on your start page."
      action={<Button onClick={onClear}>Show all assets</Button>}
    />
  ) : (
    <EmptyState
      title="No asset matches"
      text="Try a part of its symbol or name, or another category."
      action={<Button onClick={onClear}>Clear the filters</Button>}
    />
  );
}
