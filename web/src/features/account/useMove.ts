import { api, dataOf, refresh, useIntention } from "@/shared/api";
import type { IntentionHandle } from "@/shared/api";

import type { Kind } from "./limits";
import type { Transaction } from "./queries";

export interface Move {
  readonly amount: string;
}

/** A deposit or a withdrawal, which takes effect once however often it is sent. */
export function useMove(kind: Kind): IntentionHandle<Move, Transaction> {
  return useIntention<Move, Transaction>({ name: kind, send: SEND[kind] });
}

const SEND: Record<Kind, (move: Move, requestId: string) => Promise<Transaction>> = {
  deposit: async (move, request_id) =>
    dataOf(await api.POST("/api/v1/balance/deposit", { body: { ...move, request_id } })),
  withdraw: async (move, request_id) =>
    dataOf(await api.POST("/api/v1/balance/withdraw", { body: { ...move, request_id } })),
};

/** Gets anew what a move changes. */
export async function refreshCash(): Promise<void> {
  await refresh("/api/v1/balance", "/api/v1/balance/transactions", "/api/v1/portfolio");
}
