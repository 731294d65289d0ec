import { AssetName } from "@/shared/assets";
import type { Asset } from "@/shared/assets";
import type { Tick } from "@/shared/live";
import { compareDecimals } from "@/shared/numbers";
import { Change, CompactMoney, LivePrice, Quantity, Star } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import { categoryLabel } from "./select";

/** On narrow screens: below the name, the price and the change. */
const SECOND_LINE = "max-sm:text-mute max-sm:text-xs";

/** The columns of the list of assets. Rows are compared by sampled prices: sorting need not follow each tick. */
export function assetColumns(sampled: ReadonlyMap<string, Tick>): readonly Column<Asset>[] {
  const priceOf = ({ asset_id, price_usd }: Asset): string => sampled.get(asset_id)?.price ?? price_usd;
  return [
    {
      key: "rank",
      title: "#",
      className: "w-[4rem] text-mute max-sm:hidden",
      cell: ({ market_cap_rank }) => (market_cap_rank === 0 ? "—" : market_cap_rank),
      compare: (one, other) => rankOf(one) - rankOf(other),
    },
    {
      key: "asset",
      title: "Asset",
      isHeading: true,
      isWide: true,
      className: "sm:w-0 sm:grow",
      cell: ({ asset_id, name, trading_status }) => (
        <span className="-ms-2 flex min-w-0 items-center gap-1 max-sm:-ms-3.5 max-sm:gap-0">
          <Star assetId={asset_id} />
          <AssetName isStacked assetId={asset_id} name={name} status={trading_status} />
        </span>
      ),
      compare: (one, other) => one.asset_id.localeCompare(other.asset_id),
    },
    {
      key: "category",
      title: "Category",
      className: "w-[11rem] text-mute max-lg:hidden",
      cell: ({ category }) => categoryLabel(category),
    },
    {
      key: "price",
      title: "Price",
      isEnd: true,
      className: "sm:w-[11rem]",
      cell: ({ asset_id, price_usd }) => <LivePrice assetId={asset_id} fallback={price_usd} className="ticking" />,
      compare: (one, other) => compareDecimals(priceOf(one), priceOf(other)),
    },
    {
      key: "change",
      title: "24 h",
      isEnd: true,
      className: "sm:w-[8rem]",
      cell: ({ price_change_percentage_24h }) => <Change value={price_change_percentage_24h} />,
      compare: (one, other) => compareDecimals(one.price_change_percentage_24h, other.price_change_percentage_24h),
    },
    {
      key: "cap",
      title: "Market cap",
      isEnd: true,
      className: `sm:w-[9rem] ${SECOND_LINE} max-sm:items-start max-sm:ps-[30px] max-sm:text-start`, // below the name
      cell: ({ market_cap }) => (
        <span className="max-w-full truncate">
          <span className="sm:hidden">Cap </span>
          <CompactMoney value={market_cap} />
        </span>
      ),
      compare: (one, other) => compareDecimals(one.market_cap, other.market_cap),
    },
    {
      key: "available",
      title: "Available",
      isEnd: true,
      className: `sm:w-[13rem] ${SECOND_LINE} max-sm:col-span-2`,
      cell: ({ asset_id, available_quantity }) => (
        <span className="max-w-full truncate">
          <Quantity value={available_quantity} unit={asset_id} />
          <span className="sm:hidden"> in stock</span>
        </span>
      ),
      compare: (one, other) => compareDecimals(one.available_quantity, other.available_quantity),
    },
  ];
}

/** Those without a rank come last. */
function rankOf({ market_cap_rank }: Asset): number {
  return market_cap_rank === 0 ? Number.MAX_SAFE_INTEGER : market_cap_rank;
}
