/** All routes. Each page is loaded when it is first opened, or when a pointer comes near its link. */

import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import type { RouterHistory } from "@tanstack/react-router";

import { accountSearch } from "@/features/account/search";
import { auditSearch, usersSearch } from "@/features/admin/search";
import { signInSearch } from "@/features/auth/search";
import { assetsSearch } from "@/features/market/search";
import { ordersSearch } from "@/features/orders/search";
import { portfolioSearch } from "@/features/portfolio/search";
import { tradeSearch } from "@/features/trade/search";

import { requireAdmin, requireUser } from "./guards";
import { Home } from "./Home";
import { NotFound, PagePending, RouteError } from "./RouteStates";
import { Shell } from "./Shell";

/** A filter of addresses that removes what it does not name: the router itself would let it through, unchecked. */
function only<T extends object>(validate: (raw: Record<string, unknown>) => T): (raw: Record<string, unknown>) => T {
  return (raw) => ({ ...Object.fromEntries(Object.keys(raw).map((key) => [key, undefined])), ...validate(raw) });
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const at = { getParentRoute: () => root };
const user = { ...at, beforeLoad: requireUser };
const admin = { ...at, beforeLoad: requireAdmin };

const home = createRoute({ ...at, path: "/", component: Home });
const assets = createRoute({
  ...at,
  path: "/assets",
  validateSearch: only(assetsSearch),
  component: lazyRouteComponent(() => import("@/features/market/AssetsPage"), "AssetsPage"),
});
const trade = createRoute({
  ...at,
  path: "/trade/$assetId",
  validateSearch: only(tradeSearch),
  component: lazyRouteComponent(() => import("@/features/trade/TradePage"), "TradePage"),
});
const portfolio = createRoute({
  ...user,
  path: "/portfolio",
  validateSearch: portfolioSearch,
  component: lazyRouteComponent(() => import("@/features/portfolio/PortfolioPage"), "PortfolioPage"),
});
const orders = createRoute({
  ...user,
  path: "/orders",
  validateSearch: only(ordersSearch),
  component: lazyRouteComponent(() => import("@/features/orders/OrdersPage"), "OrdersPage"),
});
const order = createRoute({
  ...user,
  path: "/orders/$orderId",
  component: lazyRouteComponent(() => import("@/features/orders/OrderPage"), "OrderPage"),
});
const account = createRoute({
  ...user,
  path: "/account",
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import("@/features/account/AccountPage"), "AccountPage"),
});
const profile = createRoute({
  ...user,
  path: "/profile",
  component: lazyRouteComponent(() => import("@/features/profile/ProfilePage"), "ProfilePage"),
});
const signIn = createRoute({
  ...at,
  path: "/sign-in",
  validateSearch: only(signInSearch),
  component: lazyRouteComponent(() => import("@/features/auth/SignInPage"), "SignInPage"),
});
const register = createRoute({
  ...at,
  path: "/register",
  validateSearch: only(signInSearch),
  component: lazyRouteComponent(() => import("@/features/auth/RegisterPage"), "RegisterPage"),
});
const quarantine = createRoute({
  ...admin,
  path: "/admin/quarantine",
  component: lazyRouteComponent(() => import("@/features/admin/QuarantinePage"), "QuarantinePage"),
});
const users = createRoute({
  ...admin,
  path: "/admin/users",
  validateSearch: only(usersSearch),
  component: lazyRouteComponent(() => import("@/features/admin/UsersPage"), "UsersPage"),
});
const adminAssets = createRoute({
  ...admin,
  path: "/admin/assets",
  component: lazyRouteComponent(() => import("@/features/admin/AdminAssetsPage"), "AdminAssetsPage"),
});
const audit = createRoute({
  ...admin,
  path: "/admin/audit",
  validateSearch: only(auditSearch),
  component: lazyRouteComponent(() => import("@/features/admin/AuditPage"), "AuditPage"),
});
const house = createRoute({
  ...admin,
  path: "/admin/house",
  component: lazyRouteComponent(() => import("@/features/admin/HousePage"), "HousePage"),
});

const routeTree = root.addChildren([
  ...[home, assets, trade, portfolio, orders, order, account, profile, signIn, register],
  ...[quarantine, users, adminAssets, audit, house],
]);

/** A router; tests give it a history of their own. */
export function createAppRouter(history: RouterHistory = createBrowserHistory()) {
  return createRouter({
    routeTree,
    history,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0, // queries keep their own
    defaultPendingComponent: PagePending,
    defaultPendingMs: 200,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module "@tanstack/react-router" {
  interface Register {
    router: AppRouter;
  }
}
