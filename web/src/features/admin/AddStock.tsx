import { useState } from "react";
import type { ReactNode } from "react";

import { api, broken, contract, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { decimal, plain } from "@/shared/numbers";
import { AmountField, Button, ConfirmDialog, Facts, Money, Quantity, toast, useAmount } from "@/shared/ui";

import { useChange } from "./useChange";

type Asset = Schemas["Asset"];

/** More of an asset for the house to sell. */
export function AddStock({ asset }: { readonly asset: Asset }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const amount = useAmount({ decimals: 8 });
  const problem = amount.value === undefined ? undefined : broken(contract.RestockRequest.quantity, amount.value);
  const isReady = amount.value !== undefined && problem === undefined;
  return (
    <form
      className="flex flex-col gap-3 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        setAsking(isReady);
      }}
    >
      <AmountField label="Quantity to add" unit={asset.asset_id} amount={amount} error={problem} />
      <p>
        <span className="text-mute">In stock now</span>{" "}
        <Quantity value={asset.available_quantity} unit={asset.asset_id} />
      </p>
      <div>
        <Button type="submit" variant="primary" isDisabled={!isReady}>
          Add to the stock…
        </Button>
      </div>
      {isAsking && amount.value !== undefined && (
        <StockDialog
          asset={asset}
          quantity={amount.value}
          onDone={() => amount.setText("")}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  );
}

interface StockDialogProps {
  readonly asset: Asset;
  readonly quantity: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function StockDialog({ asset, quantity, onDone, onClose }: StockDialogProps): ReactNode {
  const { asset_id } = asset;
  const added = decimal(quantity);
  const after = decimal(asset.available_quantity)?.plus(quantity);
  const value = decimal(asset.price_usd)?.times(quantity);
  const { run, isBusy, error } = useChange(
    `stock.${asset_id}`,
    async (body: { readonly quantity: string }, request_id) =>
      dataOf(
        await api.POST("/api/v1/admin/assets/{asset_id}:restock", {
          params: { path: { asset_id } },
          body: { ...body, request_id },
        }),
      ),
    { isKept: true },
  );
  const confirm = async (): Promise<void> => {
    if (added !== undefined && (await run({ quantity: plain(added) }))) {
      toast("good", `The stock of ${asset_id} is added.`);
      onDone();
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={`Add to the stock of ${asset_id}?`}
      action="Add to the stock"
      isOpen
      isBusy={isBusy}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Facts
        items={[
          ["Added", <Quantity key="added" value={quantity} unit={asset_id} className="font-semibold" />],
          ["Worth now", <Money key="value" value={value} />],
          ["In stock afterwards", <Quantity key="after" value={after} unit={asset_id} />],
        ]}
      />
      <p>Users can buy it at once. Stock cannot be taken away again.</p>
    </ConfirmDialog>
  );
}
