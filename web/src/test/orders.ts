/** What the system answers to those who order, in tests. */

import type { Schemas } from "@/shared/api";
import { http, HttpResponse, refusal, server } from "./server";

type Order = Schemas["Order"];
type CreateBody = Schemas["CreateOrderRequest"];

export const ASSET: Schemas["Asset"] = {
  ...{ asset_id: "BTC", name: "Bitcoin", description: "", category: "layer-1", image: "", is_active: true },
  ...{ price_usd: "50000.00", bid: "49990.00", ask: "50010.00", price_seq: "1", is_price_stale: false },
  ...{ price_change_percentage_24h: "1.00", price_change_percentage_7d: "", price_change_percentage_30d: "" },
  ...{ market_cap: "1000000", market_cap_rank: 1, circulating_supply: "1", max_supply: "", volume_24h: "0" },
  ...{ available_quantity: "10", quantity_increment: "0.0001", price_increment: "0.01" },
  ...{ order_value_min: "1.00", order_value_max: "100000.00", history_high: "", history_low: "" },
  ...{ high_24h: "51000.00", low_24h: "49000.00" },
  trading_status: "TRADING",
  price_source: "FIXED",
};

export const PREVIEW: Schemas["PreviewOrderResponse"] = {
  ...{ price: "50010.00", quantity: "0.0019", total_amount: "95.02", fee: "0.10", net_amount: "95.12" },
  ...{ worst_price: "52510.50", preview_id: "p", price_seq: "1", obstacles: [] },
  price_source: "FIXED",
};

export const ORDER: Order = {
  ...{ order_id: "order-1", asset_id: "BTC", quantity: "0.0019", price: "50010.00", limit_price: "52510.50" },
  ...{ total_amount: "95.02", fee: "0.10", net_amount: "95.12", quote_amount: "100", sell_all: false },
  ...{ failure_reason: "", request_id: "", created_at: "2026-11-30T12:00:00Z", price_seq: "1" },
  ...{ side: "BUY", type: "MARKET", status: "COMPLETED", price_source: "FIXED" },
};

export interface System {
  /** The bodies of all orders that were sent. */
  readonly sent: CreateBody[];
  /** The orders that were made, by request_id. */
  readonly made: Map<string, Order>;
  /** The previews that were asked for. */
  readonly previewed: Schemas["PreviewOrderRequest"][];
}

interface SystemOptions {
  readonly cash?: string;
  readonly holding?: string;
  readonly preview?: Partial<Schemas["PreviewOrderResponse"]>;
  /** Answers to the first attempts to order; afterwards they succeed. */
  readonly failures?: (() => Response)[];
  readonly order?: Partial<Order>;
}

/** Answers as the system does: one order for a request_id. */
export function serve({ cash = "1000.00", holding, preview, failures = [], order }: SystemOptions = {}): System {
  const system: System = { sent: [], made: new Map(), previewed: [] };
  server.use(
    http.get("/api/v1/balance", () => HttpResponse.json({ available_balance: cash, current_balance: cash })),
    http.get("/api/v1/assets/balances", () =>
      HttpResponse.json({
        holdings: holding === undefined ? [] : [{ asset_id: "BTC", quantity: holding, available_quantity: holding }],
        next_page_token: "",
      }),
    ),
    http.post("/api/v1/orders:preview", async ({ request }) => {
      system.previewed.push((await request.json()) as Schemas["PreviewOrderRequest"]);
      return HttpResponse.json({ ...PREVIEW, ...preview });
    }),
    http.post("/api/v1/orders", async ({ request }) => {
      const body = (await request.json()) as CreateBody;
      const id = body.request_id ?? "";
      system.sent.push(body);
      const failure = failures.shift();
      if (failure !== undefined) {
        return failure();
      }
      const made = system.made.get(id) ?? { ...ORDER, ...order, request_id: id, side: body.side };
      system.made.set(id, made);
      return HttpResponse.json(made);
    }),
    http.get("/api/v1/orders:byRequestId", ({ request }) => {
      const made = system.made.get(new URL(request.url).searchParams.get("request_id") ?? "");
      return made === undefined ? refusal(404, 5, "ORDER_NOT_FOUND") : HttpResponse.json(made);
    }),
  );
  return system;
}
