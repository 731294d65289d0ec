import { $api, ApiError } from "@/shared/api";

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
  const holding = useHolding(assetId);
  return {
    cash: balance.data?.available_balance,
    holding: holding.isNone ? "0" : holding.query.data?.available_quantity,
    error: balance.error ?? (holding.isNone ? undefined : (holding.query.error ?? undefined)),
    retry: () => {
      void balance.refetch();
      void holding.query.refetch();
    },
  };
}

/** The holding of an asset. To have none is no error. */
export function useHolding(assetId: string) {
  const query = $api.useQuery("get", "/api/v1/balance/asset/{asset_id}", { params: { path: { asset_id: assetId } } });
  const isNone = query.error !== null && ApiError.from(query.error).reason === "HOLDING_NOT_FOUND";
  return { query, isNone };
}
