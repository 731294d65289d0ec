import { useState } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import { TradingStatus } from "@/shared/assets";
import type { Asset } from "@/shared/assets";
import { Change, Link, LivePrice, Skeleton, toneOf } from "@/shared/ui";

import { Sparkline } from "./Sparkline";

const HOURS = 24;
const HEIGHT = "h-[5.5rem] max-sm:h-[7rem]";
const CARD = "border-line bg-panel rounded-md border p-3";

/** The largest assets, each with its price and the course of a day. */
export function Highlights({ assets }: { readonly assets: readonly Asset[] }): ReactNode {
  return (
    <ul aria-label="The largest assets" className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      {assets.map((asset) => (
        <Highlight key={asset.asset_id} asset={asset} />
      ))}
    </ul>
  );
}

export function HighlightSkeletons({ count }: { readonly count: number }): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={CARD}>
          <Skeleton className={HEIGHT} />
        </div>
      ))}
    </div>
  );
}

function Highlight({ asset }: { readonly asset: Asset }): ReactNode {
  const { asset_id, name, price_usd, price_change_percentage_24h, trading_status } = asset;
  return (
    <li className={`${CARD} hover:border-edge relative`}>
      <div className={`flex flex-col justify-between ${HEIGHT}`}>
        <div className="flex items-center justify-between gap-2">
          <Link
            to="/trade/$assetId"
            params={{ assetId: asset_id }}
            className="min-w-0 truncate no-underline after:absolute after:inset-0 after:rounded-md hover:underline"
          >
            <span className="font-semibold">{asset_id}</span> <span className="text-mute">{name}</span>
          </Link>
          <TradingStatus assetId={asset_id} status={trading_status} />
        </div>
        <Course assetId={asset_id} change={price_change_percentage_24h} />
        <div className="flex items-baseline justify-between gap-x-2 max-sm:flex-col">
          <LivePrice assetId={asset_id} fallback={price_usd} className="text-lg font-semibold" />
          <Change value={price_change_percentage_24h} className="text-sm" />
        </div>
      </div>
    </li>
  );
}

function Course({ assetId, change }: { readonly assetId: string; readonly change: string }): ReactNode {
  const [startTime] = useState(() => new Date(Date.now() - HOURS * 3_600_000).toISOString());
  const { data } = $api.useQuery(
    "get",
    "/api/v1/inventory/assets/{asset_id}/candles",
    {
      params: {
        path: { asset_id: assetId },
        query: { interval: "1h", start_time: startTime, page_size: HOURS + 1 },
      },
    },
    { staleTime: 300_000 },
  );
  const closes = data?.candles.map(({ close }) => close) ?? [];
  return (
    <div className={`h-8 ${toneOf(change)}`}>
      {closes.length > 1 && <Sparkline values={closes} className="h-8 w-full" />}
    </div>
  );
}
