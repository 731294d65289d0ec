import { Fragment } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import { LiveTotals, TotalsSkeleton, useWorth } from "@/shared/assets";
import { ButtonLink, ErrorState, Page, Panel } from "@/shared/ui";

import { FirstSteps } from "./FirstSteps";
import { LastOrders } from "./LastOrders";
import { MarketSource, Movers, Watchlist } from "./Market";
import { TopHoldings } from "./TopHoldings";

const ORDERS = 5;

/** The start page of users, in one screen: what they have, what moves, what they did last. */
export function DashboardPage(): ReactNode {
  const worth = useWorth();
  const orders = $api.useQuery("get", "/api/v1/orders", { params: { query: { page_size: ORDERS } } });
  const isNew = worth.rows?.length === 0 && orders.data?.orders.length === 0 && orders.data.next_page_token === "";
  // Until the orders have come, who holds nothing may be new: what is shown to others would give way to the first steps.
  const isUndecided = worth.rows?.length === 0 && orders.isPending;
  const actions = (
    <>
      <ButtonLink to="/account">Deposit</ButtonLink>
      <ButtonLink to="/assets" variant="primary">
        Trade
      </ButtonLink>
    </>
  );
  return (
    <Page title="Dashboard" badge={<MarketSource />} actions={isNew ? <span className="tap w-40" /> : actions}>
      <div className="grid grid-cols-3 gap-3 max-lg:grid-cols-2 max-sm:grid-cols-1">
        <Panel className="col-span-full">
          {worth.rows !== undefined ? (
            <LiveTotals worth={worth} />
          ) : worth.error !== null ? (
            <ErrorState
              isInline
              title="Your balance could not be loaded."
              error={worth.error}
              onRetry={worth.refetch}
              isRetrying={worth.isFetching}
            />
          ) : (
            <TotalsSkeleton />
          )}
        </Panel>
        {isNew ? (
          <FirstSteps cash={worth.cash} />
        ) : (
          <>
            <TopHoldings worth={isUndecided ? { ...worth, rows: undefined } : worth} />
            <LastOrders orders={orders} />
          </>
        )}
        <Fragment key={isNew ? "new" : "known"}>
          <Watchlist />
          <Movers />
        </Fragment>
      </div>
    </Page>
  );
}
