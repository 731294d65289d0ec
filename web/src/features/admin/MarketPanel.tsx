import { useState } from "react";
import type { ReactNode } from "react";

import { $api, api, dataOf } from "@/shared/api";
import { Badge, Button, ConfirmDialog, ErrorState, Panel, PRICE_SOURCE, Skeleton, Time, toast } from "@/shared/ui";

import { useChange } from "./useChange";

/** Whether the market is open, and the switch that halts everything. */
export function MarketPanel(): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const { data, error, refetch, isFetching } = $api.useQuery(
    "get",
    "/api/v1/inventory/market",
    {},
    { refetchInterval: 10_000 },
  );
  if (!data) {
    return (
      <Panel>
        {error ? (
          <ErrorState
            isInline
            title="The state of the market could not be loaded."
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        ) : (
          <Skeleton className="h-8 max-sm:h-24" />
        )}
      </Panel>
    );
  }
  return (
    <Panel>
      <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
        <span className="flex items-center gap-2 font-semibold">
          The market {data.is_halted ? <Badge tone="bad">All trading halted</Badge> : <Badge tone="good">Open</Badge>}
        </span>
        <span className="text-mute flex flex-wrap items-center gap-x-2">
          {PRICE_SOURCE[data.price_source]} as of <Time value={data.price_as_of} format="time" />
          {data.is_price_stale && <Badge tone="warn">Too old to trade at</Badge>}
        </span>
        <Button className="ms-auto" variant={data.is_halted ? "primary" : "danger"} onClick={() => setAsking(true)}>
          {data.is_halted ? "Resume trading…" : "Halt all trading…"}
        </Button>
      </div>
      {isAsking && <HaltDialog isHalted={data.is_halted} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function HaltDialog({ isHalted, onClose }: { readonly isHalted: boolean; readonly onClose: () => void }): ReactNode {
  const [willHalt] = useState(!isHalted); // what was asked, even if another admin is faster
  const { run, isBusy, error } = useChange("halt", async (body: { readonly is_halted: boolean }, request_id) =>
    dataOf(await api.POST("/api/v1/admin/market:setHalted", { body: { ...body, request_id } })),
  );
  const confirm = async (): Promise<void> => {
    if (await run({ is_halted: willHalt })) {
      toast(willHalt ? "info" : "good", willHalt ? "All trading is halted." : "Trading goes on.");
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={willHalt ? "Halt all trading?" : "Resume trading?"}
      action={willHalt ? "Halt all trading" : "Resume trading"}
      variant={willHalt ? "danger" : "primary"}
      isOpen
      isBusy={isBusy}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {willHalt
          ? "From now on every new order of every user is refused, for all assets, until somebody resumes trading. Pending orders are still filled. Prices go on, and users see that trading is halted."
          : "Orders are accepted again, for every asset whose own status allows it."}
      </p>
    </ConfirmDialog>
  );
}
