import type { ReactNode } from "react";

import type { Schemas } from "@/shared/api";
import { useNow } from "@/shared/lib";
import { useConnection, useMarket, usePrice, usePricesReceivedAt } from "@/shared/live";
import { Big, decimal } from "@/shared/numbers";
import { useFormats } from "@/shared/settings";
import { Badge, Change, LivePrice, Notice, Price, Skeleton, Star, TRADING_STATUS } from "@/shared/ui";

type Asset = Schemas["Asset"];

const SILENCE_SECONDS = 20; // heartbeats come every 15 s: a device that slept still believes that it is connected

/** The size of the line of the price, whatever its age says: what is beside and below it must not move. */
const PRICE_LINE = "min-h-10 max-sm:min-h-[84px] lg:min-w-[450px]";
const FIGURES = "min-w-[min(100%,700px)] flex-1";

/** The head of the page while the asset is on its way. */
export function HeadSkeleton(): ReactNode {
  return (
    <>
      <div className={`flex items-center ${PRICE_LINE}`}>
        <Skeleton className="h-10 w-72" />
      </div>
      <Skeleton className={`h-10 max-sm:h-[88px] ${FIGURES}`} />
    </>
  );
}

/** The price and its age, and what may be done. */
export function PriceLine({ asset }: { readonly asset: Asset }): ReactNode {
  const { asset_id: assetId, price_usd } = asset;
  const status = useTradingStatus(asset);
  const { label, tone } = TRADING_STATUS[status];
  return (
    <div className={`flex flex-wrap items-center gap-x-3 gap-y-1 ${PRICE_LINE}`}>
      <LivePrice assetId={assetId} fallback={price_usd} className="text-ink text-2xl font-semibold" />
      <Change value={asset.price_change_percentage_24h} />
      <div className="flex items-center gap-x-3 max-sm:basis-full">
        <Age fallback={asset.price_as_of} />
        <Badge tone={tone}>{label}</Badge>
        <Star assetId={assetId} />
      </div>
    </div>
  );
}

/** How old the price is. It counts while no news comes. */
function Age({ fallback }: { readonly fallback: string | undefined }): ReactNode {
  const receivedAtMs = usePricesReceivedAt();
  const { status } = useConnection();
  const { isStale } = useMarket();
  const { time } = useFormats();
  const seconds = Math.max(0, Math.floor((useNow() - receivedAtMs) / 1000));
  const isOld = isStale || (receivedAtMs > 0 && seconds > (status === "live" ? SILENCE_SECONDS : 5));
  const text =
    receivedAtMs === 0
      ? `as of ${time(fallback)}`
      : seconds < 120
        ? `${seconds} s old`
        : `${Math.floor(seconds / 60)} min old`;
  return (
    <span className={`inline-block min-w-[7ch] text-sm ${isOld ? "text-warn font-medium" : "text-mute"}`}>
      {isOld && <span aria-hidden>⚠ </span>}
      <bdi>{text}</bdi>
    </span>
  );
}

/** Bid, ask and the figures of 24 hours. */
export function AssetFigures({ asset }: { readonly asset: Asset }): ReactNode {
  const { asset_id: assetId } = asset;
  const { compactMoney, quantity } = useFormats();
  const items: readonly (readonly [string, ReactNode])[] = [
    ["Bid", <LivePrice key="bid" assetId={assetId} kind="bid" fallback={asset.bid} />],
    ["Ask", <LivePrice key="ask" assetId={assetId} kind="ask" fallback={asset.ask} />],
    ["24 h high", <Price key="high" value={asset.high_24h} />],
    ["24 h low", <Price key="low" value={asset.low_24h} />],
    ["24 h volume", compactMoney(asset.volume_24h)],
    ["Market cap", compactMoney(asset.market_cap)],
    ["In stock", quantity(decimal(asset.available_quantity)?.round(2, Big.roundDown))],
  ];
  return (
    <dl
      className={`grid grid-cols-[repeat(auto-fill,minmax(88px,1fr))] gap-x-3 gap-y-2 text-sm max-sm:grid-cols-3 ${FIGURES}`}
    >
      {items.map(([name, value]) => (
        <div key={name} className="min-w-0 max-sm:last:hidden">
          <dt className="text-mute text-xs">
            <bdi>{name}</bdi>
          </dt>
          <dd className="whitespace-nowrap">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Says why trading is not possible, or only in part. */
export function TradingNotice({ asset }: { readonly asset: Asset }): ReactNode {
  const status = useTradingStatus(asset);
  const { isHalted } = useMarket();
  if (!asset.is_active) {
    return <Notice tone="warn">{asset.name} is not traded: it is closed, or not open yet.</Notice>;
  }
  if (status === "HALTED" && !isHalted) {
    return (
      <Notice tone="warn">Trading of {asset.name} is halted for the moment. No order is accepted or filled.</Notice>
    );
  }
  if (status === "SELL_ONLY") {
    return <Notice tone="warn">{asset.name} is being delisted: it can be sold, but no longer bought.</Notice>;
  }
  return null; // a halt of all trading is told by the shell
}

function useTradingStatus(asset: Asset): Asset["trading_status"] {
  const tick = usePrice(asset.asset_id);
  const { isHalted } = useMarket();
  return isHalted || !asset.is_active ? "HALTED" : (tick?.status ?? asset.trading_status);
}
