import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { $api, ApiError } from "@/shared/api";
import { useOwnFormats } from "@/shared/settings";
import { Badge, ButtonLink, EmptyState, ErrorState, ORDER_STATUS, Page, Panel, SIDE, SkeletonRows } from "@/shared/ui";

import { Amounts, Ids } from "./OrderFacts";
import { followMs } from "./queries";
import type { Order } from "./queries";
import { Timeline } from "./Timeline";

/** One order, with all that is known about it. */
export function OrderPage(): ReactNode {
  const { orderId } = useParams({ from: "/orders/$orderId" });
  const order = $api.useQuery(
    "get",
    "/api/v1/orders/{order_id}",
    { params: { path: { order_id: orderId } } },
    { refetchInterval: ({ state }) => followMs(state.data) },
  );
  if (order.data !== undefined) {
    return <Known order={order.data} />;
  }
  return (
    <Page title="Order" actions={<ToList />}>
      <Panel isFlush>
        {order.error === null ? (
          <SkeletonRows count={12} />
        ) : isMissing(order.error) ? (
          <EmptyState
            title="There is no such order."
            text="The link may be mistyped, or of another account."
            action={<ToList />}
          />
        ) : (
          <ErrorState
            title="The order could not be loaded."
            error={order.error}
            onRetry={() => void order.refetch()}
            isRetrying={order.isFetching}
          />
        )}
      </Panel>
    </Page>
  );
}

function isMissing(error: unknown): boolean {
  return ["NOT_FOUND", "INVALID_ARGUMENT"].includes(ApiError.from(error).code); // an id that is none is missing, too
}

function ToList(): ReactNode {
  return <ButtonLink to="/orders">All orders</ButtonLink>;
}

function Known({ order }: { readonly order: Order }): ReactNode {
  const title = useTitle(order);
  const { label, tone } = ORDER_STATUS[order.status];
  return (
    <Page
      title={title}
      tabTitle={`${label}: ${title}`}
      badge={<Badge tone={tone}>{label}</Badge>}
      actions={
        <>
          <Again order={order} />
          <ToList />
        </>
      }
    >
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <div className="flex flex-col gap-3">
          <Panel title="What happened">
            <Timeline order={order} />
          </Panel>
          <Panel title="Identification">
            <Ids order={order} />
          </Panel>
        </div>
        <Panel title="Amounts">
          <Amounts order={order} />
        </Panel>
      </div>
    </Page>
  );
}

/** "Buy 0.05 BTC". */
function useTitle({ side, quantity, quote_amount, asset_id }: Order): string {
  const formats = useOwnFormats();
  const size =
    quantity !== ""
      ? `${formats.quantity(quantity)} `
      : quote_amount !== ""
        ? `${formats.money(quote_amount)} of `
        : "";
  return `${SIDE[side].label} ${size}${asset_id}`;
}

/** The next action: what a failure asks for, or another order of the asset. */
function Again({ order: { side, asset_id, failure_reason } }: { readonly order: Order }): ReactNode {
  if (failure_reason === "INSUFFICIENT_FUNDS") {
    return (
      <ButtonLink to="/account" variant="primary">
        Deposit
      </ButtonLink>
    );
  }
  const search = side === "SIDE_UNSPECIFIED" ? {} : { side };
  return (
    <ButtonLink to="/trade/$assetId" params={{ assetId: asset_id }} search={search} variant="primary">
      Trade {asset_id}
    </ButtonLink>
  );
}
