import { useRef } from "react";
import type { ReactNode } from "react";

import { Checkbox, SearchField, SelectField, useShortcut } from "@/shared/ui";

import type { AssetsSearch, SortKey } from "./search";
import { categoryLabel } from "./select";

interface FiltersProps {
  readonly filters: AssetsSearch;
  readonly categories: readonly string[];
  readonly onChange: (change: { [Key in keyof AssetsSearch]?: AssetsSearch[Key] | undefined }) => void;
}

const SORTS: readonly { readonly value: `${SortKey} ${"up" | "down"}`; readonly label: string }[] = [
  { value: "rank up", label: "Market cap" },
  { value: "asset up", label: "Symbol" },
  { value: "price down", label: "Price, highest first" },
  { value: "price up", label: "Price, lowest first" },
  { value: "change down", label: "Gainers first" },
  { value: "change up", label: "Losers first" },
  { value: "available down", label: "Available" },
];

/** What narrows the list of assets. On narrow screens, where there are no headings to click, also its order. */
export function Filters({ filters, categories, onChange }: FiltersProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  useShortcut("/", "Search assets", () => input.current?.focus());
  const { search, category, sort = "rank", isDescending = false, isStarred = false } = filters;
  const options = categories.map((value) => ({ value, label: categoryLabel(value) }));
  return (
    <div role="search" aria-label="Assets" className="mb-3 flex flex-wrap items-end gap-3">
      <SearchField
        ref={input}
        label="Search"
        placeholder="Symbol or name"
        className="w-64 max-sm:w-full"
        value={search ?? ""}
        onSearch={(text) => onChange({ search: text })}
      />
      <SelectField
        label="Category"
        className="w-48 max-sm:min-w-36 max-sm:flex-1"
        options={[{ value: "", label: "All categories" }, ...options]}
        value={category ?? ""}
        onChange={(event) => onChange({ category: event.target.value || undefined })}
      />
      <SelectField
        label="Sort by"
        className="sm:hidden max-sm:min-w-36 max-sm:flex-1"
        options={SORTS}
        value={`${sort === "cap" ? "rank" : sort} ${isDescending && sort !== "cap" ? "down" : "up"}`}
        onChange={(event) => {
          const [key, direction] = event.target.value.split(" ");
          onChange({ sort: key as SortKey, isDescending: direction === "down" });
        }}
      />
      <Checkbox
        label="Watchlist only"
        checked={isStarred}
        onChange={(event) => onChange({ isStarred: event.target.checked })}
      />
    </div>
  );
}
