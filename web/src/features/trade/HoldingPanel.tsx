import type { ReactNode } from "react";

import type { Schemas } from "@/shared/api";
import { usePrice } from "@/shared/live";
import { decimal, plain } from "@/shared/numbers";
import type { Decimalish } from "@/shared/numbers";
import { Change, ErrorState, Facts, Money, Panel, Price, Quantity, SignedMoney, SkeletonRows } from "@/shared/ui";

import { holdingOf, useHoldings } from "./ticket/useFunds";

/** What the user has of the asset. */
export function HoldingPanel({ assetId }: { readonly assetId: string }): ReactNode {
  const query = useHoldings();
  const holding = holdingOf(query.data, assetId);
  return (
    <Panel title="My holding">
      {holding ? (
        <Holding holding={holding} />
      ) : holding === null ? (
        <p className="text-mute">You have no {assetId} yet.</p>
      ) : query.error !== null ? (
        <ErrorState
          isInline
          title="Your holding could not be loaded."
          error={query.error}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      ) : (
        <SkeletonRows count={4} height="h-5" />
      )}
    </Panel>
  );
}

function Holding({ holding }: { readonly holding: Schemas["Holding"] }): ReactNode {
  const tick = usePrice(holding.asset_id);
  const price = tick?.price ?? holding.current_price;
  const { value, gain, percent } = worth(holding, price);
  return (
    <Facts
      items={[
        ["Quantity", <Quantity key="quantity" isOwn value={holding.quantity} unit={holding.asset_id} />],
        ["Average cost", <Price key="cost" value={holding.average_cost} />],
        ["Value", <Money key="value" isOwn value={value} className="live" />],
        [
          "Gain or loss",
          <span key="gain">
            <SignedMoney isOwn value={gain} className="live" /> <Change value={percent} className="text-xs" />
          </span>,
        ],
      ]}
    />
  );
}

/** The value of a holding at a price, and what was gained. Without a price there is none. */
export function worth(
  { quantity, cost_basis }: Pick<Schemas["Holding"], "quantity" | "cost_basis">,
  price: string | undefined,
): { readonly value: Decimalish; readonly gain: Decimalish; readonly percent: string | undefined } {
  const [units, cost, one] = [decimal(quantity), decimal(cost_basis), decimal(price)];
  if (units === undefined || cost === undefined || one === undefined) {
    return { value: undefined, gain: undefined, percent: undefined };
  }
  const value = units.times(one);
  const gain = value.minus(cost);
  return { value, gain, percent: cost.eq(0) ? undefined : plain(gain.div(cost).times(100).round(2)) };
}
