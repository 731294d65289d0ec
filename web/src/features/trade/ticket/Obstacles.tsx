import type { ReactNode } from "react";

import { reasonInWords } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { compareDecimals, decimal, floorTo, plain } from "@/shared/numbers";
import { useFormats } from "@/shared/settings";
import { Button, ButtonLink, Notice } from "@/shared/ui";

import { leastQuantity, mostQuantity } from "./size";
import type { Side, Unit } from "./size";
import type { PreviewAnswer } from "./usePreview";

interface ObstaclesProps {
  readonly id: string;
  readonly asset: Schemas["Asset"];
  readonly preview: PreviewAnswer | undefined;
  readonly available: string | undefined;
  readonly onFill: (unit: Unit, value: string, isAll?: boolean) => void;
  readonly onSide: (side: Side) => void;
}

/** What prevents the order, each with what can be done about it. */
export function Obstacles({ id, preview, ...rest }: ObstaclesProps): ReactNode {
  const obstacles = preview?.obstacles ?? [];
  return (
    <div id={id} role="status" className="flex flex-col gap-2 empty:-mt-3">
      {preview !== undefined &&
        obstacles.map((reason) => (
          <Notice key={reason} tone="warn" action={<Remedy reason={reason} preview={preview} {...rest} />}>
            <Words reason={reason} asset={rest.asset} preview={preview} />
          </Notice>
        ))}
    </div>
  );
}

interface OneProps extends Omit<ObstaclesProps, "id" | "preview"> {
  readonly reason: string;
  readonly preview: PreviewAnswer;
}

function Words({ reason, asset, preview }: Pick<OneProps, "reason" | "asset" | "preview">): ReactNode {
  const { money, quantity } = useFormats();
  switch (reason) {
    case "ORDER_VALUE_OUT_OF_RANGE":
      return `An order must be worth ${money(asset.order_value_min)} to ${money(asset.order_value_max)} before the fee. This one is worth ${money(preview.total_amount)}.`;
    case "QUANTITY_INCREMENT":
      return `${asset.asset_id} is traded in steps of ${quantity(asset.quantity_increment)}.`;
    case "OUT_OF_STOCK":
      return `Only ${quantity(asset.available_quantity)} ${asset.asset_id} are left in stock.`;
    default:
      return reasonInWords(reason);
  }
}

function Remedy({ reason, asset, preview, available, onFill, onSide }: OneProps): ReactNode {
  switch (reason) {
    case "INSUFFICIENT_FUNDS":
      return <ButtonLink to="/account">Deposit</ButtonLink>;
    case "INSUFFICIENT_HOLDINGS":
      return compareDecimals(available ?? "0", "0") > 0 ? (
        <Button onClick={() => onFill("units", available ?? "", true)}>Sell all you have</Button>
      ) : (
        <Button onClick={() => onSide("BUY")}>Buy instead</Button>
      );
    case "ASSET_SELL_ONLY":
      return <Button onClick={() => onSide("SELL")}>Sell instead</Button>;
    case "QUANTITY_INCREMENT":
      return <Fill onFill={onFill} value={floored(preview.quantity, asset.quantity_increment)} />;
    case "OUT_OF_STOCK":
      return <Fill onFill={onFill} value={floored(asset.available_quantity, asset.quantity_increment)} />;
    case "ORDER_VALUE_OUT_OF_RANGE":
      return <NearestValue asset={asset} preview={preview} onFill={onFill} />;
    default:
      return null;
  }
}

/** Fills in the smallest or the largest order, in units: dollars would be less by the fee and by what is no full step. */
function NearestValue({ asset, preview, onFill }: Pick<OneProps, "asset" | "preview" | "onFill">): ReactNode {
  const { order_value_min, order_value_max, quantity_increment } = asset;
  const { price, total_amount } = preview;
  if (compareDecimals(total_amount, order_value_min) < 0) {
    const least = leastQuantity(order_value_min, price, quantity_increment);
    return <Button onClick={() => onFill("units", least)}>Use the least</Button>;
  }
  if (compareDecimals(total_amount, order_value_max) > 0) {
    const most = mostQuantity(order_value_max, price, quantity_increment);
    return <Button onClick={() => onFill("units", most)}>Use the most</Button>;
  }
  return null;
}

function Fill({ value, onFill }: Pick<OneProps, "onFill"> & { readonly value: string }): ReactNode {
  const { quantity } = useFormats();
  return compareDecimals(value, "0") > 0 ? (
    <Button onClick={() => onFill("units", value)}>Use {quantity(value)}</Button>
  ) : null;
}

function floored(value: string, increment: string): string {
  const big = decimal(value);
  return big === undefined ? "" : plain(floorTo(big, increment));
}
