import type { ReactNode } from "react";

import { Facts, Price, Money, Quantity } from "@/shared/ui";

import type { Side } from "./size";
import type { PreviewAnswer } from "./usePreview";

interface PreviewFactsProps {
  readonly assetId: string;
  readonly side: Side;
  readonly preview: PreviewAnswer | undefined;
  /** Whether it belongs to another amount, or is being renewed after a change. */
  readonly isOld: boolean;
}

/** What the order would come to. It keeps its size while there is nothing to say. */
export function PreviewFacts({ assetId, side, preview, isOld }: PreviewFactsProps): ReactNode {
  const isBuy = side === "BUY";
  return (
    <div aria-busy={isOld} className={isOld ? "opacity-60" : ""}>
      <Facts
        items={[
          [isBuy ? "Price (ask)" : "Price (bid)", <Price key="price" value={preview?.price} />],
          ["Quantity", <Quantity key="quantity" value={preview?.quantity} {...(preview && { unit: assetId })} />],
          ["Fee", <Money key="fee" value={preview?.fee} />],
          [
            isBuy ? "You pay about" : "You get about",
            <Money key="net" value={preview?.net_amount} className="font-semibold" />,
          ],
          [isBuy ? "Price at most" : "Price at least", <Price key="worst" value={preview?.worst_price} />],
        ]}
      />
    </div>
  );
}
