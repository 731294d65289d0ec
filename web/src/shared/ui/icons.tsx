/** Icons: 16 units, drawn with the colour of the text. They say nothing alone: give their button a label. */

import type { ReactNode } from "react";

interface IconProps {
  readonly className?: string;
  readonly size?: number;
}

function icon(path: string, isFilled = false) {
  return function Icon({ className = "", size = 16 }: IconProps): ReactNode {
    return (
      <svg
        aria-hidden
        viewBox="0 0 16 16"
        width={size}
        height={size}
        fill={isFilled ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className={`shrink-0 ${className}`}
      >
        <path d={path} />
      </svg>
    );
  };
}

const STAR = "M8 1.8l1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.6l-3.8 2 .7-4.3-3.1-3 4.3-.6z";

export const StarIcon = icon(STAR);
export const StarFilledIcon = icon(STAR, true);
export const EyeIcon = icon(
  "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
);
export const EyeOffIcon = icon(
  "M2 2l12 12M6.2 3.8A6 6 0 0 1 8 3.5C12 3.5 14.5 8 14.5 8a11 11 0 0 1-1.7 2.2M4 5.2A11 11 0 0 0 1.5 8S4 12.5 8 12.5a6 6 0 0 0 3-.8",
);
export const CloseIcon = icon("M3.5 3.5l9 9M12.5 3.5l-9 9");
export const MenuIcon = icon("M2 4h12M2 8h12M2 12h12");
export const SearchIcon = icon("M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.8 10.8L14 14");
export const CheckIcon = icon("M3 8.5l3.5 3.5L13 4.5");
export const WarningIcon = icon("M8 2L14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1");
export const InfoIcon = icon("M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM8 7.5v3.5M8 5v.1");
export const CopyIcon = icon("M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3");
export const DownloadIcon = icon("M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11");
export const SortIcon = icon("M5 6l3-3 3 3M5 10l3 3 3-3");
export const SortUpIcon = icon("M4 10l4-4 4 4");
export const SortDownIcon = icon("M4 6l4 4 4-4");
export const UserIcon = icon("M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.5 14c.5-2.8 2.7-4 5.5-4s5 1.2 5.5 4");
export const ExternalIcon = icon("M6 3H3v10h10v-3M9 2.5h4.5V7M13 3L7.5 8.5");
export const RefreshIcon = icon("M13 4v3.5H9.5M3 12V8.5h3.5M4 6a4.5 4.5 0 0 1 8.6 1.2M12 10a4.5 4.5 0 0 1-8.6-1.2");
