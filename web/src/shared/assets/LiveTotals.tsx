import type { ReactNode } from "react";

import { Change, Money, SignedMoney, Skeleton } from "@/shared/ui";

import { useLiveTotals } from "./useWorth";
import type { Totals } from "./valuation";
import type { Worth } from "./useWorth";

const GAIN = "max-sm:[&>dd]:min-h-14";
const FACTS = {
  total: { name: "Total", className: "max-lg:col-span-2 max-sm:[&>dd]:min-h-9" },
  cash: { name: "Cash" },
  holdings: { name: "Holdings" },
  change: {
    name: "24 h change of holdings",
    title: "What the quantities that you hold now have gained in 24 hours",
    className: GAIN,
  },
  pnl: {
    name: "Unrealised profit and loss",
    title: "The value of your holdings less what they cost, with the fees",
    className: GAIN,
  },
};

/** What the user has in all, at the prices of this moment. */
export function LiveTotals({ worth }: { readonly worth: Worth }): ReactNode {
  const totals = useLiveTotals(worth);
  const { unpriced } = totals;
  return (
    <>
      <Facts
        total={<Money value={totals.total} isOwn className="live text-2xl font-semibold" />}
        cash={<Money value={totals.cash} isOwn className="text-lg" />}
        holdings={<Money value={totals.holdings} isOwn className="live text-lg" />}
        change={<Gain value={totals.change} percent={totals.changePercent} />}
        pnl={<Gain value={totals.pnl} percent={totals.pnlPercent} />}
      />
      {unpriced.length > 0 && (
        <p className="text-mute mt-2 text-sm">
          No price at the moment: {unpriced.join(", ")}. Sums that need it are unknown.
        </p>
      )}
    </>
  );
}

/** The totals while they are on their way. */
export function TotalsSkeleton(): ReactNode {
  const empty = <Skeleton className="h-6 w-28" />;
  return (
    <div role="status" aria-label="Loading">
      <Facts total={empty} cash={empty} holdings={empty} change={empty} pnl={empty} />
    </div>
  );
}

function Facts(values: Readonly<Record<keyof typeof FACTS, ReactNode>>): ReactNode {
  return (
    <dl className="grid grid-cols-[1.3fr_repeat(4,1fr)] gap-x-6 gap-y-3 max-lg:grid-cols-2">
      {Object.entries(FACTS).map(([key, fact]) => (
        <Fact key={key} {...fact}>
          {values[key as keyof typeof FACTS]}
        </Fact>
      ))}
    </dl>
  );
}

function Gain({ value, percent }: { readonly value: Totals["pnl"]; readonly percent: Totals["pnl"] }): ReactNode {
  return (
    <span className="flex items-baseline gap-x-2 max-sm:flex-col">
      <SignedMoney value={value} isOwn className="live text-lg" />
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
