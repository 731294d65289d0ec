/** The filters of the list of assets, in the address. */

export interface AssetsSearch {
  readonly search?: string;
  readonly category?: string;
  /** The key of the column by which it is sorted. */
  readonly sort?: string;
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
  return {
    ...(typeof search === "string" && search !== "" && { search }),
    ...(typeof category === "string" && category !== "" && { category }),
    ...(typeof sort === "string" && { sort }),
    ...(isDescending === true && { isDescending }),
    ...(isStarred === true && { isStarred }),
  };
}
