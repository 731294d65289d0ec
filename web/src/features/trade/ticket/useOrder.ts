import { useEffect, useRef } from "react";

import { api, ApiError, dataOf, refresh, useIntention } from "@/shared/api";
import type { IntentionHandle, Schemas } from "@/shared/api";
import { tellOutcome, useOrderEvents } from "@/shared/live";

export type Order = Schemas["Order"];
export type OrderBody = Omit<Schemas["CreateOrderRequest"], "request_id">;
export type OrderHandle = IntentionHandle<OrderBody, Order>;

/**
 * The order of a ticket. One that is PENDING is followed by the stream, and asked for, until it is final.
 *
 * Its price is limited by `limit_price`, the worst price that was confirmed. A preview_id would do the same for 10 s
 * only: a retry after a 503 or a sign-in would come too late.
 */
export function useOrder(assetId: string): OrderHandle {
  const { tell, end } = useTelling(assetId);
  const order = useIntention<OrderBody, Order>({
    name: `order.${assetId}`,
    send: async (body, request_id) => {
      tell(request_id);
      return stored(dataOf(await api.POST("/api/v1/orders", { body: { ...body, request_id } })));
    },
    find: async (request_id) => {
      tell(request_id);
      return dataOf(await api.GET("/api/v1/orders:byRequestId", { params: { query: { request_id } } }));
    },
    isFinal: ({ status }) => status !== "PENDING",
    identity: identityOf,
  });
  const { outcome } = order;
  const result = outcome.state === "pending" || outcome.state === "done" ? outcome.result : undefined;
  useOrderEvents((orders) => {
    if (order.unfinished !== undefined && orders.some(({ asset_id }) => asset_id === assetId)) {
      void order.resume(); // perhaps it is this one
    }
  });
  useEffect(() => {
    if (result?.status !== undefined) {
      void refresh("/api/v1/orders", "/api/v1/balance", "/api/v1/assets/balances");
      void refresh("/api/v1/assets/{asset_id}/transactions", "/api/v1/portfolio"); // the stream may be away
    }
  }, [result?.order_id, result?.status]);
  return {
    ...order,
    forget: () => {
      if (outcome.state !== "done") {
        end(); // the ticket shows it no more, so its outcome is announced
      }
      order.forget();
    },
  };
}

interface Telling {
  readonly tell: (requestId: string) => void;
  readonly end: () => void;
}

/** Says which request the ticket of an asset tells of, as long as it is there. */
function useTelling(assetId: string): Telling {
  const shown = useRef<string>(undefined);
  const ending = useRef<() => void>(undefined);
  const end = (): void => {
    ending.current?.();
    ending.current = undefined;
  };
  useEffect(() => {
    shown.current = assetId;
    return () => {
      shown.current = undefined;
      end();
    };
  }, [assetId]);
  return {
    tell: (requestId) => {
      if (shown.current === assetId) {
        end();
        ending.current = tellOutcome(requestId);
      }
    },
    end,
  };
}

/** What makes two orders the same intention: all but the limit, which follows the market. */
function identityOf({ side, asset_id, quantity, quote_amount, sell_all }: OrderBody): unknown {
  return [side, asset_id, quantity, quote_amount, sell_all];
}

/** Without a time it is not known whether the order was stored: only the same request again can tell. */
function stored(order: Order): Order {
  if (order.status === "PENDING" && order.created_at === undefined) {
    throw new ApiError("UNAVAILABLE", "DEPENDENCY_UNAVAILABLE", "it is not known whether the order was stored");
  }
  return order;
}
