import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";

import { everything } from "@/shared/api";
import { saveFile, toCsv } from "@/shared/numbers";
import type { CsvColumn } from "@/shared/numbers";

import { Button } from "./Button";
import { DownloadIcon } from "./icons";
import { ErrorState } from "./states";
import { announce } from "./Toast";

interface CsvButtonProps<Row> {
  /** The name of the file, without ".csv"; the day is added. */
  readonly name: string;
  readonly columns: readonly CsvColumn<Row>[];
  /** Loads a page: its rows, and the token of the next one, "" for the last. */
  readonly load: (
    pageToken: string,
    signal: AbortSignal,
  ) => Promise<readonly [rows: readonly Row[], nextPageToken: string]>;
}

/** Saves all pages of a list as CSV, with progress and a way to stop. */
export function CsvButton<Row>({ name, columns, load }: CsvButtonProps<Row>): ReactNode {
  const [rowCount, setRowCount] = useState<number>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const save = async (): Promise<void> => {
    const { signal } = (running.current = new AbortController());
    setError(undefined);
    setRowCount(0);
    try {
      const rows: Row[] = [];
      for await (const page of everything((token) => load(token, signal))) {
        signal.throwIfAborted();
        rows.push(...page);
        setRowCount(rows.length);
      }
      saveFile(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(columns, rows));
      announce(`${rows.length} rows saved`);
    } catch (cause) {
      if (!signal.aborted) {
        setError(cause);
      }
    } finally {
      setRowCount(undefined);
    }
  };

  if (error !== undefined) {
    return <ErrorState isInline error={error} title="The CSV could not be made." onRetry={() => void save()} />;
  }
  return rowCount === undefined ? (
    <Button onClick={() => void save()}>
      <DownloadIcon /> CSV
    </Button>
  ) : (
    <span className="inline-flex items-center gap-2">
      <span role="status" className="text-mute">
        {rowCount} rows…
      </span>
      <Button onClick={() => running.current?.abort()}>Cancel</Button>
    </span>
  );
}
