/** The calls of the pages of orders. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, dataOf, filledPage } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { spanOfDays } from "@/shared/lib";
import type { Zone } from "@/shared/numbers";

import type { OrdersSearch } from "./search";

export type Order = Schemas["Order"];

const PAGE_SIZE = 50;
const CSV_PAGE_SIZE = 200;
const FOLLOW_MS = 10_000; // only in case the stream is away

/** A page of the orders that a search selects. */
export function ordersPage(search: OrdersSearch, zone: Zone) {
  const query = queryOf(search, zone);
  const { page = "" } = search;
  return queryOptions({
    queryKey: ["pages", "/api/v1/orders", query, page],
    queryFn: ({ signal }) => filledPage((token) => listed(query, PAGE_SIZE, token, signal), page, PAGE_SIZE / 2),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.rows.some(isPending) ? FOLLOW_MS : false),
  });
}

/** Loads the pages of a search for a file. */
export function allOrders(search: OrdersSearch, zone: Zone) {
  const query = queryOf(search, zone);
  return (pageToken: string, signal: AbortSignal) => listed(query, CSV_PAGE_SIZE, pageToken, signal);
}

export function isPending({ status }: Order): boolean {
  return status === "PENDING";
}

export function followMs(order: Order | undefined): number | false {
  return order !== undefined && isPending(order) ? FOLLOW_MS : false;
}

function queryOf({ status, side, assetId, from, to }: OrdersSearch, zone: Zone) {
  return {
    ...(status !== undefined && { status }),
    ...(side !== undefined && { side }),
    ...(assetId !== undefined && { asset_id: assetId }),
    ...spanOfDays({ from, to }, zone),
  };
}

async function listed(
  query: ReturnType<typeof queryOf>,
  size: number,
  token: string,
  signal: AbortSignal,
): Promise<readonly [readonly Order[], string]> {
  const page = { page_size: size, ...(token !== "" && { page_token: token }) };
  const answer = await api.GET("/api/v1/orders", { params: { query: { ...query, ...page } }, signal });
  const { orders, next_page_token } = dataOf(answer);
  return [orders, next_page_token];
}
