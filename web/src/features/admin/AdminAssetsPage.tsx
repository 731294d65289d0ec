import { useState } from "react";
import type { ReactNode } from "react";

import { Button } from "@/shared/ui";

import { AdminPage } from "./AdminPage";
import { AssetDialog } from "./AssetDialog";
import { AssetsTable } from "./AssetsTable";
import { CreateAssetDialog } from "./CreateAssetDialog";
import { MarketPanel } from "./MarketPanel";

export function AdminAssetsPage(): ReactNode {
  const [assetId, setAssetId] = useState<string>();
  const [isCreating, setCreating] = useState(false);
  return (
    <AdminPage title="Assets and trading" actions={<Button onClick={() => setCreating(true)}>Add an asset…</Button>}>
      <div className="flex flex-col gap-4">
        <MarketPanel />
        <AssetsTable onManage={setAssetId} />
      </div>
      {assetId !== undefined && <AssetDialog assetId={assetId} onClose={() => setAssetId(undefined)} />}
      {isCreating && (
        <CreateAssetDialog
          onClose={() => setCreating(false)}
          onCreated={(created) => {
            setCreating(false);
            setAssetId(created);
          }}
        />
      )}
    </AdminPage>
  );
}
