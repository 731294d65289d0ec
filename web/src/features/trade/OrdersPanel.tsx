import { useState } from "react";
import type { ReactNode } from "react";

import { $api, reasonInWords } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import {
  Badge,
  EmptyState,
  ErrorState,
  Money,
  ORDER_STATUS,
  Pagination,
  Price,
  Quantity,
  SIDE,
  SkeletonRows,
  Table,
  Tabs,
  TextLink,
  Time,
} from "@/shared/ui";
import type { Column } from "@/shared/ui";

type Order = Schemas["Order"];
type Fill = Schemas["AssetTransaction"];

const PAGE_SIZE = 20;
const FOLLOW_MS = 5_000;

/** The orders and fills of the user in the asset. */
export function OrdersPanel({ assetId }: { readonly assetId: string }): ReactNode {
  const [tab, setTab] = useState<"orders" | "fills">("orders");
  return (
    <section aria-labelledby="own-orders" className="border-line bg-panel rounded-md border">
      <h2 id="own-orders" className="sr-only">
        My orders in {assetId}
      </h2>
      <Tabs
        label={`My orders in ${assetId}`}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "orders", label: "My orders", panel: <Orders assetId={assetId} /> },
          { value: "fills", label: "My fills", panel: <Fills assetId={assetId} /> },
        ]}
      />
    </section>
  );
}

const SIDE_COLUMN = {
  key: "side",
  title: "Side",
  cell: ({ side }: Pick<Order, "side">) => <Badge tone={SIDE[side].tone}>{SIDE[side].label}</Badge>,
};

const ORDERS: readonly Column<Order>[] = [
  {
    key: "time",
    title: "Time",
    isHeading: true,
    cell: ({ order_id, created_at }) => (
      <TextLink to="/orders/$orderId" params={{ orderId: order_id }} className="tap-text">
        <Time value={created_at} format="moment" />
      </TextLink>
    ),
  },
  SIDE_COLUMN,
  { key: "quantity", title: "Quantity", isEnd: true, cell: ({ quantity }) => <Quantity isOwn value={quantity} /> },
  { key: "price", title: "Price", isEnd: true, cell: ({ price }) => <Price value={price} /> },
  {
    key: "net",
    title: "Total",
    isEnd: true,
    cell: ({ status, net_amount }) => <Money isOwn value={status === "FAILED" ? undefined : net_amount} />,
  },
  {
    key: "status",
    title: "Status",
    cell: ({ status, failure_reason }) => (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <Badge tone={ORDER_STATUS[status].tone}>{ORDER_STATUS[status].label}</Badge>
        {failure_reason !== "" && (
          <span className="text-mute text-xs whitespace-normal">{reasonInWords(failure_reason)}</span>
        )}
      </span>
    ),
  },
];

function Orders({ assetId }: { readonly assetId: string }): ReactNode {
  const orders = $api.useQuery(
    "get",
    "/api/v1/orders",
    { params: { query: { asset_id: assetId, page_size: PAGE_SIZE } } },
    { refetchInterval: ({ state }) => (hasPending(state.data?.orders) ? FOLLOW_MS : false) }, // the stream may be away
  );
  if (orders.data === undefined) {
    return <Waiting title="Your orders could not be loaded." query={orders} />;
  }
  const all = orders.data.orders;
  if (all.length === 0) {
    return (
      <EmptyState
        title={`You have not traded ${assetId} yet.`}
        text="Buy it in the ticket, and your orders are listed here."
      />
    );
  }
  return (
    <>
      <Table caption={`My orders in ${assetId}`} columns={ORDERS} rows={all} rowKey={({ order_id }) => order_id} />
      <p className="border-line border-t px-3 py-1">
        <TextLink to="/orders" search={{ assetId }} className="tap inline-flex items-center">
          All orders in {assetId}
        </TextLink>
      </p>
    </>
  );
}

function hasPending(orders: readonly Order[] | undefined): boolean {
  return orders?.some(({ status }) => status === "PENDING") ?? false;
}

const FILLS: readonly Column<Fill>[] = [
  {
    key: "time",
    title: "Time",
    isHeading: true,
    cell: ({ order_id, filled_at }) => (
      <TextLink to="/orders/$orderId" params={{ orderId: order_id }} className="tap-text">
        <Time value={filled_at} format="moment" />
      </TextLink>
    ),
  },
  SIDE_COLUMN,
  { key: "quantity", title: "Quantity", isEnd: true, cell: ({ quantity }) => <Quantity isOwn value={quantity} /> },
  { key: "price", title: "Price", isEnd: true, cell: ({ price }) => <Price value={price} /> },
  { key: "fee", title: "Fee", isEnd: true, cell: ({ fee }) => <Money isOwn value={fee} /> },
  { key: "net", title: "Total", isEnd: true, cell: ({ net_amount }) => <Money isOwn value={net_amount} /> },
];

function Fills({ assetId }: { readonly assetId: string }): ReactNode {
  const fills = $api.useInfiniteQuery(
    "get",
    "/api/v1/assets/{asset_id}/transactions",
    { params: { path: { asset_id: assetId }, query: { page_size: PAGE_SIZE } } },
    {
      pageParamName: "page_token",
      initialPageParam: "",
      getNextPageParam: ({ next_page_token }) => next_page_token || undefined,
    },
  );
  if (fills.data === undefined) {
    return <Waiting title="Your fills could not be loaded." query={fills} />;
  }
  const all = fills.data.pages.flatMap(({ transactions }) => transactions);
  if (all.length === 0 && !fills.hasNextPage) {
    return (
      <EmptyState
        title="There are no fills yet."
        text={`What you buy and sell of ${assetId} is listed here as soon as it is filled.`}
      />
    );
  }
  return (
    <>
      <Table caption={`My fills in ${assetId}`} columns={FILLS} rows={all} rowKey={({ order_id }) => order_id} />
      <Pagination
        hasMore={fills.hasNextPage}
        isLoading={fills.isFetchingNextPage}
        onMore={() => void fills.fetchNextPage()}
        shown={`${all.length} ${all.length === 1 ? "fill" : "fills"}`}
      />
    </>
  );
}

interface Waited {
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => Promise<unknown>;
}

function Waiting({ title, query }: { readonly title: string; readonly query: Waited }): ReactNode {
  return query.error === null ? (
    <SkeletonRows count={4} />
  ) : (
    <ErrorState title={title} error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
  );
}
