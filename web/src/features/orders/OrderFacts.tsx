import type { ReactNode } from "react";

import { CopyButton, Facts, Money, ORDER_TYPE, Price, PRICE_SOURCE, Quantity, SIDE, TextLink } from "@/shared/ui";

import type { Order } from "./queries";

type Fact = readonly [name: string, value: ReactNode];

/** What was ordered, and what it has cost or brought in. */
export function Amounts({ order }: { readonly order: Order }): ReactNode {
  const { side, type, asset_id, quantity, price, limit_price, total_amount, fee, net_amount, price_seq } = order;
  const items: readonly Fact[] = [
    ["Side", SIDE[side].label],
    ["Type", ORDER_TYPE[type]],
    ["Asset", <AssetLink key="asset" assetId={asset_id} />],
    ["Ordered", <Ordered key="ordered" order={order} />],
    ["Quantity", <Quantity key="quantity" value={quantity} unit={asset_id} isOwn />],
    ["Price of one", <Price key="price" value={price} />],
    ["Worst price accepted", limit_price === "" ? "Any" : <Price key="worst" value={limit_price} />],
    ["Amount without the fee", <Money key="amount" value={total_amount} isOwn />],
    ["Fee", <Money key="fee" value={fee} isOwn />],
    [
      netName(order),
      <strong key="net">
        <Money value={net_amount} isOwn />
      </strong>,
    ],
    ...(price_seq === "0" ? [] : [["Price number", price_seq] as const]),
    ...(order.price_source === "PRICE_SOURCE_UNSPECIFIED"
      ? []
      : [["Price source", PRICE_SOURCE[order.price_source]] as const]),
  ];
  return <Facts items={items} />;
}

/** The ids, to be copied. */
export function Ids({ order: { order_id, request_id } }: { readonly order: Order }): ReactNode {
  return (
    <Facts
      items={[
        ["Order", <Id key="order" id={order_id} label="Copy the order id" />],
        ["Request", <Id key="request" id={request_id} label="Copy the request id" />],
      ]}
    />
  );
}

function Id({ id, label }: { readonly id: string; readonly label: string }): ReactNode {
  return (
    <span className="inline-flex max-w-full items-center justify-end gap-1">
      <code className="min-w-0 font-mono text-sm break-all">{id}</code>
      <CopyButton text={id} label={label} />
    </span>
  );
}

function AssetLink({ assetId }: { readonly assetId: string }): ReactNode {
  return (
    <TextLink to="/trade/$assetId" params={{ assetId }} className="tap-text">
      {assetId}
    </TextLink>
  );
}

/** How the size was given. */
function Ordered({ order: { quote_amount, sell_all, quantity, asset_id } }: { readonly order: Order }): ReactNode {
  if (sell_all) {
    return "The whole position";
  }
  return quote_amount === "" ? (
    <Quantity value={quantity} unit={asset_id} isOwn />
  ) : (
    <>
      For <Money value={quote_amount} isOwn />
    </>
  );
}

function netName({ side, status }: Order): string {
  const isBuy = side === "BUY";
  switch (status) {
    case "COMPLETED":
      return isBuy ? "You paid" : "You received";
    case "FAILED":
      return isBuy ? "You would have paid" : "You would have received";
    default:
      return isBuy ? "You pay" : "You receive";
  }
}
