import type { ReactNode } from "react";

import { reasonInWords } from "@/shared/api";
import { useFormats, useOwnFormats } from "@/shared/settings";
import { Button, ButtonLink, CheckIcon, ErrorState, Notice, TextLink } from "@/shared/ui";

import type { Order, OrderBody, OrderHandle } from "./useOrder";

/** What has become of the order. It stands in a live region, so it is read out. */
export function OrderOutcome({ order }: { readonly order: OrderHandle }): ReactNode {
  const { outcome } = order;
  switch (outcome.state) {
    case "done":
    case "pending":
      return <Result result={outcome.result} onNew={order.forget} />;
    case "failed":
      return (
        <div className="flex flex-col gap-2">
          <ErrorState isInline title="Nothing was ordered." error={outcome.error} />
          {outcome.error.reason === "INSUFFICIENT_FUNDS" && <ButtonLink to="/account">Deposit</ButtonLink>}
        </div>
      );
    case "busy":
      return null;
    default:
      return order.unfinished === undefined ? null : <Unfinished order={order} body={order.unfinished} />;
  }
}

function Result({ result, onNew }: { readonly result: Order; readonly onNew: () => void }): ReactNode {
  const { quantity, price, money } = useOwnFormats();
  const isBuy = result.side === "BUY";
  const what = `${quantity(result.quantity)} ${result.asset_id}`;
  const link = (
    <TextLink to="/orders/$orderId" params={{ orderId: result.order_id }}>
      Order
    </TextLink>
  );
  if (result.status === "COMPLETED") {
    return (
      <div className="border-good/50 bg-good/8 flex items-start gap-2 rounded-md border px-3 py-2">
        <CheckIcon className="text-good mt-0.5" />
        <p>
          {isBuy ? "Bought" : "Sold"} {what} at {price(result.price)}. You {isBuy ? "paid" : "got"}{" "}
          {money(result.net_amount)} in all. {link}
        </p>
      </div>
    );
  }
  if (result.status === "FAILED") {
    return (
      <Notice tone="warn">
        The order failed: nothing was traded. {reasonInWords(result.failure_reason)} {link}
      </Notice>
    );
  }
  return (
    <Notice action={<Button onClick={onNew}>New order</Button>}>
      {isBuy ? "Buy" : "Sell"} {what} is accepted at {price(result.price)} and pending. It is filled or fails without
      you; you are told here. {link}
    </Notice>
  );
}

/** It is not known whether the order took effect. The same again is safe. */
function Unfinished({ order, body }: { readonly order: OrderHandle; readonly body: OrderBody }): ReactNode {
  const { outcome } = order;
  const what = useWhat(body);
  if (outcome.state === "unknown" && outcome.error === undefined) {
    return <p className="text-mute">Looking for your order…</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      {outcome.state === "unknown" && outcome.error !== undefined ? (
        <ErrorState
          isInline
          title={`${what}: not confirmed yet.`}
          error={outcome.error}
          onRetry={() => void order.retry()}
        />
      ) : (
        <Notice tone="warn" action={<Button onClick={() => void order.retry()}>Send it again</Button>}>
          {what}: sent before the page was reloaded, and not known to the system so far.
        </Notice>
      )}
      <p className="text-mute text-sm">
        Sending it again is safe: it is the same order, which is made once at most.{" "}
        <button type="button" className="tap text-accent underline hover:no-underline" onClick={order.forget}>
          Drop it
        </button>{" "}
        to begin another one; if it did arrive, it is among <TextLink to="/orders">your orders</TextLink>.
      </p>
    </div>
  );
}

function useWhat({ side, asset_id, quantity, quote_amount }: OrderBody): string {
  const formats = useFormats();
  const verb = side === "BUY" ? "Buy" : "Sell";
  if (quote_amount !== undefined) {
    return `${verb} ${asset_id} for ${formats.money(quote_amount)}`;
  }
  return `${verb} ${quantity === undefined ? "all your" : formats.quantity(quantity)} ${asset_id}`;
}
