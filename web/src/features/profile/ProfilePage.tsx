import type { ReactNode } from "react";

import { $api } from "@/shared/api";
import { ErrorState, Page, Panel, Skeleton } from "@/shared/ui";

import { DataForm } from "./DataForm";
import { PasswordForm } from "./PasswordForm";
import { SecurityLog } from "./SecurityLog";
import { Sessions } from "./Sessions";
import { SettingsPanel } from "./SettingsPanel";

export function ProfilePage(): ReactNode {
  const { data, error, refetch, isFetching } = $api.useQuery("get", "/api/v1/auth/me", {}, { staleTime: 60_000 });
  return (
    <Page title="Profile and settings">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex flex-col gap-4">
          <Panel title="Your data">
            {data ? (
              <DataForm key={data.updated_at} profile={data} />
            ) : error ? (
              <ErrorState
                title="Your data could not be loaded."
                error={error}
                onRetry={() => void refetch()}
                isRetrying={isFetching}
              />
            ) : (
              <Skeleton className="h-[359px] max-sm:h-[597px]" />
            )}
          </Panel>
          <Panel title="Password">
            <PasswordForm username={data?.username ?? ""} />
          </Panel>
        </div>
        <SettingsPanel />
        <Sessions className="lg:col-span-2" />
        <SecurityLog className="lg:col-span-2" />
      </div>
    </Page>
  );
}
