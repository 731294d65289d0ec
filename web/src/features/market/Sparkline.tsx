import type { ReactNode } from "react";

const WIDTH = 100;
const HEIGHT = 32;

/** A line without axes. What it means stands beside it in numbers, so it is hidden from screen readers. */
export function Sparkline({
  values,
  className = "",
}: {
  readonly values: readonly string[];
  readonly className?: string;
}): ReactNode {
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={`block ${className}`}>
      <polyline
        points={pointsOf(values.map(Number))}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

function pointsOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const height = (value: number): number =>
    high === low ? HEIGHT / 2 : HEIGHT - 2 - ((value - low) / (high - low)) * (HEIGHT - 4);
  const step = WIDTH / Math.max(1, values.length - 1);
  return values.map((value, index) => `${(index * step).toFixed(1)},${height(value).toFixed(1)}`).join(" ");
}
