import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Schemas } from "@/shared/api";
import {
  Badge,
  ButtonLink,
  EmptyState,
  ErrorState,
  Link,
  Money,
  ORDER_STATUS,
  Panel,
  Quantity,
  SIDE,
  TableSkeleton,
  Table,
  TextLink,
  Time,
} from "@/shared/ui";
import type { Column } from "@/shared/ui";

type Order = Schemas["Order"];

const COLUMNS: readonly Column<Order>[] = [
  {
    key: "order",
    title: "Order",
    isHeading: true,
    isWide: true,
    cell: ({ order_id, side, quantity, asset_id, status }) => (
      <Link
        to="/orders/$orderId"
        params={{ orderId: order_id }}
        className="tap inline-flex w-full items-center gap-1 no-underline hover:underline"
      >
        <span className="font-semibold">{SIDE[side].label}</span>
        <Quantity value={quantity} unit={asset_id} isOwn />
        <Status status={status} className="ms-auto sm:hidden" />
      </Link>
    ),
  },
  {
    key: "amount",
    title: "Amount",
    isEnd: true,
    cell: ({ status, net_amount }) => <Money value={status === "FAILED" ? undefined : net_amount} isOwn />,
  },
  {
    key: "time",
    title: "Time",
    className: "text-mute",
    cell: ({ created_at }) => <Time value={created_at} format="moment" />,
  },
  {
    key: "status",
    title: "Status",
    className: "max-sm:hidden",
    cell: ({ status }) => <Status status={status} />,
  },
];

function Status({
  status,
  className = "",
}: {
  readonly status: Order["status"];
  readonly className?: string;
}): ReactNode {
  return (
    <span className={className}>
      <Badge tone={ORDER_STATUS[status].tone}>{ORDER_STATUS[status].label}</Badge>
    </span>
  );
}

interface LastOrdersProps {
  readonly orders: UseQueryResult<Schemas["ListOrdersResponse"], unknown>;
}

/** The newest orders. */
export function LastOrders({ orders }: LastOrdersProps): ReactNode {
  const { data } = orders;
  const all =
    data !== undefined && data.orders.length > 0 ? (
      <TextLink to="/orders" className="tap inline-flex items-center justify-end text-sm">
        All orders
      </TextLink>
    ) : (
      <span className="tap" /> // the place of the link
    );
  return (
    <Panel title="Last orders" isFlush actions={all} className="col-span-2 min-h-58 max-sm:col-span-1">
      {data !== undefined ? (
        <Rows orders={data.orders} />
      ) : orders.error !== null ? (
        <ErrorState
          title="Your orders could not be loaded."
          error={orders.error}
          onRetry={() => void orders.refetch()}
          isRetrying={orders.isFetching}
        />
      ) : (
        <TableSkeleton rowCount={5} className="max-sm:min-h-29" />
      )}
    </Panel>
  );
}

function Rows({ orders }: { readonly orders: readonly Order[] }): ReactNode {
  if (orders.length === 0) {
    const buy = <ButtonLink to="/assets">Choose an asset</ButtonLink>;
    return <EmptyState title="No orders yet" text="What you buy and sell is listed here." action={buy} />;
  }
  return <Table isDense caption="Last orders" columns={COLUMNS} rows={orders} rowKey={({ order_id }) => order_id} />;
}
