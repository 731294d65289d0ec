/** Amounts, prices, changes and times as the settings say. Without a value all of them show "—". */

import { useLayoutEffect, useRef } from "react";
import type { ReactNode } from "react";

import { decimal } from "@/shared/numbers";
import type { Decimalish } from "@/shared/numbers";
import { usePrice } from "@/shared/live";
import { HIDDEN, useFormats, useSettings } from "@/shared/settings";

import { flash } from "./flash";

interface ValueProps {
  readonly value: Decimalish;
  readonly className?: string;
}

interface OwnProps extends ValueProps {
  /** An amount of the user, that the eye in the header hides. */
  readonly isOwn?: boolean;
}

/** Dollars. */
export function Money({ value, isOwn = false, className }: OwnProps): ReactNode {
  const { money } = useFormats();
  return <Hideable isOwn={isOwn} text={money(value)} className={className} />;
}

/** Large dollars in short, such as a market capitalisation; the title has all digits. */
export function CompactMoney({ value, className }: ValueProps): ReactNode {
  const { compactMoney, money } = useFormats();
  return (
    <bdi className={className} title={money(value)}>
      {compactMoney(value)}
    </bdi>
  );
}

/** A gain or loss in dollars: with a sign, an arrow and a colour. */
export function SignedMoney({ value, isOwn = false, className = "" }: OwnProps): ReactNode {
  const { signedMoney } = useFormats();
  return (
    <span className={`${toneOf(value)} ${className}`}>
      <Arrow value={value} />
      <Hideable isOwn={isOwn} text={signedMoney(value)} />
    </span>
  );
}

/** The price of one unit. */
export function Price({ value, className }: ValueProps): ReactNode {
  const { price } = useFormats();
  return <bdi className={className}>{price(value)}</bdi>;
}

/** A quantity, with the symbol of its asset if there is a `unit`. */
export function Quantity({ value, unit, isOwn = false, className }: OwnProps & { readonly unit?: string }): ReactNode {
  const { quantity } = useFormats();
  return <Hideable isOwn={isOwn} text={quantity(value)} unit={unit} className={className} />;
}

/** A change in percent: with a sign, an arrow and a colour. */
export function Change({ value, className = "" }: ValueProps): ReactNode {
  const { change } = useFormats();
  return (
    <bdi className={`${toneOf(value)} whitespace-nowrap ${className}`}>
      <Arrow value={value} />
      {change(value)}
    </bdi>
  );
}

/** A time, in the zone of the settings; its title is in UTC. */
export function Time({
  value,
  format = "dateTime",
}: {
  readonly value: string | undefined;
  readonly format?: "dateTime" | "moment" | "date" | "time";
}): ReactNode {
  const formats = useFormats();
  return (
    <time dateTime={value} title={value}>
      {formats[format](value)}
    </time>
  );
}

interface LivePriceProps {
  readonly assetId: string;
  /** Shown until the first live one has come. */
  readonly fallback?: string | undefined;
  readonly kind?: "price" | "bid" | "ask";
  readonly className?: string;
}

/**
 * The live price of an asset. It glows for a moment in the colour of its direction, with a line above (risen) or below
 * (fallen), unless motion is reduced. While it is stale, the class "live" marks it: see styles/base.css.
 */
export function LivePrice({ assetId, fallback, kind = "price", className = "" }: LivePriceProps): ReactNode {
  const tick = usePrice(assetId);
  const element = useRef<HTMLElement>(null);
  const { price } = useFormats();
  const { seq, direction = 0 } = tick ?? {};
  useLayoutEffect(() => {
    if (element.current !== null && direction !== 0) {
      flash(element.current, direction);
    }
  }, [seq, direction]);
  return (
    <bdi ref={element} className={`live ${className}`}>
      {price(tick?.[kind] ?? fallback)}
    </bdi>
  );
}

/** The class of the colour for a gain or a loss. */
export function toneOf(value: Decimalish): string {
  const sign = decimal(value)?.cmp(0) ?? 0;
  return sign > 0 ? "text-up" : sign < 0 ? "text-down" : "";
}

function Arrow({ value }: { readonly value: Decimalish }): ReactNode {
  const sign = decimal(value)?.cmp(0) ?? 0;
  return sign === 0 ? null : (
    <span aria-hidden className="me-1 text-[0.75em]">
      {sign > 0 ? "▲" : "▼"}
    </span>
  );
}

function Hideable({
  isOwn,
  text,
  unit,
  className = "",
}: {
  readonly isOwn: boolean;
  readonly text: string;
  /** Follows it, and is never hidden. */
  readonly unit?: string | undefined;
  readonly className?: string | undefined;
}): ReactNode {
  const { hidesAmounts } = useSettings();
  const after = unit === undefined ? "" : ` ${unit}`;
  return isOwn && hidesAmounts ? (
    <span className={className}>
      <span aria-hidden className="hidden-amount">
        {HIDDEN}
      </span>
      <span className="sr-only">hidden</span>
      {after}
    </span>
  ) : (
    <bdi className={className}>{text + after}</bdi>
  );
}
