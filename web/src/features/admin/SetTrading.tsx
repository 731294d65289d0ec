import { useState } from "react";
import type { ReactNode } from "react";

import { SetTradingStatusRequest_trading_status as STATUSES } from "@/generated/enums";
import { api, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { Button, Choice, ConfirmDialog, Notice, toast, TRADING_STATUS } from "@/shared/ui";

import { useChange } from "./useChange";

type Asset = Schemas["Asset"];
type Status = (typeof STATUSES)[number];

const EFFECT: Record<Status, string> = {
  TRADING: "Buys and sells are accepted.",
  SELL_ONLY: "Buys are refused; users can only sell what they have.",
  HALTED: "All orders are refused and none is filled, until you choose another status.",
};

/** What may be done with an asset, and whether it is listed at all. */
export function SetTrading({ asset }: { readonly asset: Asset }): ReactNode {
  const before = STATUSES.find((status) => status === asset.trading_status);
  const [status, setStatus] = useState<Status>(before ?? "TRADING");
  const [asked, setAsked] = useState<"status" | "listing">();
  const { asset_id, is_active } = asset;
  const isSame = status === before && status !== "HALTED"; // a halt may have other causes, so it can always be set
  return (
    <div className="flex flex-col gap-4 pt-4">
      <div className="flex flex-col gap-2">
        <Choice
          label="Trading status"
          isLabelHidden={false}
          options={STATUSES.map((value) => ({ value, label: TRADING_STATUS[value].label }))}
          value={status}
          onChange={setStatus}
        />
        <p className="text-mute">
          {EFFECT[status]} {isSame && "That is its status now."}
        </p>
        {asset.trading_status === "HALTED" && (
          <Notice>
            {is_active
              ? "It shows as halted also while all trading is halted, or after a jump of its price."
              : "It shows as halted because it is not listed."}
          </Notice>
        )}
        <div>
          <Button
            variant={status === "TRADING" ? "primary" : "danger"}
            isDisabled={isSame}
            onClick={() => setAsked("status")}
          >
            Set to “{TRADING_STATUS[status].label}”…
          </Button>
        </div>
      </div>
      <div className="border-line flex flex-wrap items-center justify-between gap-2 border-t pt-4">
        <p className="min-w-0 flex-1 basis-56">
          {is_active
            ? "It is listed, and accepts orders as its status says."
            : "It is not listed and refuses all orders. Add stock before you open it."}
        </p>
        <Button variant={is_active ? "danger" : "primary"} onClick={() => setAsked("listing")}>
          {is_active ? "Close it…" : "Open it…"}
        </Button>
      </div>
      {asked === "status" && <StatusDialog assetId={asset_id} status={status} onClose={() => setAsked(undefined)} />}
      {asked === "listing" && <ListingDialog asset={asset} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

function StatusDialog({
  assetId,
  status,
  onClose,
}: {
  readonly assetId: string;
  readonly status: Status;
  readonly onClose: () => void;
}): ReactNode {
  const { label } = TRADING_STATUS[status];
  const { run, isBusy, error } = useChange(
    `status.${assetId}`,
    async (body: { readonly trading_status: Status }, request_id) =>
      dataOf(
        await api.POST("/api/v1/admin/assets/{asset_id}:setTradingStatus", {
          params: { path: { asset_id: assetId } },
          body: { ...body, request_id },
        }),
      ),
  );
  const confirm = async (): Promise<void> => {
    if (await run({ trading_status: status })) {
      toast("good", `${assetId}: ${label}.`);
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={`Set ${assetId} to “${label}”?`}
      action={`Set ${assetId} to “${label}”`}
      variant={status === "TRADING" ? "primary" : "danger"}
      isOpen
      isBusy={isBusy}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        For all users, from the next order on: {EFFECT[status].charAt(0).toLowerCase()}
        {EFFECT[status].slice(1)}
      </p>
    </ConfirmDialog>
  );
}

function ListingDialog({ asset, onClose }: { readonly asset: Asset; readonly onClose: () => void }): ReactNode {
  const { asset_id } = asset;
  const [willOpen] = useState(!asset.is_active);
  const { run, isBusy, error } = useChange(
    `listing.${asset_id}`,
    async (body: { readonly is_active: boolean }, request_id) =>
      dataOf(
        await api.POST("/api/v1/admin/assets/{asset_id}:setActive", {
          params: { path: { asset_id } },
          body: { ...body, request_id },
        }),
      ),
  );
  const confirm = async (): Promise<void> => {
    if (await run({ is_active: willOpen })) {
      toast("good", willOpen ? `${asset_id} is open.` : `${asset_id} is closed.`);
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={willOpen ? `Open ${asset_id}?` : `Close ${asset_id}?`}
      action={willOpen ? `Open ${asset_id}` : `Close ${asset_id}`}
      variant={willOpen ? "primary" : "danger"}
      isOpen
      isBusy={isBusy}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        {willOpen
          ? "It is listed for everybody and accepts orders as its status says."
          : "It leaves the list, and every new order is refused, so users cannot sell what they have. Pending orders are still filled."}
      </p>
    </ConfirmDialog>
  );
}
