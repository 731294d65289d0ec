import { compareDecimals, decimal } from "@/shared/numbers";

import type { Asset } from "./queries";

export interface Movers {
  readonly gainers: readonly Asset[];
  readonly losers: readonly Asset[];
}

/** The listed assets whose prices have risen and fallen most in 24 hours. */
export function moversOf(assets: readonly Asset[], count: number): Movers {
  const listed = assets.filter(({ is_active }) => is_active);
  const sorted = listed.toSorted((one, other) => compareDecimals(changeOf(one), changeOf(other)));
  const isGain = (asset: Asset): boolean => decimal(changeOf(asset))?.gt(0) ?? false;
  const isLoss = (asset: Asset): boolean => decimal(changeOf(asset))?.lt(0) ?? false;
  return {
    gainers: sorted.filter(isGain).slice(-count).reverse(),
    losers: sorted.filter(isLoss).slice(0, count),
  };
}

function changeOf(asset: Asset): string {
  return asset.price_change_percentage_24h;
}
