import type { ReactNode } from "react";

import { Order_side, Order_status } from "@/generated/enums";
import { $api } from "@/shared/api";
import { Button, ORDER_STATUS, PeriodFields, SelectField, SIDE } from "@/shared/ui";

import { ordersSearch } from "./search";
import type { OrdersSearch } from "./search";

interface FiltersProps {
  readonly search: OrdersSearch;
  readonly onChange: (search: OrdersSearch) => void;
}

const SIDES = [{ value: "", label: "Both" }, ...Order_side.map((value) => ({ value, label: SIDE[value].label }))];
const STATUSES = [
  { value: "", label: "All" },
  ...Order_status.map((value) => ({ value, label: ORDER_STATUS[value].label })),
];

/** Which orders are listed. Each change goes to the address, and begins with the first page again. */
export function Filters({ search, onChange }: FiltersProps): ReactNode {
  const change = (more: Record<string, unknown>): void =>
    onChange(ordersSearch({ ...search, ...more, page: undefined }));
  const isFiltered = Object.keys(search).some((key) => key !== "page");
  return (
    <div className="mb-3 grid grid-cols-2 items-start gap-x-3 gap-y-2 sm:flex sm:flex-wrap sm:items-end">
      <SelectField
        label="Asset"
        className="max-sm:col-span-2 sm:w-44"
        options={useAssetOptions(search.assetId)}
        value={search.assetId ?? ""}
        onChange={(event) => change({ assetId: event.target.value })}
      />
      <SelectField
        label="Side"
        className="sm:w-24"
        options={SIDES}
        value={search.side ?? ""}
        onChange={(event) => change({ side: event.target.value })}
      />
      <SelectField
        label="Status"
        className="sm:w-28"
        options={STATUSES}
        value={search.status ?? ""}
        onChange={(event) => change({ status: event.target.value })}
      />
      <PeriodFields from={search.from} to={search.to} onChange={change} />
      {isFiltered && (
        <Button variant="quiet" className="max-sm:col-span-2" onClick={() => onChange({})}>
          Clear the filters
        </Button>
      )}
    </div>
  );
}

/** All assets, by symbol; the chosen one is there before they have come. */
function useAssetOptions(chosen: string | undefined): readonly { readonly value: string; readonly label: string }[] {
  const query = { page_size: 200, show_inactive: true };
  const assets = $api.useQuery("get", "/api/v1/inventory/assets", { params: { query } }, { staleTime: 5 * 60_000 });
  const options = (assets.data?.assets ?? []).map(({ asset_id, name }) => ({
    value: asset_id,
    label: `${asset_id} · ${name}`,
  }));
  const isMissing = chosen !== undefined && !options.some(({ value }) => value === chosen);
  return [
    { value: "", label: "All" },
    ...(isMissing ? [{ value: chosen, label: chosen }] : []),
    ...options.toSorted((one, other) => (one.value < other.value ? -1 : 1)),
  ];
}
