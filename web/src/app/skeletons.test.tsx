import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";

import { Timeline } from "@/features/orders/Timeline";
import { Skeleton } from "@/shared/ui";
import { ORDER } from "@/test/orders";

import base from "./styles/base.css?raw";

/** What hides the footer: what comes before it while the page is on its way. */
const HIDING = /^\s*(main\S+) \+ footer \{/m.exec(base)?.[1] ?? "";

function isFooterHiddenBy(content: ReactNode): boolean {
  const { container, unmount } = render(<main>{content}</main>);
  const isHidden = container.querySelector(HIDING) !== null;
  unmount();
  return isHidden;
}

test("the footer is hidden while a page has empty places, and not as long as an order is pending", () => {
  expect(isFooterHiddenBy(<Skeleton />)).toBe(true);
  expect(isFooterHiddenBy(<Timeline order={{ ...ORDER, status: "PENDING" }} />)).toBe(false);
});
