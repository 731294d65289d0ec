import type { ReactNode } from "react";

import { useMarket } from "@/shared/live";
import { Badge, PRICE_SOURCE } from "@/shared/ui";

import type { Asset } from "./queries";

/** Says that prices are simulated, or fixed. Nothing while they are those of an exchange, or not known yet. */
export function PriceSource({ assets }: { readonly assets: readonly Asset[] | undefined }): ReactNode {
  const { source } = useMarket();
  const known = source === "PRICE_SOURCE_UNSPECIFIED" ? (assets?.[0]?.price_source ?? source) : source;
  if (known !== "SIMULATED" && known !== "FIXED") {
    return null;
  }
  return <Badge tone="accent">{PRICE_SOURCE[known]}</Badge>;
}
