import type { ReactNode } from "react";

import { Button } from "@/shared/ui";

import { SHARES } from "./size";
import type { Share } from "./size";

/** Fills in a share of what there is. */
export function AmountShares({
  label,
  isDisabled,
  onShare,
}: {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly onShare: (share: Share) => void;
}): ReactNode {
  return (
    <div role="group" aria-label={label} className="grid grid-cols-4 gap-1.5">
      {SHARES.map((share) => (
        <Button key={share} isDisabled={isDisabled} onClick={() => onShare(share)} className="px-1!">
          {share === 100 ? "Max" : `${share}%`}
        </Button>
      ))}
    </div>
  );
}
