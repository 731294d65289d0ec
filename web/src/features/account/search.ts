/** What the page of the account shows, in the address. */

import { Transaction_transaction_type } from "@/generated/enums";
import { isDay } from "@/shared/lib";

export interface AccountSearch {
  readonly action?: "deposit" | "withdraw";
  /** Filters of the ledger. */
  readonly type?: (typeof Transaction_transaction_type)[number];
  /** Days, as YYYY-MM-DD. */
  readonly from?: string;
  readonly to?: string;
  /** The token of a page of the ledger; none is the first one. */
  readonly page?: string;
}

export function accountSearch({ action, type, from, to, page }: Record<string, unknown>): AccountSearch {
  const oneType = Transaction_transaction_type.find((value) => value === type);
  return {
    ...((action === "deposit" || action === "withdraw") && { action }),
    ...(oneType !== undefined && { type: oneType }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && !(isDay(from) && to < from) && { to }),
    ...(typeof page === "string" && page !== "" && { page }),
  };
}
