/** The typed client of the API. */

import type { components, paths } from "@client/openapi";
import { QueryClient } from "@tanstack/react-query";
import createFetchClient from "openapi-fetch";
import type { Client } from "openapi-fetch";
import createQueryApi from "openapi-react-query";

import { ApiError } from "./error";
import { send } from "./transport";

export type Schemas = components["schemas"];

/** Makes calls by path: `await api.GET("/api/v1/balance")`. Throws ApiError. */
export const api: Client<paths> = createFetchClient<paths>({ baseUrl: window.location.origin });
api.use({ onRequest: ({ request, schemaPath }) => send(request, schemaPath) });

/** The same as hooks: `$api.useQuery("get", "/api/v1/balance")`. Their errors are ApiErrors. */
export const $api = createQueryApi(api);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false, // calls are retried by the policy of their method
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      networkMode: "always", // an offline call fails at once and says so
      throwOnError: false,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** The data of an answer. The client throws for errors, so there is always some. */
export function dataOf<T>({ data }: { data?: T }): T {
  if (data === undefined) {
    throw new ApiError("UNKNOWN", "UNKNOWN", "the answer is empty");
  }
  return data;
}

/** Gets the queries of these paths anew, for example after a change: `refresh("/api/v1/balance")`. */
export async function refresh(...wanted: readonly (keyof paths)[]): Promise<void> {
  const isWanted = (key: readonly unknown[]): boolean => (wanted as readonly unknown[]).includes(key[1]);
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => isWanted(queryKey) });
}

/** Iterates over all pages of a list. `load` returns the items and the token of the next page, "" for the last. */
export async function* everything<T>(
  load: (pageToken: string) => Promise<readonly [items: readonly T[], nextPageToken: string]>,
): AsyncGenerator<readonly T[], void, undefined> {
  let token = "";
  do {
    const [items, next] = await load(token);
    if (next !== "" && next === token) {
      throw new Error("the next page token is the one just used");
    }
    yield items;
    token = next;
  } while (token !== "");
}
