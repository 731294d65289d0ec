import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import { decimal } from "@/shared/numbers";
import { ErrorState, Facts, Money, Panel, Skeleton, Time } from "@/shared/ui";

/** The cash of the user. */
export function BalancePanel(): ReactNode {
  const balance = $api.useQuery("get", "/api/v1/balance");
  const { data } = balance;
  return (
    <Panel title="Cash">
      {data !== undefined ? (
        <>
          <p className="text-mute text-sm">Available</p>
          <p className="mb-3 text-2xl font-semibold">
            <Money value={data.available_balance} isOwn />
          </p>
          <Facts
            items={[
              ...(decimal(data.held_balance)?.gt(0)
                ? [
                    ["Held by open orders", <Money key="held" value={data.held_balance} isOwn />] as const,
                    ["In all", <Money key="all" value={data.current_balance} isOwn />] as const,
                  ]
                : []),
              ["Last change", <Time key="time" value={data.updated_at} />],
            ]}
          />
        </>
      ) : balance.error !== null ? (
        <ErrorState
          isInline
          title="Your balance could not be loaded."
          error={balance.error}
          onRetry={() => void balance.refetch()}
          isRetrying={balance.isFetching}
        />
      ) : (
        <div role="status" aria-label="Loading">
          <Skeleton className="h-[1.3rem] w-20" />
          <Skeleton className="mb-3 h-[2.23rem] w-44" />
          <Skeleton className="h-[1.45rem] w-full" />
        </div>
      )}
    </Panel>
  );
}
