import type { ReactNode } from "react";

import { reasonInWords } from "@/shared/api";
import type { CsvColumn } from "@/shared/numbers";
import { Badge, Link, Money, ORDER_STATUS, Price, Quantity, SIDE, Time } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import type { Order } from "./queries";

/** The list of orders. */
export const ORDER_COLUMNS: readonly Column<Order>[] = [
  { key: "order", title: "Order", cell: (order) => <Name order={order} />, isHeading: true, isWide: true },
  { key: "time", title: "Time", cell: ({ created_at }) => <Time value={created_at} format="moment" /> },
  { key: "status", title: "Status", cell: (order) => <Status order={order} /> },
  { key: "quantity", title: "Quantity", cell: ({ quantity }) => <Quantity value={quantity} isOwn />, isEnd: true },
  { key: "price", title: "Price", cell: ({ price }) => <Price value={price} />, isEnd: true },
  {
    key: "fee",
    title: "Fee",
    cell: (order) => <Money value={movedBy(order, order.fee)} isOwn />,
    isEnd: true,
    className: "sm:max-lg:hidden",
  },
  {
    key: "total",
    title: "Total",
    cell: (order) => <Money value={movedBy(order, order.net_amount)} isOwn />,
    isEnd: true,
  },
];

/** The file of orders: decimals with a point, times in UTC. */
export const ORDER_CSV: readonly CsvColumn<Order>[] = [
  { title: "created_at", value: ({ created_at }) => created_at ?? "" },
  { title: "order_id", value: ({ order_id }) => order_id },
  { title: "side", value: ({ side }) => side },
  { title: "type", value: ({ type }) => type },
  { title: "asset", value: ({ asset_id }) => asset_id },
  { title: "quantity", value: ({ quantity }) => quantity },
  { title: "price_usd", value: ({ price }) => price },
  { title: "worst_price_usd", value: ({ limit_price }) => limit_price },
  { title: "amount_usd", value: ({ total_amount }) => total_amount },
  { title: "fee_usd", value: ({ fee }) => fee },
  { title: "total_usd", value: ({ net_amount }) => net_amount },
  { title: "ordered_usd", value: ({ quote_amount }) => quote_amount },
  { title: "sell_all", value: ({ sell_all }) => String(sell_all) },
  { title: "status", value: ({ status }) => status },
  { title: "failure_reason", value: ({ failure_reason }) => failure_reason },
  { title: "updated_at", value: ({ updated_at }) => updated_at ?? "" },
  { title: "price_seq", value: ({ price_seq }) => price_seq },
  { title: "price_source", value: ({ price_source }) => price_source },
  { title: "request_id", value: ({ request_id }) => request_id },
];

/** An amount of an order; none if it has failed, for then nothing was moved. */
function movedBy({ status }: Order, amount: string): string | undefined {
  return status === "FAILED" ? undefined : amount;
}

function Name({ order }: { readonly order: Order }): ReactNode {
  const { label, tone } = SIDE[order.side];
  return (
    <Link
      to="/orders/$orderId"
      params={{ orderId: order.order_id }}
      className="tap-text text-ink gap-2 font-medium no-underline hover:underline"
    >
      <Badge tone={tone}>{label}</Badge> {order.asset_id}
    </Link>
  );
}

function Status({ order }: { readonly order: Order }): ReactNode {
  const { label, tone } = ORDER_STATUS[order.status];
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={tone}>{label}</Badge>
      {order.status === "FAILED" && (
        <span className="text-mute max-w-[44ch] text-sm whitespace-normal">{reasonInWords(order.failure_reason)}</span>
      )}
    </span>
  );
}
