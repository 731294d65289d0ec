import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

import { Button } from "./Button";
import { announce } from "./Toast";

declare module "@tanstack/history" {
  interface HistoryState {
    /** The tokens of the pages before this one, the oldest first, "" for the first page. */
    pages?: readonly string[];
  }
}

interface PageNavProps {
  /** The token of this page, from the address; undefined on the first one. */
  readonly page: string | undefined;
  /** The token of the next page; "" on the last one, undefined while it is not known. */
  readonly next: string | undefined;
  readonly isLoading: boolean;
  /** "50 orders". */
  readonly shown: string;
}

/** Newer and older pages of a list. The token is `page` in the address; the way back is kept in the history. */
export function PageNav({ page, next, isLoading, shown }: PageNavProps): ReactNode {
  const navigate = useNavigate();
  const pages = useRouterState({ select: ({ location }) => location.state.pages }) ?? [];
  const go = (token: string | undefined, before: readonly string[]): void => {
    void navigate({
      to: ".",
      search: ((old: object) => ({ ...old, page: token === "" ? undefined : token })) as never,
      state: (old) => ({ ...old, pages: before }),
    });
  };
  const isAll = page === undefined && next === "";
  useAnnounced(isLoading ? undefined : shown, page);
  return (
    <nav
      aria-label="Pages"
      className="border-line flex min-h-12 flex-wrap items-center justify-between gap-2 border-t px-3 py-1"
    >
      <span className="text-mute">{shown}</span>
      {!isAll && (
        <span className="flex gap-2">
          {pages.length > 1 && <Button onClick={() => go(undefined, [])}>Newest</Button>}
          <Button isDisabled={page === undefined} onClick={() => go(pages.at(-1), pages.slice(0, -1))}>
            {page !== undefined && pages.length === 0 ? "Newest" : "Newer"}
          </Button>
          <Button
            isDisabled={!next}
            isBusy={isLoading && page !== undefined}
            onClick={() => go(next, [...pages, page ?? ""])}
          >
            Older
          </Button>
        </span>
      )}
    </nav>
  );
}

/** Tells screen readers what a page has once it has come after another one. */
function useAnnounced(shown: string | undefined, page: string | undefined): void {
  const told = useRef(page);
  useEffect(() => {
    if (shown !== undefined && told.current !== page) {
      told.current = page;
      announce(shown);
    }
  }, [shown, page]);
}
