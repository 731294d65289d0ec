import { createLink, Link } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from "react";

export type Variant = "primary" | "plain" | "quiet" | "danger" | "buy" | "sell";

const LOOK: Record<Variant, string> = {
  primary: "bg-accent text-on-accent hover:brightness-110",
  plain: "border border-edge/60 bg-panel text-ink hover:bg-raised",
  quiet: "text-ink hover:bg-raised",
  danger: "border border-bad text-bad hover:bg-bad/10",
  buy: "bg-up text-on-trade hover:brightness-110",
  sell: "bg-down text-on-trade hover:brightness-110",
};

function look(variant: Variant, isWide: boolean): string {
  const base = "tap inline-flex items-center justify-center gap-2 rounded-md px-3 font-medium select-none no-underline";
  const off = "aria-disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:hover:brightness-100";
  return `${base} ${off} ${LOOK[variant]} ${isWide ? "w-full" : ""}`;
}

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  readonly variant?: Variant;
  readonly isWide?: boolean;
  /** Something is on its way: clicks do nothing, focus stays. */
  readonly isBusy?: boolean;
  /** Clicks do nothing. Say beside it why. */
  readonly isDisabled?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button. It is never `disabled`, so that it keeps its focus and can be found; it does nothing instead. */
export function Button({
  variant = "plain",
  isWide = false,
  isBusy,
  isDisabled,
  onClick,
  type = "button",
  children,
  ...rest
}: ButtonProps): ReactNode {
  const isOff = isBusy === true || isDisabled === true;
  return (
    <button
      {...rest}
      type={type}
      className={`${look(variant, isWide)} ${rest.className ?? ""}`}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy === true || undefined}
      onClick={(event) => {
        if (isOff) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    >
      {isBusy === true && <Spinner />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "variant" | "isWide" | "isBusy" | "isDisabled"> {
  readonly label: string;
  /** For a dense row. */
  readonly isSmall?: boolean;
  /** The class of its colour. */
  readonly tone?: string;
}

/** A button with an icon alone; `label` is its name. */
export function IconButton({
  label,
  isSmall = false,
  tone = "text-mute hover:text-ink",
  className = "",
  ...rest
}: IconButtonProps): ReactNode {
  const size = isSmall ? "tap-small" : "tap-square";
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`${size} ${tone} hover:bg-raised inline-flex items-center justify-center rounded-md ${className}`}
    />
  );
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly variant?: Variant;
  readonly isWide?: boolean;
  readonly ref?: Ref<HTMLAnchorElement>;
}

function LinkLikeButton({ variant = "plain", isWide = false, className = "", ...rest }: LinkProps): ReactNode {
  return <a {...rest} className={`${look(variant, isWide)} ${className}`} />;
}

/** A link to a page that looks like a button. */
export const ButtonLink = createLink(LinkLikeButton);

function LinkInText({
  className = "",
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly ref?: Ref<HTMLAnchorElement> }): ReactNode {
  return <a {...rest} className={`text-accent underline hover:no-underline ${className}`} />;
}

/** A link to a page within text. */
export const TextLink = createLink(LinkInText);

export { Link };

function Spinner(): ReactNode {
  return <span aria-hidden className="size-3 animate-spin rounded-full border-2 border-current border-t-transparent" />;
}
