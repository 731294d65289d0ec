import type { ReactNode } from "react";

import type { Schemas } from "@/shared/api";
import { useFormats } from "@/shared/settings";
import { Button, Dialog, Facts, LivePrice, Money, Price, Quantity, TextLink } from "@/shared/ui";

import type { OrderBody } from "./useOrder";
import type { PreviewAnswer } from "./usePreview";

export interface Confirming {
  readonly body: OrderBody;
  readonly preview: PreviewAnswer;
}

interface ConfirmDialogProps extends Confirming {
  readonly asset: Schemas["Asset"];
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Shows the order once more, with the worst price. What is confirmed does not change while it is read. */
export function ConfirmDialog({ asset, body, preview, isBusy, onConfirm, onClose }: ConfirmDialogProps): ReactNode {
  const { asset_id: assetId } = asset;
  const { price } = useFormats();
  const isBuy = body.side === "BUY";
  const verb = isBuy ? "Buy" : "Sell";
  const about = body.quantity === undefined ? "Approximate quantity" : "Quantity";
  const isCapped = isBuy && body.quote_amount !== undefined;
  return (
    <Dialog
      title={`${verb} ${asset.name}?`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button data-autofocus onClick={onClose} isDisabled={isBusy}>
            Back
          </Button>
          <Button variant={isBuy ? "buy" : "sell"} isBusy={isBusy} onClick={onConfirm}>
            {verb} {assetId}
          </Button>
        </>
      }
    >
      <Facts
        items={[
          [body.sell_all ? "Quantity, all of it" : about, <Quantity key="q" value={preview.quantity} unit={assetId} />],
          ["Price now", <LivePrice key="p" assetId={assetId} kind={isBuy ? "ask" : "bid"} fallback={preview.price} />],
          [
            "Worst price",
            <strong key="w">
              <Price value={body.limit_price} />
            </strong>,
          ],
          ["Approximate fee", <Money key="f" value={preview.fee} />],
          [
            isBuy ? (isCapped ? "You pay at most" : "You pay about") : "You get about",
            <Money key="n" value={isCapped ? body.quote_amount : preview.net_amount} className="font-semibold" />,
          ],
        ]}
      />
      <p className="text-mute mt-3 text-sm">
        The order is filled at once, at the price of that moment. If that is {isBuy ? "above" : "below"}{" "}
        {price(body.limit_price)}, nothing is ordered. You choose in the <TextLink to="/profile">settings</TextLink>{" "}
        which orders to confirm.
      </p>
    </Dialog>
  );
}
