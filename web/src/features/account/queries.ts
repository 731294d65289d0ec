/** The calls of the page of the account. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import { api, dataOf, filledPage } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { spanOfDays } from "@/shared/lib";
import type { Zone } from "@/shared/numbers";

import type { AccountSearch } from "./search";

export type Transaction = Schemas["Transaction"];

const PAGE_SIZE = 50;
const CSV_PAGE_SIZE = 200;

/** A page of the entries of the ledger that a search selects. */
export function ledgerPage(search: AccountSearch, zone: Zone) {
  const query = queryOf(search, zone);
  const { page = "" } = search;
  return queryOptions({
    queryKey: ["pages", "/api/v1/balance/transactions", query, page],
    queryFn: ({ signal }) => filledPage((token) => listed(query, PAGE_SIZE, token, signal), page, PAGE_SIZE / 2),
    placeholderData: keepPreviousData,
  });
}

/** Loads the pages of a search for a file. */
export function allEntries(search: AccountSearch, zone: Zone) {
  const query = queryOf(search, zone);
  return (pageToken: string, signal: AbortSignal) => listed(query, CSV_PAGE_SIZE, pageToken, signal);
}

function queryOf({ type, from, to }: AccountSearch, zone: Zone) {
  return { ...(type !== undefined && { transaction_type: type }), ...spanOfDays({ from, to }, zone) };
}

async function listed(
  query: ReturnType<typeof queryOf>,
  size: number,
  token: string,
  signal: AbortSignal,
): Promise<readonly [readonly Transaction[], string]> {
  const page = { page_size: size, ...(token !== "" && { page_token: token }) };
  const answer = await api.GET("/api/v1/balance/transactions", { params: { query: { ...query, ...page } }, signal });
  const { transactions, next_page_token } = dataOf(answer);
  return [transactions, next_page_token];
}
