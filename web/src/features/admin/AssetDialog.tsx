import { useState } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import { Dialog, ErrorState, LivePrice, Skeleton, Tabs } from "@/shared/ui";

import { AssetState } from "./AssetsTable";
import { EditAsset } from "./EditAsset";
import { SetPrice } from "./SetPrice";
import { AddStock } from "./AddStock";
import { SetTrading } from "./SetTrading";

type TabName = "trading" | "price" | "stock" | "details";

/** An asset, and all that an administrator may change of it. */
export function AssetDialog({
  assetId,
  onClose,
}: {
  readonly assetId: string;
  readonly onClose: () => void;
}): ReactNode {
  const [tab, setTab] = useState<TabName>("trading");
  const { data, error, refetch, isFetching } = $api.useQuery("get", "/api/v1/inventory/assets/{asset_id}", {
    params: { path: { asset_id: assetId } },
  });
  return (
    <Dialog title={data === undefined ? assetId : `${assetId} · ${data.name}`} isOpen onClose={onClose} isWide>
      {data ? (
        <>
          <p className="mb-2 flex flex-wrap items-center gap-3">
            <AssetState asset={data} />
            <LivePrice assetId={assetId} fallback={data.price_usd} className="text-lg font-semibold" />
          </p>
          <Tabs
            label={`Change ${assetId}`}
            value={tab}
            onChange={setTab}
            tabs={[
              { value: "trading", label: "Trading", panel: <SetTrading asset={data} /> },
              { value: "price", label: "Price", panel: <SetPrice asset={data} /> },
              { value: "stock", label: "Stock", panel: <AddStock asset={data} /> },
              { value: "details", label: "Rules", panel: <EditAsset key={data.updated_at} asset={data} /> },
            ]}
          />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />
      ) : (
        <Skeleton className="h-72" />
      )}
    </Dialog>
  );
}
