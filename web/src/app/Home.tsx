import { lazy, Suspense } from "react";
import type { ReactNode } from "react";

import { useSession } from "@/shared/session";

import { PagePending } from "./RouteStates";

const dashboard = async () => ({ default: (await import("@/features/dashboard/DashboardPage")).DashboardPage });
const market = async () => ({ default: (await import("@/features/market/MarketPage")).MarketPage });
const DashboardPage = lazy(dashboard);
const MarketPage = lazy(market);

/** Loads the page while the shell starts, not after it: a round trip less until a first visitor sees it. */
export function preloadHome(isProbablyUser: boolean): void {
  (isProbablyUser ? dashboard() : market()).catch(() => undefined); // told when the page is shown
}

/** The dashboard of users; the live market for visitors. */
export function Home(): ReactNode {
  const { status } = useSession();
  if (status === "starting") {
    return <PagePending />;
  }
  const isUser = status === "signed-in" || status === "ended";
  return <Suspense fallback={<PagePending />}>{isUser ? <DashboardPage /> : <MarketPage />}</Suspense>;
}
