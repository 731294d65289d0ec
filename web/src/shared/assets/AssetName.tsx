import type { ReactNode } from "react";

import type { Schemas } from "@/shared/api";
import { useTradingStatus } from "@/shared/live";
import { Badge, Link, TRADING_STATUS } from "@/shared/ui";

interface AssetNameProps {
  readonly assetId: string;
  readonly name: string;
  readonly status?: Schemas["Asset"]["trading_status"];
  /** On narrow screens, the name is below the symbol: for columns that are narrow there. */
  readonly isStacked?: boolean;
}

/** The symbol and the name of an asset, a link to its page, and what cannot be done with it. */
export function AssetName({ assetId, name, status, isStacked = false }: AssetNameProps): ReactNode {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/trade/$assetId"
        params={{ assetId }}
        className={`tap group flex min-w-0 rounded-sm no-underline ${isStacked ? "gap-x-2 max-sm:min-w-11 max-sm:flex-col max-sm:justify-center max-sm:leading-tight sm:items-center" : "items-center gap-2"}`}
      >
        <span className="shrink-0 font-semibold group-hover:underline">{assetId}</span>
        <span className={`text-mute truncate ${isStacked ? "max-sm:max-w-full max-sm:text-xs" : ""}`}>{name}</span>
      </Link>
      <TradingStatus assetId={assetId} status={status} />
    </span>
  );
}

/** Says that an asset can only be sold, or not be traded at all. Nothing while it is traded. */
export function TradingStatus({
  assetId,
  status,
}: {
  readonly assetId: string;
  readonly status: Schemas["Asset"]["trading_status"] | undefined;
}): ReactNode {
  const current = useTradingStatus(assetId) ?? status;
  if (current !== "SELL_ONLY" && current !== "HALTED") {
    return null;
  }
  return <Badge tone={TRADING_STATUS[current].tone}>{TRADING_STATUS[current].label}</Badge>;
}
