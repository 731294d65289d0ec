import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api, dataOf, queryClient } from "@/shared/api";
import type { ApiError, Schemas } from "@/shared/api";

import type { OrderRequest } from "./size";

export type PreviewAnswer = Schemas["PreviewOrderResponse"];

const DEBOUNCE_MS = 300;
const REFRESH_MS = 5_000;
const FRESH_MS = 2_000;

export interface Preview {
  /** What the order would come to now; undefined until that is known. */
  readonly current: PreviewAnswer | undefined;
  /** The same, or that of the amount before: to be shown dimmed. */
  readonly shown: PreviewAnswer | undefined;
  readonly error: ApiError | undefined;
  readonly isFetching: boolean;
  readonly retry: () => void;
}

/** The preview of an order, 300 ms after its last change and every few seconds. */
export function usePreview(order: OrderRequest | undefined): Preview {
  const key = JSON.stringify(order ?? null);
  const settledKey = useDebounced(key, DEBOUNCE_MS);
  const settled = JSON.parse(settledKey) as OrderRequest | null;
  const query = useQuery({
    ...optionsOf(settled ?? { side: "BUY", asset_id: "" }),
    enabled: settled !== null,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.status === "error" ? false : REFRESH_MS),
  });
  const isCurrent = settledKey === key && settled !== null;
  return {
    current: isCurrent && !query.isPlaceholderData && query.error === null ? query.data : undefined,
    shown: order === undefined || settled === null ? undefined : query.data,
    error: isCurrent ? ((query.error as ApiError | null) ?? undefined) : undefined,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}

/** A preview that is not older than 2 s. Throws ApiError. */
export async function freshPreview(order: OrderRequest): Promise<PreviewAnswer> {
  return queryClient.query({ ...optionsOf(order), staleTime: FRESH_MS });
}

function optionsOf(body: OrderRequest) {
  return queryOptions({
    queryKey: ["post", "/api/v1/orders:preview", { body }],
    queryFn: async ({ signal }) => dataOf(await api.POST("/api/v1/orders:preview", { body, signal })),
    staleTime: 0,
    gcTime: 30_000,
  });
}

function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
