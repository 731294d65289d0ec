import { useEffect, useRef, useState } from "react";
import type { ReactNode, RefObject } from "react";

import { ApiError, everything } from "@/shared/api";
import { sleep } from "@/shared/lib";
import { saveFile, toCsv } from "@/shared/numbers";
import type { CsvColumn } from "@/shared/numbers";
import { useFormats } from "@/shared/settings";

import { Button } from "./Button";
import { DownloadIcon } from "./icons";
import { Countdown, ErrorState } from "./states";
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

interface Progress {
  readonly rowCount: number;
  /** When it goes on, in milliseconds since 1970, if the system has asked to wait. */
  readonly waitsUntilMs: number;
}

const PAUSE_MS = 1_000;

/** Saves all pages of a list as CSV, with progress and a way to stop. It waits whenever the system asks it to. */
export function CsvButton<Row>({ name, columns, load }: CsvButtonProps<Row>): ReactNode {
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  const box = useKeptFocus(progress !== undefined);
  const { count } = useFormats();
  useEffect(() => () => running.current?.abort(), []);

  const save = async (): Promise<void> => {
    const { signal } = (running.current = new AbortController());
    const rows: Row[] = [];
    const show = (waitsUntilMs = 0): void => setProgress({ rowCount: rows.length, waitsUntilMs });
    setError(undefined);
    show();
    try {
      for await (const page of everything((token) => patiently(() => load(token, signal), signal, show))) {
        signal.throwIfAborted();
        rows.push(...page);
        show();
      }
      saveFile(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(columns, rows));
      announce(`${count(rows.length)} rows saved`);
    } catch (cause) {
      if (!signal.aborted) {
        setError(cause);
      }
    } finally {
      setProgress(undefined);
    }
  };

  if (error !== undefined) {
    return <ErrorState isInline error={error} title="The CSV could not be made." onRetry={() => void save()} />;
  }
  return (
    <span ref={box} className="inline-flex items-center gap-2">
      {progress === undefined ? (
        <Button onClick={() => void save()}>
          <DownloadIcon /> CSV
        </Button>
      ) : (
        <>
          <span role="status" className="text-mute">
            {count(progress.rowCount)} rows… <Countdown untilMs={progress.waitsUntilMs} prefix="going on in" />
          </span>
          <Button onClick={() => running.current?.abort()}>Cancel</Button>
        </>
      )}
    </span>
  );
}

/** Calls again, after the time that the system has asked for, as long as there were too many calls. */
async function patiently<T>(call: () => Promise<T>, signal: AbortSignal, waits: (untilMs: number) => void): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (cause) {
      const { reason, retryAtMs } = ApiError.from(cause);
      if (reason !== "RATE_LIMITED") {
        throw cause;
      }
      const untilMs = Math.max(retryAtMs, Date.now() + PAUSE_MS);
      waits(untilMs);
      await sleep(untilMs - Date.now(), signal);
    }
  }
}

/** Moves the focus to the button that comes in place of the focused one. */
function useKeptFocus(isRunning: boolean): RefObject<HTMLSpanElement | null> {
  const box = useRef<HTMLSpanElement>(null);
  const was = useRef(isRunning);
  useEffect(() => {
    if (was.current !== isRunning && document.activeElement === document.body) {
      box.current?.querySelector("button")?.focus();
    }
    was.current = isRunning;
  }, [isRunning]);
  return box;
}
