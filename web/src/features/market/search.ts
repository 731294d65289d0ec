/** The filters of the list of assets, in the address. */

export const SORTS = ["rank", "asset", "price", "change", "cap", "available"] as const;
export type SortKey = (typeof SORTS)[number];

export interface AssetsSearch {
  readonly search?: string;
  readonly category?: string;
  /** The column by which it is sorted; by rank if absent. */
  readonly sort?: SortKey;
  readonly isDescending?: boolean;
  /** Only the assets with a star. */
  readonly isStarred?: boolean;
}

export function assetsSearch({
  search,
  category,
  sort,
  isDescending,
  isStarred,
}: Record<string, unknown>): AssetsSearch {
  const key = SORTS.find((value) => value === sort);
  const text = typeof search === "number" ? String(search) : search; // the address of a search for digits
  return {
    ...(typeof text === "string" && text !== "" && { search: text }),
    ...(typeof category === "string" && category !== "" && { category }),
    ...(key !== undefined && { sort: key }),
    ...(key !== undefined && isDescending === true && { isDescending }),
    ...(isStarred === true && { isStarred }),
  };
}
