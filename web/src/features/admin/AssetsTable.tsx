import { useDeferredValue, useState } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useAllPrices } from "@/shared/live";
import { compareDecimals } from "@/shared/numbers";
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  LivePrice,
  Money,
  Pagination,
  Panel,
  Quantity,
  SkeletonRows,
  Table,
  TextField,
  TRADING_STATUS,
} from "@/shared/ui";
import type { Column, Sort } from "@/shared/ui";

import { nextPage } from "./pages";

type Asset = Schemas["Asset"];

/** All assets, those that are not listed too. */
export function AssetsTable({ onManage }: { readonly onManage: (assetId: string) => void }): ReactNode {
  useAllPrices();
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState<Sort>({ key: "asset", isDescending: false });
  const list = $api.useInfiniteQuery(
    "get",
    "/api/v1/inventory/assets",
    { params: { query: { show_inactive: true, page_size: 200 } } },
    nextPage,
  );
  const sought = useDeferredValue(search.trim().toLowerCase());
  const all = list.data?.pages.flatMap((page) => page.assets) ?? [];
  const assets = all.filter(({ asset_id, name }) => `${asset_id} ${name}`.toLowerCase().includes(sought));
  return (
    <Panel isFlush>
      <div className="border-line border-b p-3">
        <TextField
          label="Search by symbol or name"
          type="search"
          autoComplete="off"
          className="max-w-[320px]"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </div>
      {list.data && assets.length > 0 ? (
        <>
          <Table
            caption="Assets"
            columns={columnsOf(onManage)}
            rows={assets}
            rowKey={({ asset_id }) => asset_id}
            sort={sort}
            onSort={setSort}
          />
          <Pagination
            shown={`${assets.length} of ${list.data.pages[0]?.total_size ?? all.length} assets`}
            hasMore={list.hasNextPage}
            isLoading={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      ) : list.data ? (
        <EmptyState
          title={all.length === 0 ? "There are no assets yet." : "No asset matches."}
          text={all.length === 0 ? "Add the first one above." : undefined}
          action={all.length > 0 && <Button onClick={() => setSearch("")}>Show all assets</Button>}
        />
      ) : list.error ? (
        <ErrorState
          title="The assets could not be loaded."
          error={list.error}
          onRetry={() => void list.refetch()}
          isRetrying={list.isFetching}
        />
      ) : (
        <SkeletonRows count={16} />
      )}
    </Panel>
  );
}

/** What may be done with an asset. */
export function AssetState({ asset }: { readonly asset: Asset }): ReactNode {
  if (!asset.is_active) {
    return <Badge>Not listed</Badge>;
  }
  const { label, tone } = TRADING_STATUS[asset.trading_status];
  return <Badge tone={tone}>{label}</Badge>;
}

function columnsOf(manage: (assetId: string) => void): readonly Column<Asset>[] {
  return [
    {
      key: "asset",
      title: "Asset",
      isHeading: true,
      compare: (one, other) => one.asset_id.localeCompare(other.asset_id),
      cell: ({ asset_id, name }) => (
        <span>
          <strong className="font-semibold">{asset_id}</strong> <span className="text-mute">{name}</span>
        </span>
      ),
    },
    {
      key: "category",
      title: "Category",
      className: "max-lg:hidden",
      compare: (one, other) => one.category.localeCompare(other.category),
      cell: ({ category }) => category,
    },
    {
      key: "state",
      title: "State",
      compare: (one, other) => stateKey(one).localeCompare(stateKey(other)),
      cell: (asset) => <AssetState asset={asset} />,
    },
    {
      key: "price",
      title: "Price",
      isEnd: true,
      compare: (one, other) => compareDecimals(one.price_usd, other.price_usd),
      cell: ({ asset_id, price_usd }) => <LivePrice assetId={asset_id} fallback={price_usd} />,
    },
    {
      key: "stock",
      title: "Stock",
      isEnd: true,
      compare: (one, other) => compareDecimals(one.available_quantity, other.available_quantity),
      cell: ({ available_quantity }) => <Quantity value={available_quantity} />,
    },
    {
      key: "values",
      title: "Order value",
      isEnd: true,
      className: "max-xl:hidden",
      cell: ({ order_value_min, order_value_max }) => (
        <>
          <Money value={order_value_min} /> – <Money value={order_value_max} />
        </>
      ),
    },
    {
      key: "manage",
      title: "Actions",
      isTitleHidden: true,
      isEnd: true,
      cell: ({ asset_id }) => (
        <Button aria-label={`Manage ${asset_id}`} onClick={() => manage(asset_id)}>
          Manage…
        </Button>
      ),
    },
  ];
}

function stateKey({ is_active, trading_status }: Asset): string {
  return is_active ? trading_status : "NOT_LISTED";
}
