import { lazy, Suspense } from "react";
import type { ReactNode } from "react";

import { useSession } from "@/shared/session";

import { PagePending } from "./RouteStates";

const DashboardPage = lazy(async () => ({
  default: (await import("@/features/dashboard/DashboardPage")).DashboardPage,
}));
const MarketPage = lazy(async () => ({ default: (await import("@/features/market/MarketPage")).MarketPage }));

/** The dashboard of users; the live market for visitors. */
export function Home(): ReactNode {
  const { status } = useSession();
  if (status === "starting") {
    return <PagePending />;
  }
  const isUser = status === "signed-in" || status === "ended";
  return <Suspense fallback={<PagePending />}>{isUser ? <DashboardPage /> : <MarketPage />}</Suspense>;
}
