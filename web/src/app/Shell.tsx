import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ReactNode } from "react";

import { useArePricesOld } from "@/shared/live";
import { useSession, useUserChange } from "@/shared/session";
import { closeBadNews, Toaster } from "@/shared/ui";

import { ConnectionBar } from "./ConnectionBar";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { OrderNews } from "./OrderNews";
import { SessionDialog } from "./SessionDialog";
import { Shortcuts } from "./Shortcuts";

/** What surrounds every page. */
export function Shell(): ReactNode {
  useGuardsOfSession();
  const userChange = useUserChange();
  useEffect(() => closeBadNews(), [userChange]);
  const arePricesOld = useArePricesOld();
  const isLoading = useRouterState({ select: ({ status }) => status === "pending" });
  return (
    <div key={userChange} data-prices={arePricesOld ? "old" : "new"} className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="bg-accent text-on-accent sr-only rounded-md px-3 py-2 focus:not-sr-only focus:absolute focus:start-2 focus:top-2 focus:z-30"
      >
        Skip to the content
      </a>
      <Header />
      <ConnectionBar />
      <main id="main" tabIndex={-1} aria-busy={isLoading} className="flex-1">
        <Outlet />
      </main>
      <Footer />
      <OrderNews />
      <Shortcuts />
      <SessionDialog />
      <Toaster />
    </div>
  );
}

/** Leaves pages of users when the session is gone, perhaps in another tab. */
function useGuardsOfSession(): void {
  const { status } = useSession();
  const router = useRouter();
  useEffect(() => {
    if (status === "signed-out" || status === "signed-in") {
      void router.invalidate();
    }
  }, [status, router]);
}
