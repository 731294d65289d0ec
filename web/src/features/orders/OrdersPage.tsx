import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { ApiError } from "@/shared/api";
import { useSettings } from "@/shared/settings";
import {
  Button,
  ButtonLink,
  CsvButton,
  EmptyState,
  ErrorState,
  Page,
  PageNav,
  Panel,
  SkeletonRows,
  Table,
} from "@/shared/ui";

import { ORDER_COLUMNS, ORDER_CSV } from "./columns";
import { Filters } from "./Filters";
import { allOrders, isPending, ordersPage } from "./queries";
import type { Order } from "./queries";
import { ordersSearch } from "./search";
import type { OrdersSearch } from "./search";

/** All orders of the user, newest first. */
export function OrdersPage(): ReactNode {
  const search = useSearch({ from: "/orders" });
  const { zone } = useSettings();
  const navigate = useNavigate();
  const orders = useQuery(ordersPage(search, zone));
  const show = (next: OrdersSearch): void => void navigate({ to: "/orders", search: next, replace: true });
  const { data } = orders;
  return (
    <Page title="Orders" actions={<CsvButton name="orders" columns={ORDER_CSV} load={allOrders(search, zone)} />}>
      <Filters search={search} onChange={show} />
      <Panel isFlush>
        {data !== undefined ? (
          <div aria-busy={orders.isPlaceholderData} className={orders.isPlaceholderData ? "opacity-60" : ""}>
            {data.rows.length > 0 ? (
              <Table caption="Orders" columns={ORDER_COLUMNS} rows={data.rows} rowKey={({ order_id }) => order_id} />
            ) : (
              <Nothing search={search} hasMore={data.next !== ""} onClear={() => show({})} />
            )}
            {(data.rows.length > 0 || data.next !== "" || search.page !== undefined) && (
              <PageNav
                page={search.page}
                next={orders.isPlaceholderData ? undefined : data.next}
                isLoading={orders.isPlaceholderData}
                shown={shown(data.rows)}
              />
            )}
          </div>
        ) : orders.error !== null ? (
          <Failed search={search} query={orders} onFirst={() => show(ordersSearch({ ...search, page: undefined }))} />
        ) : (
          <SkeletonRows count={20} />
        )}
      </Panel>
    </Page>
  );
}

function shown(rows: readonly Order[]): string {
  const pending = rows.filter(isPending).length;
  const orders = rows.length === 1 ? "1 order" : `${rows.length} orders`;
  return pending > 0 ? `${orders}, ${pending} pending` : orders;
}

/** The list is empty: because of the filters, or because there are no orders yet. */
function Nothing({
  search,
  hasMore,
  onClear,
}: {
  readonly search: OrdersSearch;
  readonly hasMore: boolean;
  readonly onClear: () => void;
}): ReactNode {
  if (hasMore) {
    return <EmptyState title="None of the last orders match." text="There may be matches among older ones." />;
  }
  const isFiltered = Object.keys(search).length > 0;
  return isFiltered ? (
    <EmptyState title="No orders match." action={<Button onClick={onClear}>Clear the filters</Button>} />
  ) : (
    <EmptyState
      title="You have no orders yet."
      text="Choose an asset, say how much, and you see what it costs before you buy."
      action={
        <ButtonLink to="/assets" variant="primary">
          Look at the assets
        </ButtonLink>
      }
    />
  );
}

interface FailedProps {
  readonly search: OrdersSearch;
  readonly query: { readonly error: unknown; readonly isFetching: boolean; readonly refetch: () => Promise<unknown> };
  readonly onFirst: () => void;
}

function Failed({ search, query, onFirst }: FailedProps): ReactNode {
  const isOfPage = search.page !== undefined && ApiError.from(query.error).code === "INVALID_ARGUMENT";
  return isOfPage ? (
    <EmptyState
      title="This page of the list is gone."
      text="Its address belongs to another list, for example that of another user or time zone."
      action={<Button onClick={onFirst}>Go to the newest orders</Button>}
    />
  ) : (
    <ErrorState
      title="Your orders could not be loaded."
      error={query.error}
      onRetry={() => void query.refetch()}
      isRetrying={query.isFetching}
    />
  );
}
