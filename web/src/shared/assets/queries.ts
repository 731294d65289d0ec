/** All assets and all holdings: pages that list, search or add them up need every page of the API's lists. */

import { useQuery } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";

import { api, dataOf, everything } from "@/shared/api";
import type { Schemas } from "@/shared/api";

export type Asset = Schemas["Asset"];
export type Holding = Schemas["Holding"];

const PAGE_SIZE = 200; // the largest
const FRESH_MS = 30_000;
const RENEW_MS = 60_000; // the system computes changes once a minute

/** All assets by rank, those that are not listed last. Their prices are as old as the answer: show live ones. */
export function useAssets(): UseQueryResult<readonly Asset[]> {
  return useQuery({
    queryKey: ["get", "/api/v1/inventory/assets", "all"],
    queryFn: async ({ signal }) => {
      const assets = await all(async (page_token) => {
        const query = { page_size: PAGE_SIZE, show_inactive: true, page_token };
        const page = dataOf(await api.GET("/api/v1/inventory/assets", { params: { query }, signal }));
        return [page.assets, page.next_page_token] as const;
      });
      return assets.toSorted((one, other) => rank(one) - rank(other));
    },
    staleTime: FRESH_MS,
    refetchInterval: RENEW_MS,
  });
}

/** All holdings of the user. Without prices while those are away, unlike the portfolio of the API, which is refused then. */
export function useHoldings(): UseQueryResult<readonly Holding[]> {
  return useQuery({
    queryKey: ["get", "/api/v1/assets/balances", "all"],
    queryFn: ({ signal }) =>
      all(async (page_token) => {
        const query = { page_size: PAGE_SIZE, page_token };
        const page = dataOf(await api.GET("/api/v1/assets/balances", { params: { query }, signal }));
        return [page.holdings, page.next_page_token] as const;
      }),
    refetchInterval: RENEW_MS,
  });
}

async function all<T>(load: (pageToken: string) => Promise<readonly [readonly T[], string]>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of everything(load)) {
    items.push(...page);
  }
  return items;
}

function rank(asset: Asset): number {
  return asset.market_cap_rank === 0 ? Infinity : asset.market_cap_rank;
}
