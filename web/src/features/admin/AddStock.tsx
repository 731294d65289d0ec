import { useState } from "react";
import type { ReactNode } from "react";

import { api, broken, contract, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useDraft } from "@/shared/lib";
import { decimal, plain } from "@/shared/numbers";
import { useFormats } from "@/shared/settings";
import {
  AmountField,
  Button,
  ConfirmDialog,
  ErrorState,
  Facts,
  Money,
  Notice,
  Quantity,
  toast,
  useAmount,
} from "@/shared/ui";

import { useChange } from "./useChange";
import type { AdminChange } from "./useChange";

type Asset = Schemas["Asset"];

interface Stock {
  readonly quantity: string;
}

/** More of an asset for the house to sell. */
export function AddStock({ asset }: { readonly asset: Asset }): ReactNode {
  const { asset_id } = asset;
  const [isAsking, setAsking] = useState(false);
  const [text, setText, forgetText] = useDraft(`admin.stock.${asset_id}`, "");
  const amount = useAmount({ decimals: 8, state: [text, setText] });
  const problem = amount.value === undefined ? undefined : broken(contract.RestockRequest.quantity, amount.value);
  const isReady = amount.value !== undefined && problem === undefined;
  const change = useChange(
    `stock.${asset_id}`,
    async (body: Stock, request_id) =>
      dataOf(
        await api.POST("/api/v1/admin/assets/{asset_id}:restock", {
          params: { path: { asset_id } },
          body: { ...body, request_id },
        }),
      ),
    { isKept: true },
  );
  const clear = (): void => {
    forgetText();
    setAsking(false);
  };
  const add = async (stock: Stock): Promise<void> => {
    if (await change.run(stock)) {
      toast("good", `The stock of ${asset_id} is added.`);
      clear();
    }
  };
  const giveUp = (): void => {
    change.forget();
    clear(); // else the dialog would ask at once for the same again, as another request
  };
  if (change.unfinished !== undefined && !(isAsking && change.isBusy)) {
    const { unfinished } = change;
    return (
      <Unfinished
        asset={asset}
        quantity={unfinished.quantity}
        change={change}
        onRetry={() => void add(unfinished)}
        onGiveUp={giveUp}
      />
    );
  }
  return (
    <form
      className="flex flex-col gap-3 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        setAsking(isReady);
      }}
    >
      <AmountField label="Quantity to add" unit={asset_id} amount={amount} error={problem} />
      <p>
        <span className="text-mute">In stock now</span> <Quantity value={asset.available_quantity} unit={asset_id} />
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
          change={change}
          onConfirm={(quantity) => void add({ quantity })}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  );
}

interface UnfinishedProps {
  readonly asset: Asset;
  readonly quantity: string;
  readonly change: AdminChange<Stock, unknown>;
  readonly onRetry: () => void;
  readonly onGiveUp: () => void;
}

/** A request without an answer: it is sent again as it was, so that the stock is added once. */
function Unfinished({ asset, quantity, change, onRetry, onGiveUp }: UnfinishedProps): ReactNode {
  const formats = useFormats();
  const { error, isBusy } = change;
  const title = `It is not known yet whether ${formats.quantity(quantity)} ${asset.asset_id} were added to the stock.`;
  return (
    <div className="flex flex-col gap-3 pt-4">
      {error === undefined ? (
        <Notice
          tone="warn"
          action={
            <Button isBusy={isBusy} onClick={onRetry}>
              Send it again
            </Button>
          }
        >
          {title}
        </Notice>
      ) : (
        <ErrorState isInline title={title} error={error} onRetry={onRetry} isRetrying={isBusy} />
      )}
      <p className="text-mute text-sm">
        The same request is sent again, so that the stock is added once. In stock when last asked:{" "}
        <Quantity value={asset.available_quantity} unit={asset.asset_id} />.
      </p>
      <div>
        <Button variant="quiet" isDisabled={isBusy} onClick={onGiveUp}>
          Do not send it again
        </Button>
      </div>
    </div>
  );
}

interface StockDialogProps {
  readonly asset: Asset;
  readonly quantity: string;
  readonly change: AdminChange<Stock, unknown>;
  readonly onConfirm: (quantity: string) => void;
  readonly onClose: () => void;
}

function StockDialog({ asset, quantity, change, onConfirm, onClose }: StockDialogProps): ReactNode {
  const { asset_id } = asset;
  const added = decimal(quantity);
  const after = decimal(asset.available_quantity)?.plus(quantity);
  const value = decimal(asset.price_usd)?.times(quantity);
  return (
    <ConfirmDialog
      title={`Add to the stock of ${asset_id}?`}
      action="Add to the stock"
      isOpen
      isBusy={change.isBusy}
      error={change.error}
      onConfirm={() => added && onConfirm(plain(added))}
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
