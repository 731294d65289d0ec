import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import type { Schemas } from "@/shared/api";
import { Badge, Button, EmptyState, ErrorState, Pagination, Panel, SkeletonRows, Table, Time } from "@/shared/ui";
import type { Column } from "@/shared/ui";

import { AdminPage } from "./AdminPage";
import { nextPage } from "./pages";
import { UserDialog } from "./UserDialog";
import { UserSearch } from "./UserSearch";

type User = Schemas["User"];

export function UsersPage(): ReactNode {
  const { username, email } = useSearch({ from: "/admin/users" });
  const navigate = useNavigate();
  const [shownId, setShownId] = useState<string>();
  const query = { ...(username !== undefined && { username_prefix: username }), ...(email !== undefined && { email }) };
  const list = $api.useInfiniteQuery("get", "/api/v1/admin/users", { params: { query } }, nextPage);
  const users = list.data?.pages.flatMap((page) => page.users) ?? [];
  const shown = users.find(({ profile }) => profile?.user_id === shownId);
  const isFiltered = username !== undefined || email !== undefined;
  return (
    <AdminPage title="Users" lead="Names and addresses are found whatever their case.">
      <UserSearch key={`${username ?? ""} ${email ?? ""}`} username={username} email={email} />
      <Panel isFlush>
        {list.data && users.length > 0 ? (
          <>
            <Table
              caption="Users by name"
              columns={columnsOf(setShownId)}
              rows={users}
              rowKey={({ profile }) => profile?.user_id ?? ""}
            />
            <Pagination
              shown={`${users.length} users`}
              hasMore={list.hasNextPage}
              isLoading={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </>
        ) : list.data ? (
          <EmptyState
            title={isFiltered ? "No user matches." : "There are no users yet."}
            text={isFiltered ? "Usernames are matched from their beginning, e-mail addresses as a whole." : undefined}
            action={isFiltered && <Button onClick={() => void navigate({ to: "/admin/users" })}>Show all users</Button>}
          />
        ) : list.error ? (
          <ErrorState
            title="The users could not be loaded."
            error={list.error}
            onRetry={() => void list.refetch()}
            isRetrying={list.isFetching}
          />
        ) : (
          <SkeletonRows count={12} />
        )}
      </Panel>
      {shown?.profile && <UserDialog user={shown} profile={shown.profile} onClose={() => setShownId(undefined)} />}
    </AdminPage>
  );
}

function columnsOf(show: (userId: string) => void): readonly Column<User>[] {
  return [
    {
      key: "username",
      title: "Username",
      isHeading: true,
      cell: ({ profile }) => <span className="font-medium">{profile?.username}</span>,
    },
    {
      key: "name",
      title: "Name",
      cell: ({ profile }) => <bdi>{`${profile?.first_name ?? ""} ${profile?.last_name ?? ""}`}</bdi>,
    },
    { key: "email", title: "E-mail", isWide: true, cell: ({ profile }) => <bdi>{profile?.email}</bdi> },
    {
      key: "role",
      title: "Role",
      cell: ({ profile }) => (profile?.role === "ADMIN" ? <Badge tone="accent">Administrator</Badge> : "Customer"),
    },
    {
      key: "state",
      title: "State",
      cell: ({ is_disabled }) => (is_disabled ? <Badge tone="bad">Disabled</Badge> : <Badge tone="good">Active</Badge>),
    },
    {
      key: "since",
      title: "Registered",
      cell: ({ profile }) => <Time value={profile?.created_at} format="date" />,
    },
    {
      key: "more",
      title: "Actions",
      isTitleHidden: true,
      isEnd: true,
      cell: ({ profile }) => (
        <Button aria-label={`Manage ${profile?.username ?? ""}`} onClick={() => show(profile?.user_id ?? "")}>
          Manage…
        </Button>
      ),
    },
  ];
}
