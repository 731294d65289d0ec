import { useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";

import { errorInWords } from "@/shared/api";
import { reconnect, useConnection, useMarket } from "@/shared/live";
import { startSession, useSession } from "@/shared/session";
import { Countdown } from "@/shared/ui";

/** Says when it is not known who is signed in, and when prices do not move because of the network or the market. */
export function ConnectionBar(): ReactNode {
  const isOnline = useOnline();
  const isUserUnknown = useUserUnknown();
  const connection = useConnection();
  const market = useMarket();
  return (
    <div role="status" className="bg-bg sticky top-12 z-9 max-sm:top-14">
      {!isOnline ? (
        <Bar>You are offline. Prices are old, and you cannot trade. What you type is kept.</Bar>
      ) : isUserUnknown ? (
        <Bar onRetry={() => void startSession()}>We could not check whether you are signed in.</Bar>
      ) : connection.status === "stale" ? (
        <Bar onRetry={reconnect}>No news from the market for a while: prices may be old. Connecting again…</Bar>
      ) : connection.status === "waiting" ? (
        <Bar onRetry={reconnect}>
          {connection.error === undefined ? "The connection was lost." : errorInWords(connection.error).text} Prices may
          be old. Trying again <Countdown untilMs={connection.retryAtMs} prefix="in" />
        </Bar>
      ) : market.isHalted ? (
        <Bar>All trading is halted for the moment.</Bar>
      ) : market.isStale ? (
        <Bar>The market has no new prices. Until it has, no orders are accepted.</Bar>
      ) : null}
    </div>
  );
}

function Bar({ children, onRetry }: { readonly children: ReactNode; readonly onRetry?: () => void }): ReactNode {
  return (
    <div className="bg-warn/15 text-ink border-warn/40 flex flex-wrap items-center justify-center gap-x-3 border-b px-4 py-1.5 text-center text-sm">
      <span>{children}</span>
      {onRetry !== undefined && (
        <button type="button" className="tap font-medium underline" onClick={onRetry}>
          Try now
        </button>
      )}
    </div>
  );
}

/** Whether the session could not be found out. It stays so while that is tried again. */
function useUserUnknown(): boolean {
  const { status } = useSession();
  const [isUnknown, setUnknown] = useState(false);
  const isUnknownNow = status === "unreachable" || (isUnknown && status === "starting");
  if (isUnknownNow !== isUnknown) {
    setUnknown(isUnknownNow);
  }
  return isUnknownNow;
}

function useOnline(): boolean {
  return useSyncExternalStore(listenToNetwork, () => navigator.onLine);
}

function listenToNetwork(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
