import type { ReactNode } from "react";

import { Change, Money, SignedMoney } from "@/shared/ui";

import { useLiveTotals } from "./useWorth";
import type { Totals } from "./valuation";
import type { Worth } from "./useWorth";

/** What the user has in all, at the prices of this moment. */
export function LiveTotals({ worth }: { readonly worth: Worth }): ReactNode {
  const totals = useLiveTotals(worth);
  const { unpriced } = totals;
  return (
    <>
      <dl className="grid grid-cols-[1.3fr_repeat(4,1fr)] gap-x-6 gap-y-3 max-lg:grid-cols-2">
        <Fact name="Total" className="max-lg:col-span-2">
          <Money value={totals.total} isOwn className="text-2xl font-semibold" />
        </Fact>
        <Fact name="Cash">
          <Money value={totals.cash} isOwn className="text-lg" />
        </Fact>
        <Fact name="Holdings">
          <Money value={totals.holdings} isOwn className="text-lg" />
        </Fact>
        <Fact name="24 h change of holdings" title="What the quantities that you hold now have gained in 24 hours">
          <Gain value={totals.change} percent={totals.changePercent} />
        </Fact>
        <Fact name="Unrealised profit and loss" title="The value of your holdings less what they cost, with the fees">
          <Gain value={totals.pnl} percent={totals.pnlPercent} />
        </Fact>
      </dl>
      {unpriced.length > 0 && (
        <p className="text-mute mt-2 text-sm">
          No price at the moment: {unpriced.join(", ")}. Sums with it are unknown.
        </p>
      )}
    </>
  );
}

function Gain({ value, percent }: { readonly value: Totals["pnl"]; readonly percent: Totals["pnl"] }): ReactNode {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <SignedMoney value={value} isOwn className="text-lg" />
      {percent !== undefined && <Change value={percent} className="text-sm" />}
    </span>
  );
}

function Fact({
  name,
  title,
  className = "",
  children,
}: {
  readonly name: string;
  readonly title?: string;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={`flex min-w-0 flex-col gap-0.5 ${className}`}>
      <dt className="text-mute text-xs" title={title}>
        {name}
      </dt>
      <dd className="flex min-h-8 items-center">{children}</dd>
    </div>
  );
}
