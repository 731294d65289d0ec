/** Which assets the page shows, so which prices the stream must bring. */

const SET_MAX = 50; // of the contract; more is all
const FEW = 5;

const counts = new Map<string, number>();
let everything = 0;

/** What a stream brings: "all" assets or a sorted set, and how fast. */
export interface Wanted {
  readonly assetIds: "all" | readonly string[];
  readonly intervalMs: number;
}

/** Counts an interest; returns what ends it. */
export function want(assetIds: "all" | readonly string[], isChanged: () => void): () => void {
  add(assetIds, 1);
  isChanged();
  return () => {
    add(assetIds, -1);
    isChanged();
  };
}

export function wanted(): Wanted {
  if (everything > 0 || counts.size > SET_MAX) {
    return { assetIds: "all", intervalMs: 1000 };
  }
  return { assetIds: [...counts.keys()].sort(), intervalMs: counts.size <= FEW ? 250 : 1000 };
}

/** Whether a stream of `had` brings all that is wanted. */
export function covers(had: Wanted, { assetIds, intervalMs }: Wanted): boolean {
  if (had.intervalMs > intervalMs) {
    return false;
  }
  if (had.assetIds === "all" || assetIds === "all") {
    return had.assetIds === "all";
  }
  const set = new Set(had.assetIds);
  return assetIds.every((id) => set.has(id));
}

export function isSame(one: Wanted, other: Wanted): boolean {
  return one.intervalMs === other.intervalMs && String(one.assetIds) === String(other.assetIds);
}

function add(assetIds: "all" | readonly string[], step: 1 | -1): void {
  if (assetIds === "all") {
    everything += step;
    return;
  }
  for (const id of assetIds) {
    const count = (counts.get(id) ?? 0) + step;
    if (count > 0) {
      counts.set(id, count);
    } else {
      counts.delete(id);
    }
  }
}
