import { useMemo } from "react";

import { $api } from "@/shared/api";
import { usePrices, useSampledPrices } from "@/shared/live";
import type { Tick } from "@/shared/live";

import { useAssets, useHoldings } from "./queries";
import type { Asset, Holding } from "./queries";
import { totalsOf, valued } from "./valuation";
import type { Totals, Valued } from "./valuation";

export interface Worth {
  /** All holdings, valued every few seconds; undefined until they have come. */
  readonly rows: readonly Valued[] | undefined;
  readonly holdings: readonly Holding[];
  readonly cash: string | undefined;
  /** What could not be loaded. */
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => void;
  /** The changes of prices in 24 hours, in percent, by asset. */
  readonly changes: ReadonlyMap<string, string>;
}

const NONE: readonly Holding[] = [];

/** What the user has. Rows follow the prices every few seconds; use LiveTotals or LivePrice for what ticks. */
export function useWorth(): Worth {
  const holdings = useHoldings();
  const balance = $api.useQuery("get", "/api/v1/balance");
  const assets = useAssets();
  const changes = useMemo(() => changesOf(assets.data ?? []), [assets.data]);
  const list = holdings.data ?? NONE;
  const ids = useMemo(() => list.map(({ asset_id }) => asset_id), [list]);
  const sampled = useSampledPrices(ids);
  const rows = useMemo(() => valuedAt(list, sampled, changes), [list, sampled, changes]);
  const isKnown = holdings.data !== undefined && balance.data !== undefined;
  return {
    rows: isKnown ? rows : undefined,
    holdings: list,
    cash: balance.data?.current_balance,
    error: isKnown ? null : (holdings.error ?? balance.error),
    isFetching: holdings.isFetching || balance.isFetching,
    refetch: () => {
      void holdings.refetch();
      void balance.refetch();
    },
    changes,
  };
}

/** The sums at the prices of this moment: the component renders with each tick. */
export function useLiveTotals({ holdings, cash, changes }: Worth): Totals {
  const ids = useMemo(() => holdings.map(({ asset_id }) => asset_id), [holdings]);
  const prices = usePrices(ids);
  return useMemo(() => totalsOf(valuedAt(holdings, prices, changes), cash), [holdings, prices, changes, cash]);
}

function valuedAt(
  holdings: readonly Holding[],
  prices: ReadonlyMap<string, Tick>,
  changes: ReadonlyMap<string, string>,
): readonly Valued[] {
  return holdings.map((holding) => {
    const price = prices.get(holding.asset_id)?.price ?? (holding.current_price || undefined);
    return valued(holding, price, changes.get(holding.asset_id));
  });
}

function changesOf(assets: readonly Asset[]): ReadonlyMap<string, string> {
  return new Map(assets.map(({ asset_id, price_change_percentage_24h }) => [asset_id, price_change_percentage_24h]));
}
