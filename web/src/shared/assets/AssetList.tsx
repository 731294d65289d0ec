import type { ReactNode } from "react";

import { Change, LivePrice, Table } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import { AssetName } from "./AssetName";
import type { Asset } from "./queries";

const COLUMNS: readonly Column<Asset>[] = [
  {
    key: "asset",
    title: "Asset",
    isHeading: true,
    className: "w-full max-w-0",
    cell: ({ asset_id, name, trading_status }) => (
      <AssetName isStacked assetId={asset_id} name={name} status={trading_status} />
    ),
  },
  {
    key: "price",
    title: "Price",
    isEnd: true,
    cell: ({ asset_id, price_usd }) => <LivePrice assetId={asset_id} fallback={price_usd} />,
  },
  {
    key: "change",
    title: "24 h",
    isEnd: true,
    cell: ({ price_change_percentage_24h }) => <Change value={price_change_percentage_24h} />,
  },
];

/** A short list of assets with live prices. */
export function AssetList({
  caption,
  assets,
}: {
  readonly caption: string;
  readonly assets: readonly Asset[];
}): ReactNode {
  return (
    <Table isPlain isDense caption={caption} columns={COLUMNS} rows={assets} rowKey={({ asset_id }) => asset_id} />
  );
}
