/** Pages of a list for people: one that is short or empty because of a filter is filled up from those after it. */

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** The page_token of the next page, "" after the last one. */
  readonly next: string;
}

const CALLS_MAX = 5;

/** Loads from a token on until there are at least `least` rows, the list ends, or it has made 5 calls. */
export async function filledPage<Row>(
  load: (pageToken: string) => Promise<readonly [rows: readonly Row[], nextPageToken: string]>,
  pageToken: string,
  least: number,
): Promise<ListPage<Row>> {
  const found: Row[] = [];
  let next = pageToken;
  for (let calls = 0; calls < CALLS_MAX; calls++) {
    const [rows, token] = await load(next);
    found.push(...rows);
    next = token;
    if (next === "" || found.length >= least) {
      break;
    }
  }
  return { rows: found, next };
}
