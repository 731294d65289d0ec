import type { ReactNode } from "react";

import { $api, api, ApiError, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { ConfirmDialog, Facts, Money, ORDER_STATUS, Quantity, SIDE, toast } from "@/shared/ui";

import { NamedPerson } from "./Person";
import { refreshAdmin, useChange } from "./useChange";

export interface Resolution {
  readonly kind: "release" | "fail";
  readonly quarantined: Schemas["QuarantinedOrder"];
}

interface ResolveDialogProps {
  readonly resolution: Resolution | undefined;
  readonly onClose: () => void;
}

/** Asks before an order in quarantine is tried again, or fails for good. */
export function ResolveDialog({ resolution, onClose }: ResolveDialogProps): ReactNode {
  const order = resolution?.quarantined.order;
  if (resolution === undefined || order === undefined) {
    return null;
  }
  const props = { order, quarantined: resolution.quarantined, onClose };
  return resolution.kind === "release" ? <ReleaseDialog {...props} /> : <FailDialog {...props} />;
}

interface OneProps {
  readonly order: Schemas["Order"];
  readonly quarantined: Schemas["QuarantinedOrder"];
  readonly onClose: () => void;
}

function ReleaseDialog({ order, quarantined, onClose }: OneProps): ReactNode {
  const { user_id } = quarantined;
  const {
    run: release,
    isBusy,
    error,
  } = useChange(`release.${order.order_id}`, async (body: { readonly user_id: string }, request_id) =>
    dataOf(
      await api.POST("/api/v1/admin/orders/{order_id}:release", {
        params: { path: { order_id: order.order_id } },
        body: { ...body, request_id },
      }),
    ),
  );
  const run = async (): Promise<void> => {
    const result = await release({ user_id });
    if (result !== undefined) {
      settled(result, onClose);
    }
  };
  return (
    <ConfirmDialog
      title="Release this order?"
      action="Release the order"
      variant="primary"
      isOpen
      isBusy={isBusy}
      error={error}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <OrderFacts order={order} quarantined={quarantined} />
      <p>
        It is tried again at once. If its cause is gone, it is filled at the price that was locked; otherwise it comes
        back to quarantine.
      </p>
    </ConfirmDialog>
  );
}

function FailDialog({ order, quarantined, onClose }: OneProps): ReactNode {
  const fail = $api.useMutation("post", "/api/v1/admin/orders/{order_id}:fail");
  const run = async (): Promise<void> => {
    const { order_id } = order;
    const body = { user_id: quarantined.user_id };
    const result = await fail.mutateAsync({ params: { path: { order_id } }, body }).catch(() => undefined);
    if (result !== undefined) {
      settled(result, onClose);
    }
  };
  const isSettled = fail.error !== null && ApiError.from(fail.error).reason === "ORDER_SETTLED";
  return (
    <ConfirmDialog
      title="Fail this order?"
      action="Fail the order"
      isOpen
      isBusy={fail.isPending}
      isDisabled={isSettled}
      error={fail.error ?? undefined}
      onConfirm={() => void run()}
      onClose={onClose}
    >
      <OrderFacts order={order} quarantined={quarantined} />
      <p>
        The order fails for good and its steps are undone: stock that it took returns to the house. The user pays
        nothing and gets nothing. This cannot be undone.
      </p>
      {isSettled && <p>Its cash and holding have moved, so it can only be completed: release it.</p>}
    </ConfirmDialog>
  );
}

function settled(order: Schemas["Order"], onClose: () => void): void {
  toast("good", `The order is now: ${ORDER_STATUS[order.status].label}.`);
  onClose();
  void refreshAdmin();
}

function OrderFacts({ order, quarantined }: Omit<OneProps, "onClose">): ReactNode {
  return (
    <Facts
      items={[
        [
          "Order",
          <span key="order">
            {SIDE[order.side].label} <Quantity value={order.quantity} unit={order.asset_id} />
          </span>,
        ],
        ["Value", <Money key="value" value={order.total_amount} />],
        ["User", <NamedPerson key="user" userId={quarantined.user_id} />],
        ["Why it is here", quarantined.reason],
        [
          "Order id",
          <code key="id" className="font-mono text-xs break-all">
            {order.order_id}
          </code>,
        ],
      ]}
    />
  );
}
