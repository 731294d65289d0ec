/** Assets and holdings as the API tells them. */

import type { Schemas } from "@/shared/api";

export function asset(asset_id: string, facts: Partial<Schemas["Asset"]> = {}): Schemas["Asset"] {
  return {
    asset_id,
    name: `${asset_id} coin`,
    description: "",
    category: "layer-1",
    price_usd: "10.00",
    price_change_percentage_24h: "0.00",
    market_cap: "1000.00",
    market_cap_rank: 1,
    circulating_supply: "100",
    max_supply: "",
    available_quantity: "5",
    is_active: true,
    image: "",
    quantity_increment: "0.00000001",
    price_increment: "0.01",
    order_value_min: "1.00",
    order_value_max: "1000000.00",
    trading_status: "TRADING",
    bid: "10.00",
    ask: "10.00",
    price_seq: "1",
    price_source: "SIMULATED",
    is_price_stale: false,
    high_24h: "",
    low_24h: "",
    price_change_percentage_7d: "",
    price_change_percentage_30d: "",
    history_high: "",
    history_low: "",
    volume_24h: "0.00",
    ...facts,
  };
}

export function holding(asset_id: string, facts: Partial<Schemas["Holding"]> = {}): Schemas["Holding"] {
  return {
    asset_id,
    asset_name: `${asset_id} coin`,
    quantity: "2",
    available_quantity: "2",
    average_cost: "8.00",
    cost_basis: "16.00",
    current_price: "10.00",
    market_value: "20.00",
    unrealized_pnl: "4.00",
    percentage: "",
    price_source: "SIMULATED",
    is_price_stale: false,
    ...facts,
  };
}
