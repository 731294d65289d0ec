import { useState } from "react";
import type { ReactNode } from "react";

import { api, broken, contract, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { useDraft } from "@/shared/lib";
import { decimal, plain } from "@/shared/numbers";
import { usePrice } from "@/shared/live";
import { AmountField, Button, Change, ConfirmDialog, Facts, Notice, Price, toast, useAmount } from "@/shared/ui";

import { useChange } from "./useChange";

type Asset = Schemas["Asset"];

/** Another price, from which the next ones start. */
export function SetPrice({ asset }: { readonly asset: Asset }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const [text, setText, clear] = useDraft(`admin.price.${asset.asset_id}`, "");
  const amount = useAmount({ decimals: 8, state: [text, setText] });
  const now = usePrice(asset.asset_id)?.price ?? asset.price_usd;
  const problem = amount.value === undefined ? undefined : broken(contract.SetPriceRequest.price_usd, amount.value);
  const isReady = amount.value !== undefined && problem === undefined;
  const ask = (): void => setAsking(isReady);
  return (
    <form
      className="flex flex-col gap-3 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <AmountField label="New price of one unit" unit="USD" amount={amount} error={problem} />
      <p className="flex min-h-6 flex-wrap items-center gap-2">
        <span className="text-mute">Now</span> <Price value={now} />
        {isReady && <Change value={changeFrom(now, amount.value)} />}
      </p>
      {asset.price_source === "EXCHANGE" && (
        <Notice tone="warn">Prices come from an exchange: the next one replaces what you set.</Notice>
      )}
      <div>
        <Button type="submit" variant="primary" isDisabled={!isReady}>
          Set the price…
        </Button>
      </div>
      {isAsking && amount.value !== undefined && (
        <PriceDialog
          assetId={asset.asset_id}
          before={now}
          price={amount.value}
          onDone={clear}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  );
}

interface PriceDialogProps {
  readonly assetId: string;
  readonly before: string;
  readonly price: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function PriceDialog({ assetId, before, price, onDone, onClose }: PriceDialogProps): ReactNode {
  const [old] = useState(before); // does not tick while it is read
  const { run, isBusy, error } = useChange(
    `price.${assetId}`,
    async (body: { readonly price_usd: string }, request_id) =>
      dataOf(
        await api.POST("/api/v1/admin/assets/{asset_id}:setPrice", {
          params: { path: { asset_id: assetId } },
          body: { ...body, request_id },
        }),
      ),
  );
  const confirm = async (): Promise<void> => {
    if (await run({ price_usd: price })) {
      toast("good", `The price of ${assetId} is set.`);
      onDone();
      onClose();
    }
  };
  return (
    <ConfirmDialog
      title={`Set the price of ${assetId}?`}
      action="Set the price"
      isOpen
      isBusy={isBusy}
      error={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Facts
        items={[
          ["From", <Price key="old" value={old} />],
          ["To", <Price key="new" value={price} className="font-semibold" />],
          ["Change", <Change key="change" value={changeFrom(old, price)} />],
        ]}
      />
      <p>
        Every order from now on is filled around this price, and every holding is worth that much. The next prices start
        there. It stays in the history of prices.
      </p>
    </ConfirmDialog>
  );
}

/** The change in percent. */
export function changeFrom(before: string, after: string): string | undefined {
  const [one, other] = [decimal(before), decimal(after)];
  return one === undefined || other === undefined || one.eq(0)
    ? undefined
    : plain(other.minus(one).div(one).times(100).round(2));
}
