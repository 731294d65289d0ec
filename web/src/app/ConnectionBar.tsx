import { useSyncExternalStore } from "react";
import type { ReactNode } from "react";

import { errorInWords } from "@/shared/api";
import { reconnect, useConnection, useMarket } from "@/shared/live";
import { Countdown } from "@/shared/ui";

/** Says when prices do not move because of the network, the system or the market. */
export function ConnectionBar(): ReactNode {
  const isOnline = useOnline();
  const connection = useConnection();
  const market = useMarket();
  return (
    <div role="status">
      {!isOnline ? (
        <Bar>You are offline. Prices are old, and nothing can be ordered. What you type is kept.</Bar>
      ) : connection.status === "stale" ? (
        <Bar isRetrying>No news from the market for a while: prices may be old. Connecting again…</Bar>
      ) : connection.status === "waiting" ? (
        <Bar isRetrying>
          {connection.error === undefined ? "The connection was lost." : errorInWords(connection.error).text} Prices may
          be old. Trying again <Countdown untilMs={connection.retryAtMs} prefix="in" />
        </Bar>
      ) : market.isHalted ? (
        <Bar>All trading is halted for the moment.</Bar>
      ) : market.isStale ? (
        <Bar>The market has no new prices. Orders wait until it has.</Bar>
      ) : null}
    </div>
  );
}

function Bar({
  children,
  isRetrying = false,
}: {
  readonly children: ReactNode;
  readonly isRetrying?: boolean;
}): ReactNode {
  return (
    <div className="bg-warn/15 text-ink border-warn/40 flex flex-wrap items-center justify-center gap-x-3 border-b px-4 py-1.5 text-center text-sm">
      <span>{children}</span>
      {isRetrying && (
        <button type="button" className="tap font-medium underline" onClick={reconnect}>
          Try now
        </button>
      )}
    </div>
  );
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
