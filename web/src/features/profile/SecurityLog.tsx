import { useState } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import {
  Button,
  deviceInWords,
  Dialog,
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
import { useUser } from "@/shared/session";

import { foldContinued } from "./foldContinued";
import type { Folded } from "./foldContinued";

type AuditEvent = Schemas["AuditEvent"];

const PAGE_SIZE = 100; // many of them are folded

/** What has happened to the account: the user's part of the audit trail. */
export function SecurityLog({ className }: { readonly className: string }): ReactNode {
  const [shown, setShown] = useState<AuditEvent>();
  const log = $api.useInfiniteQuery(
    "get",
    "/api/v1/auth/audit",
    { params: { query: { page_size: PAGE_SIZE } } },
    {
      pageParamName: "page_token",
      initialPageParam: "",
      getNextPageParam: ({ next_page_token }: { next_page_token: string }) => next_page_token || undefined,
    },
  );
  const me = useUser()?.userId;
  const events = log.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Panel title="Security log" className={className} isFlush>
      {log.data ? (
        <>
          <Table
            caption="What happened to your account, newest first"
            columns={columnsOf(setShown)}
            rows={foldContinued(events)}
            rowKey={({ event }) => event.event_id}
          />
          <Pagination
            shown={`${events.length} events`}
            hasMore={log.hasNextPage}
            isLoading={log.isFetchingNextPage}
            onMore={() => void log.fetchNextPage()}
          />
        </>
      ) : log.error ? (
        <ErrorState
          title="Your security log could not be loaded."
          error={log.error}
          onRetry={() => void log.refetch()}
          isRetrying={log.isFetching}
        />
      ) : (
        <SkeletonRows count={8} />
      )}
      <Dialog title="Event" isOpen={shown !== undefined} onClose={() => setShown(undefined)} isWide>
        {shown && <EventFacts event={shown} person={(id) => (id === me ? "You" : "An administrator")} />}
      </Dialog>
    </Panel>
  );
}

function columnsOf(show: (event: AuditEvent) => void): readonly Column<Folded>[] {
  return [
    { key: "time", title: "When", cell: ({ event }) => <Time value={event.occurred_at} /> },
    { key: "event", title: "What", isHeading: true, cell: (folded) => <What folded={folded} /> },
    { key: "outcome", title: "Outcome", cell: ({ event }) => <EventOutcome outcome={event.outcome} /> },
    { key: "address", title: "Address", cell: ({ event }) => <bdi>{event.client_address || "—"}</bdi> },
    {
      key: "device",
      title: "Device",
      cell: ({ event }) => (event.user_agent === "" ? "—" : deviceInWords(event.user_agent)),
    },
    {
      key: "more",
      title: "Actions",
      isTitleHidden: true,
      isEnd: true,
      cell: ({ event }) => (
        <Button variant="quiet" aria-label={`Details: ${eventInWords(event.event)}`} onClick={() => show(event)}>
          Details
        </Button>
      ),
    },
  ];
}

function What({ folded: { event, count, since } }: { readonly folded: Folded }): ReactNode {
  return count === 1 ? (
    eventInWords(event.event)
  ) : (
    <>
      {eventInWords(event.event)}, {count} times{" "}
      <span className="text-mute text-sm">
        since <Time value={since} />
      </span>
    </>
  );
}
