import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";

import { $api, api, dataOf } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import {
  Button,
  CsvButton,
  Dialog,
  EmptyState,
  ErrorState,
  EventFacts,
  eventInWords,
  EventOutcome,
  Pagination,
  Panel,
  SkeletonRows,
  Table,
  Time,
} from "@/shared/ui";
import type { Column } from "@/shared/ui";

import { AdminPage } from "./AdminPage";
import { AuditFilters } from "./AuditFilters";
import { nextPage } from "./pages";
import { NamedPerson, Person } from "./Person";

type AuditEvent = Schemas["AuditEvent"];

export function AuditPage(): ReactNode {
  const { userId, actorId } = useSearch({ from: "/admin/audit" });
  const navigate = useNavigate();
  const [shown, setShown] = useState<AuditEvent>();
  const query = {
    ...(userId !== undefined && { user_id: userId }),
    ...(actorId !== undefined && { actor_id: actorId }),
  };
  const list = $api.useInfiniteQuery("get", "/api/v1/admin/audit", { params: { query } }, nextPage);
  const events = list.data?.pages.flatMap((page) => page.events) ?? [];
  const load = async (page_token: string, signal: AbortSignal): Promise<readonly [readonly AuditEvent[], string]> => {
    const page = dataOf(
      await api.GET("/api/v1/admin/audit", {
        params: { query: { ...query, page_size: 200, ...(page_token !== "" && { page_token }) } },
        signal,
      }),
    );
    return [page.events, page.next_page_token];
  };
  return (
    <AdminPage
      title="Audit trail"
      lead="Who did what, and what was refused. Nothing can change it."
      actions={<CsvButton name="audit" columns={CSV} load={load} />}
    >
      <AuditFilters key={`${userId ?? ""} ${actorId ?? ""}`} userId={userId} actorId={actorId} />
      <Panel isFlush>
        {list.data && (events.length > 0 || list.hasNextPage) ? (
          <>
            {events.length > 0 && (
              <Table
                caption="Events, newest first"
                columns={columnsOf(setShown)}
                rows={events}
                rowKey={({ event_id }) => event_id}
              />
            )}
            <Pagination
              shown={`${events.length} events`}
              hasMore={list.hasNextPage}
              isLoading={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </>
        ) : list.data ? (
          <EmptyState
            title="No event matches."
            action={<Button onClick={() => void navigate({ to: "/admin/audit" })}>Show all events</Button>}
          />
        ) : list.error ? (
          <ErrorState
            title="The audit trail could not be loaded."
            error={list.error}
            onRetry={() => void list.refetch()}
            isRetrying={list.isFetching}
          />
        ) : (
          <SkeletonRows count={16} />
        )}
      </Panel>
      <Dialog title="Event" isOpen={shown !== undefined} onClose={() => setShown(undefined)} isWide>
        {shown && <EventFacts event={shown} person={(id) => <NamedPerson userId={id} />} />}
      </Dialog>
    </AdminPage>
  );
}

function columnsOf(show: (event: AuditEvent) => void): readonly Column<AuditEvent>[] {
  return [
    { key: "time", title: "When", cell: ({ occurred_at }) => <Time value={occurred_at} /> },
    { key: "event", title: "What", isHeading: true, cell: ({ event }) => eventInWords(event) },
    { key: "outcome", title: "Outcome", cell: ({ outcome }) => <EventOutcome outcome={outcome} /> },
    { key: "user", title: "User", cell: ({ user_id }) => <Person userId={user_id} /> },
    { key: "actor", title: "By", cell: ({ actor_id }) => <Person userId={actor_id} /> },
    { key: "subject", title: "Object", cell: ({ subject }) => <Subject subject={subject} /> },
    {
      key: "more",
      title: "Actions",
      isTitleHidden: true,
      isEnd: true,
      cell: (event) => (
        <Button variant="quiet" aria-label={`Details: ${eventInWords(event.event)}`} onClick={() => show(event)}>
          Details
        </Button>
      ),
    },
  ];
}

/** "asset:BTC" as it is; long ids are cut. */
function Subject({ subject }: { readonly subject: string }): ReactNode {
  return (
    <span title={subject}>
      <bdi>{subject.replace(/([0-9a-f]{8})-[0-9a-f-]{27}$/, "$1…")}</bdi>
    </span>
  );
}

const CSV = [
  { title: "occurred_at", value: ({ occurred_at = "" }: AuditEvent) => occurred_at },
  ...(
    ["event", "outcome", "user_id", "actor_id", "subject", "client_address", "user_agent", "request_id"] as const
  ).map((title) => ({ title, value: (event: AuditEvent) => event[title] })),
  { title: "facts", value: ({ facts }: AuditEvent) => JSON.stringify(facts) },
];
