/** Renders a page with what every page has around it. */

import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";

import { queryClient } from "@/shared/api";
import { Toaster } from "@/shared/ui";

interface PageOptions {
  /** The path of its route, such as "/orders/$orderId". */
  readonly path?: string;
  /** The address, such as "/orders/1?status=FAILED". */
  readonly url?: string;
}

/** Renders a page. Links lead to an empty page. */
export async function renderPage(page: ReactNode, { path = "/", url = path }: PageOptions = {}): Promise<RenderResult> {
  const root = createRootRoute({
    component: () => (
      <>
        <Outlet />
        <Toaster />
      </>
    ),
    notFoundComponent: () => <p>another page</p>,
  });
  const route = createRoute({ getParentRoute: () => root, path, component: () => page });
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [url] }),
  });
  await router.load();
  const result = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  await result.findByRole("heading", { level: 1 });
  return result;
}
