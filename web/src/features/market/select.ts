/** Which assets a list shows. */

import type { Asset } from "@/shared/assets";

import type { AssetsSearch } from "./search";

/** The listed assets that match the filters. `watchlist` has the starred ones. */
export function select(
  assets: readonly Asset[],
  { search = "", category, isStarred = false }: AssetsSearch,
  watchlist: readonly string[],
): readonly Asset[] {
  const text = search.trim().toLocaleLowerCase();
  const starred = new Set(watchlist);
  return assets.filter(
    (asset) =>
      asset.is_active &&
      (category === undefined || asset.category === category) &&
      (!isStarred || starred.has(asset.asset_id)) &&
      (asset.asset_id.toLocaleLowerCase().includes(text) || asset.name.toLocaleLowerCase().includes(text)),
  );
}

/** The categories of the listed assets, sorted. */
export function categoriesOf(assets: readonly Asset[]): readonly string[] {
  return [...new Set(assets.filter(({ is_active }) => is_active).map(({ category }) => category))].sort();
}

const SHORT = new Set(["ai"]);

/** A category for people: "Layer 1", "DeFi". */
export function categoryLabel(category: string): string {
  if (category === "defi") {
    return "DeFi";
  }
  if (SHORT.has(category)) {
    return category.toUpperCase();
  }
  const words = category.replace(/-(?=\d)/g, " ").replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
