import type { ReactNode } from "react";

import type { Check } from "@/shared/api";

import { CheckIcon } from "./icons";

/** What a value must be, ticked off while somebody types. For the hint of a field. */
export function RuleList({ checks, note }: { readonly checks: readonly Check[]; readonly note?: string }): ReactNode {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5">
      {checks.map(({ text, isMet }) => (
        <li key={text} className={`inline-flex items-center gap-1 ${isMet ? "text-good" : ""}`}>
          {isMet ? (
            <CheckIcon size={12} />
          ) : (
            <span aria-hidden className="border-edge mx-0.5 size-2 rounded-full border" />
          )}
          {text}
          {isMet && <span className="sr-only">: yes</span>}
        </li>
      ))}
      {note !== undefined && <li className="w-full">{note}</li>}
    </ul>
  );
}
