import { useEffect, useEffectEvent } from "react";

import { refresh, useIntention } from "@/shared/api";
import type { ApiError } from "@/shared/api";

export interface AdminChange<Body, Result> {
  /** Makes the change; its result, or undefined if it failed. */
  readonly run: (body: Body) => Promise<Result | undefined>;
  readonly isBusy: boolean;
  readonly error: ApiError | undefined;
  /** What was sent without a final outcome, perhaps before a reload. */
  readonly unfinished: Body | undefined;
  /** Gives it up: what comes next is another request. */
  readonly forget: () => void;
}

/**
 * A change by an administrator that has one effect, however often it is sent. Afterwards all lists are loaded anew.
 *
 * A dialog that is opened again begins anew: as the same request, "halt" would only repeat the answer of a halt that
 * somebody has ended since. What must not happen twice `isKept`.
 */
export function useChange<Body, Result>(
  name: string,
  send: (body: Body, requestId: string) => Promise<Result>,
  { isKept = false } = {},
): AdminChange<Body, Result> {
  const { outcome, run, forget, unfinished } = useIntention({ name: `admin.${name}`, send });
  const begin = useEffectEvent(() => {
    if (!isKept && outcome.state !== "busy") {
      forget();
    }
  });
  useEffect(() => begin(), [name]);
  return {
    run: async (body) => {
      const result = await run(body);
      if (result !== undefined) {
        void refreshAdmin();
      }
      return result;
    },
    isBusy: outcome.state === "busy",
    error: outcome.state === "failed" || outcome.state === "unknown" ? outcome.error : undefined,
    unfinished,
    forget,
  };
}

export async function refreshAdmin(): Promise<void> {
  await refresh(
    "/api/v1/admin/orders:quarantined",
    "/api/v1/admin/users",
    "/api/v1/admin/audit",
    "/api/v1/admin/house",
    "/api/v1/inventory/assets",
    "/api/v1/inventory/assets/{asset_id}",
    "/api/v1/inventory/market",
  );
}
