import { $api } from "@/shared/api";
import type { Schemas } from "@/shared/api";

export interface Funds {
  /** The dollars that can be spent; undefined until known. */
  readonly cash: string | undefined;
  /** The quantity that can be sold, "0" if there is none; undefined until known. */
  readonly holding: string | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** What the user has to trade with. */
export function useFunds(assetId: string): Funds {
  const balance = $api.useQuery("get", "/api/v1/balance");
  const holdings = useHoldings();
  const holding = holdingOf(holdings.data, assetId);
  return {
    cash: balance.data?.available_balance,
    holding: holding === null ? "0" : holding?.available_quantity,
    error: balance.error ?? holdings.error ?? undefined,
    retry: () => {
      void balance.refetch();
      void holdings.refetch();
    },
  };
}

const ASSETS_MAX = 200; // more than there are

/** All holdings in one call: to ask for one that does not exist is an error, which browsers write into the console. */
export function useHoldings() {
  return $api.useQuery("get", "/api/v1/assets/balances", { params: { query: { page_size: ASSETS_MAX } } });
}

/** The holding of an asset: null if there is none, undefined while that is not known. */
export function holdingOf(
  answer: Schemas["ListHoldingsResponse"] | undefined,
  assetId: string,
): Schemas["Holding"] | null | undefined {
  return answer === undefined ? undefined : (answer.holdings.find(({ asset_id }) => asset_id === assetId) ?? null);
}
