import type { ReactNode } from "react";

/** Two candles. */
export function Logo(): ReactNode {
  return (
    <svg aria-hidden viewBox="0 0 20 20" width="20" height="20" fill="none" strokeWidth="1.8" strokeLinejoin="round">
      <path className="stroke-down" d="M6 2v3M6 13v3" />
      <path className="fill-down stroke-down" d="M3.5 5h5v8h-5z" />
      <path className="stroke-up" d="M14 4v3M14 15v3" />
      <path className="fill-up stroke-up" d="M11.5 7h5v8h-5z" />
    </svg>
  );
}
