import type { ReactNode } from "react";

import { errorInWords } from "@/shared/api";
import { Money, Quantity, TextLink } from "@/shared/ui";

import type { Side } from "./size";
import type { Funds } from "./useFunds";

interface AvailableProps {
  readonly side: Side;
  readonly assetId: string;
  readonly funds: Funds;
}

/** What there is to trade with, in a line. */
export function Available(props: AvailableProps): ReactNode {
  // The height of the links in it is kept free, so that nothing moves when one comes.
  return (
    <>
      <span aria-hidden className="tap-text" />
      <Words {...props} />
    </>
  );
}

function Words({ side, assetId, funds }: AvailableProps): ReactNode {
  const { cash, holding, error, retry } = funds;
  const value = side === "BUY" ? cash : holding;
  if (value === undefined && error !== undefined && error !== null) {
    return (
      <>
        {errorInWords(error).text}{" "}
        <button type="button" className="tap-text text-accent underline" onClick={retry}>
          Try again
        </button>
      </>
    );
  }
  if (side === "SELL") {
    return (
      <>
        You have <Quantity isOwn value={holding} unit={assetId} />
      </>
    );
  }
  return (
    <>
      Cash <Money isOwn value={cash} />
      {cash !== undefined && Number(cash) === 0 && (
        <>
          {" "}
          ·{" "}
          <TextLink to="/account" className="tap-text">
            Deposit
          </TextLink>{" "}
          to buy
        </>
      )}
    </>
  );
}
