import type { ReactNode } from "react";

import { useMarket } from "@/shared/live";
import { Badge, PRICE_SOURCE } from "@/shared/ui";

import type { Asset } from "./queries";

/** Says where prices come from. It keeps its place until that is known. */
export function PriceSource({ assets }: { readonly assets: readonly Asset[] | undefined }): ReactNode {
  const { source } = useMarket();
  const known = source === "PRICE_SOURCE_UNSPECIFIED" ? (assets?.[0]?.price_source ?? source) : source;
  return (
    <span className="flex min-h-6 min-w-32 items-center">
      {PRICE_SOURCE[known] !== "" && (
        <Badge tone={known === "EXCHANGE" ? "neutral" : "accent"}>{PRICE_SOURCE[known]}</Badge>
      )}
    </span>
  );
}
