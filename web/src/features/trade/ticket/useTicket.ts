import { useDraft } from "@/shared/lib";
import { useLocale } from "@/shared/settings";
import { typed, useAmount } from "@/shared/ui";
import type { Amount } from "@/shared/ui";

import { orderOf, problemOf } from "./size";
import type { OrderRequest, Side, Unit } from "./size";

interface Draft {
  readonly text: string;
  readonly unit: Unit;
  /** Whether all of the holding is sold, whatever it is then. */
  readonly isAll: boolean;
}

const EMPTY: Draft = { text: "", unit: "dollars", isAll: false };
const DECIMALS: Record<Unit, number> = { dollars: 2, units: 8 };

export interface TicketState {
  readonly unit: Unit;
  readonly isAll: boolean;
  readonly amount: Amount;
  /** What is wrong with the amount beyond how it is typed. */
  readonly problem: string | undefined;
  readonly order: OrderRequest | undefined;
  /** Fills in an amount. */
  readonly fill: (unit: Unit, value: string, isAll?: boolean) => void;
  readonly clear: () => void;
}

/** What is filled in, kept in the tab. While `isFrozen`, for a request is on its way, nothing changes. */
export function useTicket(assetId: string, side: Side, available: string | undefined, isFrozen: boolean): TicketState {
  const [stored, setStored, clear] = useDraft(`ticket.${assetId}`, EMPTY);
  const draft = valid(stored);
  const locale = useLocale();
  const isAll = draft.isAll && side === "SELL";
  const text = isAll && available !== undefined ? typed(available, locale) : draft.text;
  const set = (next: Draft): void => {
    if (!isFrozen) {
      setStored(next);
    }
  };
  const amount = useAmount({
    decimals: DECIMALS[draft.unit],
    state: [text, (next) => set({ ...draft, text: next, isAll: false })],
  });
  return {
    unit: draft.unit,
    isAll,
    amount,
    problem: problemOf(draft.unit, amount.value),
    order: orderOf(assetId, side, draft.unit, amount.value, isAll),
    fill: (unit, value, all = false) => set({ unit, text: typed(value, locale), isAll: all }),
    clear,
  };
}

/** The draft may be of another version. */
function valid(draft: Partial<Record<keyof Draft, unknown>>): Draft {
  return {
    text: typeof draft.text === "string" ? draft.text : "",
    unit: draft.unit === "units" ? "units" : "dollars",
    isAll: draft.isAll === true,
  };
}
