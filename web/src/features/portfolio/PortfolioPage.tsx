import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ReactNode } from "react";

import { LiveTotals, PriceSource, TotalsSkeleton, useAssets, useWorth } from "@/shared/assets";
import type { Worth } from "@/shared/assets";
import {
  Button,
  ButtonLink,
  CsvButton,
  EmptyState,
  ErrorState,
  Page,
  Panel,
  SearchField,
  SkeletonRows,
  Table,
} from "@/shared/ui";

import { Allocation } from "./Allocation";
import { portfolioColumns } from "./columns";
import { CSV, matching, rowsOf, slicesOf } from "./rows";
import type { Row } from "./rows";
import { portfolioSearch } from "./search";

const SLICES = 6;

/** What the user holds, what it is worth and what it cost. */
export function PortfolioPage(): ReactNode {
  const worth = useWorth();
  const assets = useAssets();
  const { rows: values, cash } = worth;
  const rows = useMemo(() => values && rowsOf(values, cash), [values, cash]);
  const hasRows = rows !== undefined && rows.length > 0;
  return (
    <Page
      title="Portfolio"
      badge={<PriceSource assets={assets.data} />}
      actions={hasRows && <CsvButton name="portfolio" columns={CSV} load={() => Promise.resolve([rows, ""])} />}
    >
      <Content worth={worth} rows={rows} />
    </Page>
  );
}

function Content({ worth, rows }: { readonly worth: Worth; readonly rows: readonly Row[] | undefined }): ReactNode {
  const { error, refetch, isFetching, cash } = worth;
  if (rows === undefined) {
    return error === null ? (
      <Loading />
    ) : (
      <Panel>
        <ErrorState
          title="Your portfolio could not be loaded."
          error={error}
          onRetry={refetch}
          isRetrying={isFetching}
        />
      </Panel>
    );
  }
  const slices = slicesOf(rows, cash, SLICES);
  return (
    <div className="flex flex-col gap-3">
      <Panel>
        <LiveTotals worth={worth} />
      </Panel>
      {rows.length === 0 ? <NothingYet cash={cash} /> : <Holdings rows={rows} worth={worth} />}
      {rows.length > 0 && slices.length > 0 && <Allocation slices={slices} />}
    </div>
  );
}

function NothingYet({ cash }: { readonly cash: string | undefined }): ReactNode {
  const hasCash = Number(cash) > 0;
  return (
    <Panel>
      <EmptyState
        title="You hold nothing yet"
        text={hasCash ? "What you buy is listed here with its value." : "Deposit dollars first, then buy."}
        action={
          <ButtonLink to={hasCash ? "/assets" : "/account"} variant="primary">
            {hasCash ? "Choose an asset" : "Deposit"}
          </ButtonLink>
        }
      />
    </Panel>
  );
}

function Holdings({ rows, worth }: { readonly rows: readonly Row[]; readonly worth: Worth }): ReactNode {
  const { search = "", sort, ...order } = useSearch({ from: "/portfolio" });
  const isDescending = sort === undefined || order.isDescending === true; // the most valuable first

  const navigate = useNavigate();
  const columns = useMemo(() => portfolioColumns(worth.changes), [worth.changes]);
  const shown = useMemo(() => matching(rows, search), [rows, search]);
  const go = (change: object): void => {
    void navigate({
      to: "/portfolio",
      search: (old) => portfolioSearch({ ...old, ...change }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <Panel isFlush>
      <div role="search" aria-label="Holdings" className="border-line border-b p-3">
        <SearchField
          label="Search your holdings"
          placeholder="Symbol or name"
          className="w-64 max-sm:w-full"
          value={search}
          onSearch={(text) => go({ search: text })}
        />
      </div>
      {shown.length > 0 ? (
        <Table
          isHeld
          isDense
          isFixed
          caption="Holdings"
          columns={columns}
          rows={shown}
          rowKey={({ id }) => id}
          sort={{ key: sort ?? "value", isDescending }}
          onSort={({ key, isDescending: isDown }) => go({ sort: key, isDescending: isDown })}
        />
      ) : (
        <EmptyState
          title="No holding matches"
          action={<Button onClick={() => go({ search: undefined })}>Clear the search</Button>}
        />
      )}
    </Panel>
  );
}

function Loading(): ReactNode {
  return (
    <div className="flex flex-col gap-3">
      <Panel>
        <TotalsSkeleton />
      </Panel>
      <Panel isFlush>
        <SkeletonRows count={10} />
      </Panel>
    </div>
  );
}
