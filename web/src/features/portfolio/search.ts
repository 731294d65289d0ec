/** The filters of the portfolio, in the address. */

export const SORTS = ["asset", "quantity", "cost", "value", "pnl", "change"] as const;

export interface PortfolioSearch {
  readonly search?: string;
  /** The column by which it is sorted; the most valuable first if absent. */
  readonly sort?: (typeof SORTS)[number];
  readonly isDescending?: boolean;
}

export function portfolioSearch({ search, sort, isDescending }: Record<string, unknown>): PortfolioSearch {
  const key = SORTS.find((value) => value === sort);
  const text = typeof search === "number" ? String(search) : search; // the address of a search for digits
  return {
    ...(typeof text === "string" && text !== "" && { search: text }),
    ...(key !== undefined && { sort: key }),
    ...(key !== undefined && isDescending === true && { isDescending }),
  };
}
