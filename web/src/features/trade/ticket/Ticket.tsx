import { useEffect, useId, useRef, useState } from "react";
import type { ReactNode } from "react";

import { ApiError } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { getSettings } from "@/shared/settings";
import { AmountField, Button, Choice, ErrorState, Panel, useShortcut } from "@/shared/ui";

import { AmountShares } from "./AmountShares";
import { Available } from "./Available";
import { ConfirmDialog } from "./ConfirmDialog";
import type { Confirming } from "./ConfirmDialog";
import { Obstacles } from "./Obstacles";
import { OrderOutcome } from "./OrderOutcome";
import { PreviewFacts } from "./PreviewFacts";
import { converted, mustConfirm, shareOfCash, shareOfHolding } from "./size";
import type { Share, Side, Unit } from "./size";
import { useFunds } from "./useFunds";
import { useOrder } from "./useOrder";
import type { OrderBody } from "./useOrder";
import { freshPreview, usePreview } from "./usePreview";
import { useTicket } from "./useTicket";

interface TicketProps {
  readonly asset: Schemas["Asset"];
  readonly side: Side;
  readonly onSide: (side: Side) => void;
}

/** Where a user buys and sells. */
export function Ticket({ asset, side, onSide }: TicketProps): ReactNode {
  const { asset_id: assetId } = asset;
  const isBuy = side === "BUY";
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const order = useOrder(assetId);
  const isSending = order.outcome.state === "busy";
  const funds = useFunds(assetId);
  const available = isBuy ? funds.cash : funds.holding;
  const ticket = useTicket(assetId, side, funds.holding, isSending);
  const preview = usePreview(ticket.order);
  const [isChecking, setChecking] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState<Confirming>();

  const focusOn = (next: Side): void => {
    onSide(next);
    input.current?.focus();
    input.current?.select();
  };
  useShortcut("b", `Buy ${assetId}`, () => focusOn("BUY"));
  useShortcut("s", `Sell ${assetId}`, () => focusOn("SELL"));
  useClearAfterOrder(order.outcome, ticket.clear);

  const changed = (change: () => void): void => {
    setAsked(false);
    if (order.outcome.state === "failed" || order.outcome.state === "done") {
      order.forget(); // what it says is about the order before
    }
    change();
  };
  const fill = (unit: Unit, value: string, isAll?: boolean): void => changed(() => ticket.fill(unit, value, isAll));
  const share = (part: Share): void => {
    if (isBuy) {
      fill("dollars", shareOfCash(funds.cash ?? "0", part, asset.order_value_max));
    } else if (part === 100) {
      fill("units", funds.holding ?? "0", true);
    } else {
      fill("units", shareOfHolding(funds.holding ?? "0", part, asset.quantity_increment));
    }
  };
  const switchUnit = (unit: Unit): void => fill(unit, preview.current ? converted(preview.current, side, unit) : "");

  const send = async (body: OrderBody): Promise<void> => {
    await order.run(body);
    setConfirming(undefined);
  };
  const review = async (): Promise<void> => {
    if (isSending || isChecking || order.unfinished !== undefined) {
      return;
    }
    if (ticket.order === undefined) {
      setAsked(order.outcome.state !== "done"); // else it is the second click of two
      input.current?.focus();
      return;
    }
    setChecking(true);
    try {
      const answer = await freshPreview(ticket.order);
      if (answer.obstacles.length === 0) {
        const body: OrderBody = { ...ticket.order, type: "MARKET", limit_price: answer.worst_price };
        if (mustConfirm(answer.net_amount, getSettings().confirmFrom)) {
          setConfirming({ body, preview: answer });
        } else {
          await send(body);
        }
      }
    } catch (error) {
      void ApiError.from(error); // the preview shows it
    } finally {
      setChecking(false);
    }
  };

  const obstacles = preview.current?.obstacles.length ?? 0;
  const amount = { ...ticket.amount, setText: (text: string) => changed(() => ticket.amount.setText(text)) };
  return (
    <Panel title={`Trade ${assetId}`} actions={<span className="text-mute text-xs">Market order</span>}>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void review();
        }}
      >
        <Choice
          label="Side"
          value={side}
          onChange={(next) => changed(() => onSide(next))}
          options={[
            { value: "BUY", label: "Buy", tone: "bg-up text-on-trade" },
            { value: "SELL", label: "Sell", tone: "bg-down text-on-trade" },
          ]}
        />
        <Choice
          label="Amount in"
          value={ticket.unit}
          onChange={switchUnit}
          options={[
            { value: "dollars", label: "Dollars" },
            { value: "units", label: assetId },
          ]}
        />
        <AmountField
          ref={input}
          label={ticket.isAll ? "Amount: all you have" : "Amount"}
          amount={amount}
          unit={ticket.unit === "dollars" ? "USD" : assetId}
          error={ticket.problem ?? (isAsked && amount.text === "" ? "Please enter an amount." : undefined)}
          hint={<Available side={side} assetId={assetId} funds={funds} />}
          onEnter={() => void review()}
        />
        <AmountShares
          label={isBuy ? "Share of your cash" : `Share of your ${assetId}`}
          isDisabled={available === undefined || Number(available) === 0}
          onShare={share}
        />
        <PreviewFacts
          assetId={assetId}
          side={side}
          preview={preview.shown}
          isOld={preview.current === undefined && preview.shown !== undefined}
        />
        {preview.error !== undefined && (
          <ErrorState
            isInline
            title="The order could not be previewed."
            error={preview.error}
            onRetry={preview.retry}
            isRetrying={preview.isFetching}
          />
        )}
        <Obstacles
          id={`${id}-obstacles`}
          asset={asset}
          preview={preview.current}
          available={funds.holding}
          onFill={fill}
          onSide={(next) => changed(() => onSide(next))}
        />
        {(order.unfinished === undefined || isSending) && (
          <Button
            type="submit"
            variant={isBuy ? "buy" : "sell"}
            isWide
            isBusy={isSending || isChecking}
            isDisabled={obstacles > 0}
            aria-describedby={`${id}-obstacles`}
          >
            {isSending ? "Sending the order…" : `${isBuy ? "Buy" : "Sell"} ${assetId}`}
          </Button>
        )}
      </form>
      <div role="status" className="not-empty:mt-3">
        <OrderOutcome order={order} />
      </div>
      {confirming !== undefined && (
        <ConfirmDialog
          {...confirming}
          asset={asset}
          isBusy={isSending}
          onConfirm={() => void send(confirming.body)}
          onClose={() => setConfirming(isSending ? confirming : undefined)}
        />
      )}
    </Panel>
  );
}

/** Empties the ticket once its order is accepted. */
function useClearAfterOrder(outcome: ReturnType<typeof useOrder>["outcome"], clear: () => void): void {
  const result = outcome.state === "done" || outcome.state === "pending" ? outcome.result : undefined;
  const orderId = result?.status === "FAILED" ? undefined : result?.order_id;
  useEffect(() => {
    if (orderId !== undefined) {
      clear();
    }
  }, [orderId, clear]);
}
