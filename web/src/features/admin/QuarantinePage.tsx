import { useState } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import {
  Badge,
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Money,
  Pagination,
  Panel,
  Quantity,
  SIDE,
  SkeletonRows,
  Table,
  Time,
} from "@/shared/ui";
import type { Column } from "@/shared/ui";

import { AdminPage } from "./AdminPage";
import { nextPage } from "./pages";
import { Person } from "./Person";
import { ResolveDialog } from "./ResolveDialog";
import type { Resolution } from "./ResolveDialog";

type QuarantinedOrder = Schemas["QuarantinedOrder"];

export function QuarantinePage(): ReactNode {
  const [resolution, setResolution] = useState<Resolution>();
  const list = $api.useInfiniteQuery("get", "/api/v1/admin/orders:quarantined", {}, nextPage);
  const orders = list.data?.pages.flatMap((page) => page.orders) ?? [];
  return (
    <AdminPage
      title="Orders in quarantine"
      lead="Orders with a step that failed again and again. They stay pending, and are not tried, until you decide."
    >
      <Panel isFlush>
        {list.data && orders.length > 0 ? (
          <>
            <Table
              caption="Orders in quarantine, most recently changed first"
              columns={columnsOf(setResolution)}
              rows={orders}
              rowKey={({ order }) => order?.order_id ?? ""}
            />
            <Pagination
              shown={`${orders.length} orders`}
              hasMore={list.hasNextPage}
              isLoading={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </>
        ) : list.data ? (
          <EmptyState
            title="No order is in quarantine."
            text="All orders make progress by themselves."
            action={<ButtonLink to="/admin/audit">Look at the audit trail</ButtonLink>}
          />
        ) : list.error ? (
          <ErrorState
            title="The quarantine could not be loaded."
            error={list.error}
            onRetry={() => void list.refetch()}
            isRetrying={list.isFetching}
          />
        ) : (
          <SkeletonRows count={6} />
        )}
      </Panel>
      <ResolveDialog resolution={resolution} onClose={() => setResolution(undefined)} />
    </AdminPage>
  );
}

function columnsOf(resolve: (resolution: Resolution) => void): readonly Column<QuarantinedOrder>[] {
  return [
    {
      key: "order",
      title: "Order",
      isHeading: true,
      cell: ({ order }) =>
        order === undefined ? (
          "—"
        ) : (
          <span title={order.order_id}>
            <Badge tone={SIDE[order.side].tone}>{SIDE[order.side].label}</Badge>{" "}
            <Quantity value={order.quantity} unit={order.asset_id} />
          </span>
        ),
    },
    { key: "value", title: "Value", isEnd: true, cell: ({ order }) => <Money value={order?.total_amount} /> },
    { key: "user", title: "User", cell: ({ user_id }) => <Person userId={user_id} /> },
    { key: "reason", title: "Why", cell: ({ reason }) => <span className="whitespace-normal">{reason}</span> },
    { key: "tries", title: "Tries", isEnd: true, cell: ({ tries }) => tries },
    { key: "since", title: "Since", cell: ({ quarantined_at }) => <Time value={quarantined_at} /> },
    {
      key: "resolve",
      title: "Actions",
      isTitleHidden: true,
      isEnd: true,
      isWide: true,
      cell: (quarantined) => (
        <span className="inline-flex gap-2">
          <Button onClick={() => resolve({ kind: "release", quarantined })}>Release…</Button>
          <Button variant="danger" onClick={() => resolve({ kind: "fail", quarantined })}>
            Fail…
          </Button>
        </span>
      ),
    },
  ];
}
