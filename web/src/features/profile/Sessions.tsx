import { useState } from "react";
import type { ReactNode } from "react";

import { $api, api, ApiError, refresh } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import {
  Badge,
  Button,
  ConfirmDialog,
  deviceInWords,
  ErrorState,
  Panel,
  SkeletonRows,
  Table,
  Time,
  toast,
} from "@/shared/ui";
import type { Column } from "@/shared/ui";

type Session = Schemas["Session"];

/** Where the user is signed in. */
export function Sessions({ className }: { readonly className: string }): ReactNode {
  const { data, error, refetch, isFetching } = $api.useQuery("get", "/api/v1/auth/sessions");
  const [ending, setEnding] = useState<readonly Session[]>([]);
  const others = data?.sessions.filter(({ is_current }) => !is_current) ?? [];
  return (
    <Panel
      title="Sessions"
      className={className}
      isFlush
      actions={
        others.length > 0 && <Button onClick={() => setEnding(others)}>End all others ({others.length})…</Button>
      }
    >
      {data ? (
        <Table
          caption="Where you are signed in"
          columns={columnsOf((session) => setEnding([session]))}
          rows={data.sessions}
          rowKey={({ session_id }) => session_id}
        />
      ) : error ? (
        <ErrorState
          title="Your sessions could not be loaded."
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <SkeletonRows count={3} />
      )}
      <EndDialog sessions={ending} onClose={() => setEnding([])} />
    </Panel>
  );
}

function columnsOf(end: (session: Session) => void): readonly Column<Session>[] {
  return [
    {
      key: "device",
      title: "Device",
      isHeading: true,
      cell: ({ device, is_current }) => (
        <span title={device} className="inline-flex flex-wrap items-center gap-2">
          {deviceInWords(device)} {is_current && <Badge tone="accent">This one</Badge>}
        </span>
      ),
    },
    { key: "address", title: "Address", cell: ({ address }) => <bdi>{address || "—"}</bdi> },
    { key: "since", title: "Signed in", cell: ({ created_at }) => <Time value={created_at} format="moment" /> },
    {
      key: "used",
      title: "Last used, about",
      cell: ({ last_used_at }) => <Time value={last_used_at} format="moment" />,
    },
    { key: "until", title: "Ends at the latest", cell: ({ expires_at }) => <Time value={expires_at} format="date" /> },
    {
      key: "end",
      title: "Actions",
      isTitleHidden: true,
      isEnd: true,
      cell: (session) =>
        session.is_current ? null : (
          <Button aria-label={`End the session: ${deviceInWords(session.device)}`} onClick={() => end(session)}>
            End…
          </Button>
        ),
    },
  ];
}

function EndDialog({
  sessions,
  onClose,
}: {
  readonly sessions: readonly Session[];
  readonly onClose: () => void;
}): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [first] = sessions;
  const isOne = sessions.length === 1;
  const close = (): void => {
    setError(undefined);
    onClose();
  };
  const end = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await endAll(sessions);
      toast("good", isOne ? "The session has ended." : `${sessions.length} sessions have ended.`);
      close();
    } catch (cause) {
      setError(ApiError.from(cause));
    } finally {
      setBusy(false);
      await refresh("/api/v1/auth/sessions", "/api/v1/auth/audit");
    }
  };
  return (
    <ConfirmDialog
      title={isOne ? "End this session?" : "End all other sessions?"}
      action={isOne ? "End the session" : `End ${sessions.length} sessions`}
      isOpen={first !== undefined}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void end()}
      onClose={close}
    >
      <p>
        {isOne
          ? `${deviceInWords(first?.device ?? "")} is signed out within a second. `
          : "All devices but this one are signed out within a second. "}
        What was being typed there stays until somebody signs in again.
      </p>
      <p className="text-mute">If you do not know a session, change your password too.</p>
    </ConfirmDialog>
  );
}

/** Ends sessions, one after the other. One that has ended meanwhile is fine. */
async function endAll(sessions: readonly Session[]): Promise<void> {
  for (const { session_id } of sessions) {
    try {
      await api.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id } } });
    } catch (error) {
      if (ApiError.from(error).reason !== "SESSION_NOT_FOUND") {
        throw error;
      }
    }
  }
}
