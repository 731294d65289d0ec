import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { Transaction_transaction_type } from "@/generated/enums";
import { ApiError } from "@/shared/api";
import { useSettings } from "@/shared/settings";
import {
  Button,
  CsvButton,
  EmptyState,
  ErrorState,
  PageNav,
  Panel,
  PeriodFields,
  SelectField,
  SkeletonRows,
  Table,
  TRANSACTION_TYPE,
} from "@/shared/ui";

import { LEDGER_COLUMNS, LEDGER_CSV } from "./columns";
import { allEntries, ledgerPage } from "./queries";
import type { AccountSearch } from "./search";

interface LedgerProps {
  readonly search: AccountSearch;
  /** Changes filters; begins with the first page again. */
  readonly onFilter: (filters: { type?: unknown; from?: unknown; to?: unknown }) => void;
}

/** All that has changed the cash, newest first. */
export function Ledger({ search, onFilter }: LedgerProps): ReactNode {
  const { zone } = useSettings();
  return (
    <Panel
      title="Ledger"
      isFlush
      actions={<CsvButton name="ledger" columns={LEDGER_CSV} load={allEntries(search, zone)} />}
    >
      <Filters search={search} onFilter={onFilter} />
      <Entries search={search} onFilter={onFilter} />
    </Panel>
  );
}

const NONE = { type: undefined, from: undefined, to: undefined };
const TYPES = [
  { value: "", label: "All" },
  ...Transaction_transaction_type.map((value) => ({ value, label: TRANSACTION_TYPE[value] })),
];

function isFiltered({ type, from, to }: AccountSearch): boolean {
  return (type ?? from ?? to) !== undefined;
}

function Filters({ search, onFilter }: LedgerProps): ReactNode {
  return (
    <div className="border-line grid grid-cols-2 items-start gap-x-3 gap-y-2 border-b p-3 sm:flex sm:flex-wrap sm:items-end">
      <SelectField
        label="Type"
        className="max-sm:col-span-2 sm:w-36"
        options={TYPES}
        value={search.type ?? ""}
        onChange={(event) => onFilter({ type: event.target.value })}
      />
      <PeriodFields from={search.from} to={search.to} onChange={onFilter} />
      {isFiltered(search) && (
        <Button variant="quiet" className="max-sm:col-span-2" onClick={() => onFilter(NONE)}>
          Clear the filters
        </Button>
      )}
    </div>
  );
}

function Entries({ search, onFilter }: LedgerProps): ReactNode {
  const { zone } = useSettings();
  const ledger = useQuery(ledgerPage(search, zone));
  const { data, isPlaceholderData } = ledger;
  if (data === undefined) {
    return ledger.error === null ? (
      <SkeletonRows count={20} />
    ) : search.page !== undefined && ApiError.from(ledger.error).code === "INVALID_ARGUMENT" ? (
      <EmptyState
        title="This page of the ledger is gone."
        text="Its address belongs to another list, for example that of another user or time zone."
        action={<Button onClick={() => onFilter({})}>Go to the newest entries</Button>}
      />
    ) : (
      <ErrorState
        title="The ledger could not be loaded."
        error={ledger.error}
        onRetry={() => void ledger.refetch()}
        isRetrying={ledger.isFetching}
      />
    );
  }
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-60" : ""}>
      {data.rows.length > 0 ? (
        <Table caption="Ledger" columns={LEDGER_COLUMNS} rows={data.rows} rowKey={(entry) => entry.transaction_id} />
      ) : (
        <Nothing isFiltered={isFiltered(search)} hasMore={data.next !== ""} onClear={() => onFilter(NONE)} />
      )}
      {(data.rows.length > 0 || data.next !== "" || search.page !== undefined) && (
        <PageNav
          page={search.page}
          next={isPlaceholderData ? undefined : data.next}
          isLoading={isPlaceholderData}
          shown={data.rows.length === 1 ? "1 entry" : `${data.rows.length} entries`}
        />
      )}
    </div>
  );
}

interface NothingProps {
  readonly isFiltered: boolean;
  readonly hasMore: boolean;
  readonly onClear: () => void;
}

function Nothing({ isFiltered, hasMore, onClear }: NothingProps): ReactNode {
  if (hasMore) {
    return <EmptyState title="None of the last entries match." text="There may be matches among older ones." />;
  }
  return isFiltered ? (
    <EmptyState title="No entries match." action={<Button onClick={onClear}>Clear the filters</Button>} />
  ) : (
    <EmptyState title="Nothing has happened yet." text="Deposit dollars, and they show up here." />
  );
}
