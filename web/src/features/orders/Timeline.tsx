import type { ReactNode } from "react";

import { reasonInWords } from "@/shared/api";
import { useFormats } from "@/shared/settings";
import { CheckIcon, InfoIcon, Time, WarningIcon } from "@/shared/ui";

import type { Order } from "./queries";

/** What has happened to an order so far, the first thing first. */
export function Timeline({ order }: { readonly order: Order }): ReactNode {
  const { price } = useFormats();
  const isAccepted = order.price !== "";
  return (
    <ol className="flex flex-col">
      <Step
        icon={<InfoIcon className="text-accent" />}
        title={isAccepted ? "Accepted" : "Sent"}
        time={order.created_at}
      >
        {isAccepted
          ? `The price is locked at ${price(order.price)}.`
          : "It is not known yet whether the order was stored. Nothing is lost: it will be, or it never takes effect."}
      </Step>
      <Last order={order} />
    </ol>
  );
}

function Last({ order }: { readonly order: Order }): ReactNode {
  const { status, side, failure_reason, updated_at } = order;
  switch (status) {
    case "COMPLETED":
      return (
        <Step icon={<CheckIcon className="text-good" />} title="Filled" time={updated_at} after={secondsBetween(order)}>
          {side === "BUY"
            ? "You have paid, and the asset is in your portfolio."
            : "The asset is sold, and the money is in your account."}
        </Step>
      );
    case "FAILED":
      return (
        <Step
          icon={<WarningIcon className="text-bad" />}
          title="Failed"
          time={updated_at}
          after={secondsBetween(order)}
        >
          {reasonInWords(failure_reason)} Nothing was moved.
        </Step>
      );
    default:
      return (
        <Step icon={<PendingDot />} title="Pending">
          It will be filled at this price, or fail, without you. This page follows it.
        </Step>
      );
  }
}

interface StepProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly time?: string | undefined;
  /** The seconds since the step before. */
  readonly after?: string | undefined;
  readonly children: ReactNode;
}

function Step({ icon, title, time, after, children }: StepProps): ReactNode {
  return (
    <li className="not-last:border-line relative ms-2 border-s border-transparent ps-5 not-last:pb-4">
      <span className="bg-panel absolute -start-2 top-0 py-0.5">{icon}</span>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{title}</span>
        {time !== undefined && (
          <span className="text-mute text-sm">
            <Time value={time} /> {after !== undefined && `(${after})`}
          </span>
        )}
      </p>
      <p className="text-mute">{children}</p>
    </li>
  );
}

function PendingDot(): ReactNode {
  return <span aria-hidden className="bg-warn animate-breathe ms-1 block size-2 rounded-full" />;
}

/** "0.21 s later". */
function secondsBetween({ created_at, updated_at }: Order): string | undefined {
  const ms = Date.parse(updated_at ?? "") - Date.parse(created_at ?? "");
  return ms >= 0 && ms < 60_000 ? `${(ms / 1000).toFixed(2)} s later` : undefined;
}
